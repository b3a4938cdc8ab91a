// Copies of what is being written, in this browser, until the server says that it has the text: a
// crash or a lost connection takes nothing away. A copy is {texts, version}: see js/drafts.js.

const PREFIX = "draft:";
const SENT = "draft-sent";
const OWNER = "draft-owner";
const here = (address) => address.split("#")[0];

export const copyOf = (place) => JSON.parse(localStorage.getItem(PREFIX + place));

export const hasCopies = () => Object.keys(localStorage).some((key) => key.startsWith(PREFIX));

export function keepCopy(place, copy) {
  if (!copy) return localStorage.removeItem(PREFIX + place);
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(copy));
  } catch {
    // The browser has no room left; the server keeps the text all the same.
  }
}

// The next page tells whether it arrived.
export function noteSending(place) {
  sessionStorage.setItem(SENT, JSON.stringify({ place, from: here(location.href) }));
}

function arrived(sent) {
  const [visit] = performance.getEntriesByType("navigation");
  const answered = visit?.type === "navigate" && here(document.referrer) === sent.from;
  return answered && (visit.responseStatus || 200) < 400;
}

function forgetAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

// Once on each page. The sign-in page keeps everything: a session may have ended under the text.
// Whoever signs out, and whoever signs in after somebody else, leaves and finds nothing.
export function settleCopies() {
  const sent = JSON.parse(sessionStorage.getItem(SENT));
  sessionStorage.removeItem(SENT);
  const { me } = document.body.dataset;
  if (!me) return;
  if (localStorage.getItem(OWNER) !== me) forgetAll();
  else if (sent && arrived(sent)) keepCopy(sent.place, null);
  localStorage.setItem(OWNER, me);
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-forget-copies]")) forgetAll();
});

// Back from a page that never came: what was sent did not arrive.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) sessionStorage.removeItem(SENT);
});
