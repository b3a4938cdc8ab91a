// Copies of what is being written, in this tab, until the server says that it has the text.

const PREFIX = "composer:";
const SENT = "composer-sent";
const OWNER = "composer-owner";
const here = (address) => address.split("#")[0];

export const copyOf = (name) => sessionStorage.getItem(PREFIX + name);

export function keepCopy(name, text) {
  if (text) sessionStorage.setItem(PREFIX + name, text);
  else sessionStorage.removeItem(PREFIX + name);
}

// The next page tells whether it arrived.
export function noteSending(name) {
  sessionStorage.setItem(SENT, JSON.stringify({ name, from: here(location.href) }));
}

function arrived(sent) {
  const [visit] = performance.getEntriesByType("navigation");
  const answered = visit?.type === "navigate" && here(document.referrer) === sent.from;
  return answered && (visit.responseStatus || 200) < 400;
}

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

// Once on each page. The sign-in page keeps everything: a session may have ended under the text.
// Whoever signs out, and whoever signs in after somebody else, leaves and finds nothing.
export function settleCopies() {
  const sent = JSON.parse(sessionStorage.getItem(SENT));
  sessionStorage.removeItem(SENT);
  const { me } = document.body.dataset;
  if (!me) return;
  if (sessionStorage.getItem(OWNER) !== me) forgetAll();
  else if (sent && arrived(sent)) keepCopy(sent.name, "");
  sessionStorage.setItem(OWNER, me);
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-forget-copies]")) forgetAll();
});

// Back from a page that never came: what was sent did not arrive.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) sessionStorage.removeItem(SENT);
});
