// Starts what every page needs, and fetches the rest only where the page has a use for it.
import { hasCopies, settleCopies } from "guildhall/copies";
import { startKeys } from "guildhall/keys";
import { dress, startTimes } from "guildhall/dress";

const ON_DEMAND = [
  ["form[data-composer]", "guildhall/composer"],
  ["[data-reading]", "guildhall/reading"],
  [".prose img[srcset]", "guildhall/pictures"],
  ["form[data-photo]", "guildhall/photo"],
  ["[data-reference]", "guildhall/reference"],
  ["input[data-suggest-url]", "guildhall/tags-input"],
  ["input[data-people-url]", "guildhall/people-input"],
  ["form[data-passkey]", "guildhall/passkeys"],
];

// Each such module exports start(root); it must bear being called twice for one element.
function startOnDemand(root) {
  for (const [selector, name] of ON_DEMAND) {
    if (root.querySelector(selector)) import(name).then((module) => module.start(root));
  }
}

function startDrafts() {
  import("guildhall/drafts").then((module) => module.start(document));
}

function begin(root) {
  dress(root);
  startOnDemand(root);
  if (hasCopies()) startDrafts();
  for (const button of root.querySelectorAll("[data-dismiss]")) button.hidden = false;
}

// Fetched when somebody turns to a form: most readers write nothing.
function startAttaching({ target }) {
  const form = target?.closest?.("form");
  if (form?.matches("[data-draft]")) startDrafts();
  if (form?.querySelector("[data-send-file]")) import("guildhall/send-file").then((module) => module.start(form));
  if (form?.querySelector("[data-attach]")) import("guildhall/attach").then((module) => module.start(form));
}

// Fetched with the first quote that somebody makes.
function startQuoting(event) {
  const button = event.target.closest("[data-quote]");
  if (!button || !document.querySelector("#compose textarea")) return;
  event.preventDefault();
  import("guildhall/quote").then((module) => module.quote(button));
}

// Fetched with the first link to a profile that somebody rests at.
function startCards(event) {
  if (!event.target.closest?.("a[href^='/p/']")) return;
  for (const turn of ["pointerover", "focusin"]) document.removeEventListener(turn, startCards);
  import("guildhall/person-card").then((module) => module.start(event));
}

function say(id) {
  const words = document.getElementById(id);
  document.getElementById("toasts")?.replaceChildren(words.content.cloneNode(true));
}

// What was done on one page may end on another: its address goes with it.
function follow({ responseURL }) {
  const page = new URL(responseURL);
  if (page.pathname !== location.pathname) history.replaceState(history.state, "", page);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast").remove();
});
document.addEventListener("click", startQuoting);
// Drafts that come after a form was sent must not save what became a post.
document.addEventListener("submit", ({ target }) => target.matches("[data-draft]") && (target.dataset.sent = ""));
// A press would clear the selection before the click arrives.
document.addEventListener("mousedown", (event) => event.target.closest("[data-quote]") && event.preventDefault());
for (const turn of ["focusin", "pointerdown", "dragenter"]) document.addEventListener(turn, startAttaching);
document.addEventListener("htmx:afterSettle", () => begin(document));
document.addEventListener("guildhall:changed", () => begin(document));
document.addEventListener("htmx:afterSwap", ({ detail }) => detail.requestConfig.elt.id === "act" && follow(detail.xhr));
document.addEventListener("htmx:responseError", () => say("trouble"));
document.addEventListener("htmx:sendError", () => say("trouble"));

// Somebody is here: told at most every five minutes, and never for a page in the background.
function tellVisit() {
  const told = Number(sessionStorage.getItem("visit-told"));
  const token = document.querySelector("#act [name=csrfmiddlewaretoken]")?.value;
  if (!token || document.hidden || Date.now() - told < 300_000) return;
  sessionStorage.setItem("visit-told", Date.now());
  fetch("/visits", { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token }), keepalive: true }).catch(() => {});
}

setTimeout(tellVisit, 1000);
document.addEventListener("visibilitychange", tellVisit);
settleCopies();
startKeys();
startTimes();
for (const turn of ["pointerover", "focusin"]) document.addEventListener(turn, startCards);
begin(document);
// A form that came back: to the first field with a fault.
document.querySelector("main [aria-invalid=true]")?.focus();
if (document.querySelector("[data-live] :is([data-live-list], [data-live-more])")) import("guildhall/live");
// The page may have opened with a field in focus, before anything listened.
startAttaching({ target: document.activeElement });
