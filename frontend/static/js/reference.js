// Swagger UI over the API's own description; what is tried there is done as the person who looks.
export async function start(root) {
  const place = root.querySelector("[data-reference]:empty");
  if (!place) return;
  const [answer] = await Promise.all([fetch(place.dataset.reference), load(place.dataset.bundle)]);
  const token = document.querySelector("#act [name=csrfmiddlewaretoken]").value;
  window.SwaggerUIBundle({
    domNode: place,
    spec: await answer.json(),
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    requestInterceptor: (request) => {
      request.headers["X-CSRFToken"] = token;
      return request;
    },
  });
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
