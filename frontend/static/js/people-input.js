// Names colleagues while a handle is typed: `<input data-people-url="/people/suggest">`.
// Without it the page comes back with the people who may be meant.
const WAIT = 200;

async function suggest(input, list) {
  const typed = input.value.trim().replace(/^@/, "");
  if (typed.length < 2) return list.replaceChildren();
  const answer = await fetch(`${input.dataset.peopleUrl}?q=${encodeURIComponent(typed)}`);
  if (!answer.ok) return;
  const { people } = await answer.json();
  list.replaceChildren(
    ...people.map(({ handle, name, mark, headline }) => {
      const option = document.createElement("option");
      option.value = handle;
      option.label = [name, mark, headline].filter(Boolean).join(", ");
      return option;
    }),
  );
}

function enhance(input) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-people`;
  input.setAttribute("list", list.id);
  input.after(list);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(input, list).catch(() => {}), WAIT);
  });
}

export function start(root) {
  for (const input of root.querySelectorAll("input[data-people-url]:not([list])")) enhance(input);
}
