// The box one writes in: toolbar, preview, Ctrl+Enter.

const started = new WeakSet();

// Puts text in place of the selection so that the browser's own undo takes it back.
export function insert(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function selected(area) {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

function wrap(area, mark) {
  const from = area.selectionStart;
  const text = selected(area);
  insert(area, mark + text + mark);
  area.setSelectionRange(from + mark.length, from + mark.length + text.length);
}

function link(area) {
  const from = area.selectionStart;
  const text = selected(area);
  insert(area, `[${text}](https://)`);
  const at = from + (text ? text.length + 3 : 1);
  area.setSelectionRange(at, at + (text ? "https://".length : 0));
}

function startLines(area, start) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  area.setSelectionRange(from, area.selectionEnd);
  insert(area, selected(area).replace(/^/gm, start));
}

function format(event, area) {
  const { wrap: mark, line, link: isLink } = event.target.closest("button")?.dataset ?? {};
  if (mark) wrap(area, mark);
  else if (line) startLines(area, line);
  else if (isLink !== undefined) link(area);
}

async function preview(event, form, area) {
  event.preventDefault();
  const body = new URLSearchParams({ text: area.value });
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(event.target.closest("button").dataset.previewUrl, { method: "POST", body });
  if (answer.ok) form.querySelector("[data-preview-pane]").innerHTML = await answer.text();
  else document.dispatchEvent(new Event("htmx:responseError"));
}

// The button stands for the plain field of the form; js/attach.js takes what is chosen.
function startPick(form) {
  const pick = form.querySelector("[data-pick]");
  if (!pick) return;
  const field = form.querySelector("[data-input]");
  field.hidden = true;
  pick.addEventListener("click", () => field.querySelector("input").click());
}

function startForm(form) {
  const area = form.querySelector("textarea");
  const toolbar = form.querySelector(".toolbar");
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => format(event, area));
  startPick(form);
  form.querySelector("[data-preview-url]")?.addEventListener("click", (event) => preview(event, form, area));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".primary"));
  });
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-composer]")) {
    if (started.has(form)) continue;
    started.add(form);
    startForm(form);
  }
}
