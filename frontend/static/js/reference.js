// Swagger UI over the API's own description; what is tried there is done as the person who looks.
export async function start(root) {
  const place = root.querySelector("[data-reference]:empty");
  if (!place) return;
  const [answer] = await Promise.all([fetch(place.dataset.reference), load(place.dataset.bundle)]);
  const token = document.querySelector("#act [name=csrfmiddlewaretoken]").value;
  new MutationObserver(() => raiseHeadings(place)).observe(place, { childList: true, subtree: true });
  window.SwaggerUIBundle({
    domNode: place,
    spec: await answer.json(),
    plugins: [operationsOnly],
    layout: "OperationsOnly",
    docExpansion: "none",
    validatorUrl: null,
    requestInterceptor: (request) => {
      request.headers["X-CSRFToken"] = token;
      return request;
    },
  });
}

// The operations alone: Swagger's own layout brings a second main part and a second title.
const operationsOnly = ({ React, getComponent }) => ({
  components: {
    OperationsOnly: () =>
      React.createElement("div", { className: "swagger-ui" }, React.createElement(getComponent("operations", true))),
  },
});

// Its headings begin two levels below ours.
function raiseHeadings(place) {
  for (const heading of place.querySelectorAll("h3, h4, h5")) heading.setAttribute("aria-level", heading.tagName[1] - 1);
}

// It is no module: it sets window.SwaggerUIBundle.
function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}
