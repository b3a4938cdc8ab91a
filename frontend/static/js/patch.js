// Takes over what changed: one part of the page that was pushed, or all that differs from the page
// as the server makes it now. Focus, selection and what somebody is writing stay.
import { Idiomorph } from "idiomorph";

// Fetching at once, a thousand readers would be a load of their own.
const SPREAD_MS = 1500;

const hasText = (node) => [...(node.querySelectorAll?.("textarea") ?? [])].some((box) => box.value);

const callbacks = {
  beforeNodeMorphed(old, fresh) {
    if (!(old instanceof Element)) return true;
    // A form as somebody left it: what they typed, its preview, its files.
    if (old.matches(".written, form[data-composer]")) return !old.firstElementChild;
    if (old.matches("details")) fresh.open = old.open;
    return true;
  },
  beforeNodeRemoved: (node) => !hasText(node),
};
const GENTLY = { ignoreActiveValue: true, callbacks };

function morph(element, html) {
  Idiomorph.morph(element, html, { morphStyle: "outerHTML", ...GENTLY });
}

function settle() {
  window.htmx?.process(document.getElementById("main"));
  document.dispatchEvent(new Event("guildhall:changed"));
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// A post that is accepted leaves the other answers.
function leaveList(content) {
  for (const { id } of content.querySelectorAll("[data-post]")) {
    document.querySelector(`[data-live-list] > #${CSS.escape(id)}`)?.remove();
  }
}

function insert(html, behind) {
  const list = document.querySelector("[data-live-list]");
  if (!list || document.querySelector("[rel=next]")) return;
  const above = list.querySelector(`:scope > #${CSS.escape(behind)}`);
  const content = fragment(html);
  if (above) above.after(content);
  else if (behind === "p0") list.prepend(content);
  else list.append(content);
}

function showTitle() {
  const title = document.querySelector("#topic-head h1")?.textContent;
  if (title) document.title = `${title} · ${document.title.split(" · ").at(-1)}`;
}

export function apply({ target, html, behind }) {
  const element = document.getElementById(target);
  if (target === "best") leaveList(fragment(html));
  if (element && html) morph(element, html);
  else if (element && !hasText(element)) element.remove();
  else if (html && behind) insert(html, behind);
  const list = document.getElementById("answers");
  if (list) list.hidden = !list.querySelector(".post");
  if (target === "topic-head") showTitle();
  if (target === "topic-facts") document.getElementById("where").hidden = false;
  settle();
}

async function takeOver() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) return gone(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  morph(document.getElementById("viewer-state"), page.getElementById("viewer-state").outerHTML);
  morph(document.getElementById("main"), page.getElementById("main").outerHTML);
  settle();
}

// What one reads or writes stays; that it can't be read any more is said.
function gone(status) {
  if (status !== 404 && status !== 403) return;
  document.getElementById("live-gone").hidden = false;
}

let waiting;

export function refresh() {
  clearTimeout(waiting);
  waiting = setTimeout(() => takeOver().catch(() => {}), Math.random() * SPREAD_MS);
}
