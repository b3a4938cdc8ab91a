// A card with who somebody is, at any link to a profile: after a moment's rest of the mouse or of
// the keyboard's focus. Escape and leaving close it; on touch the link just leads there.

const REST_MS = 350;
const PROFILE = /^\/p\/([a-z0-9][a-z0-9._-]*)$/;

let card = null;
let waiting = 0;
let shownAt = null;

function linkAt(target) {
  const link = target.closest?.("a[href^='/p/']");
  return link && PROFILE.test(link.getAttribute("href")) && !link.closest(".person-card") ? link : null;
}

function hide() {
  clearTimeout(waiting);
  card?.hidePopover();
  shownAt?.removeAttribute("aria-describedby");
  shownAt = null;
}

function place(link) {
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - card.offsetWidth - 8);
  const below = at.bottom + card.offsetHeight + 8 < innerHeight;
  card.style.setProperty("left", `${Math.max(8, left)}px`);
  card.style.setProperty("top", `${below ? at.bottom + 4 : at.top - card.offsetHeight - 4}px`);
}

async function show(link) {
  const answer = await fetch(`${link.pathname}/card`, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || shownAt !== link || !link.isConnected) return;
  if (!card) {
    card = Object.assign(document.createElement("div"), { className: "person-card", id: "person-card", popover: "manual" });
    card.setAttribute("role", "tooltip");
    card.addEventListener("pointerleave", hide);
    document.body.append(card);
  }
  card.innerHTML = await answer.text();
  if (shownAt !== link) return;
  card.showPopover();
  link.setAttribute("aria-describedby", card.id);
  place(link);
}

function wait(link) {
  if (link === shownAt) return;
  hide();
  shownAt = link;
  waiting = setTimeout(() => show(link), REST_MS);
}

function turnedTo(event) {
  const link = linkAt(event.target);
  const meant = event.type === "focusin" ? link?.matches(":focus-visible") : event.pointerType === "mouse";
  if (link && meant) wait(link);
}

// first: what brought this module here, at a link.
export function start(first) {
  document.addEventListener("pointerover", turnedTo);
  document.addEventListener("focusin", turnedTo);
  document.addEventListener("pointerout", (event) => {
    const stays = event.relatedTarget?.closest?.(".person-card");
    if (linkAt(event.target) && !stays) hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("htmx:beforeSwap", hide);
  if (first.target.matches(":hover, :focus-visible")) turnedTo(first);
}
