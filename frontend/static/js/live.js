// The page's one socket: what others do shows as it happens, and what was missed meanwhile once the
// connection is back. docs/live.md describes the frames. How a page takes over what changed is
// fetched with the first change: on most pages nothing happens.
const SILENCE_MS = 45_000;
const SIGN_AFTER_MS = 2000;
const MAX_DELAY_MS = 30_000;
const AGAIN_MS = 5000;

const { live, stream, position } = document.body.dataset;
const address = new URL(live, location.href);
address.protocol = address.protocol.replace("http", "ws");

let since = position;
let attempt = 0;
let socket;
let silence;
let sign;
let retry;

function showSign(isOff) {
  clearTimeout(sign);
  const element = document.getElementById("live-off");
  if (!isOff) element.hidden = true;
  else sign = setTimeout(() => (element.hidden = false), SIGN_AFTER_MS);
}

// The server sends a beat every 30 seconds: a connection that says nothing is dead.
function heard() {
  clearTimeout(silence);
  silence = setTimeout(() => lost(socket, ""), SILENCE_MS);
}

// "retry=2" says when to come again, "retry=never" that it is no use before somebody signs in.
function delay(reason) {
  const said = /retry=(\w+)/.exec(reason)?.[1];
  if (said === "never") return null;
  const least = said === undefined ? Math.min(MAX_DELAY_MS, 500 * 2 ** attempt) : Number(said) * 1000;
  attempt += 1;
  return Math.max(500, least * (1 + Math.random()) / (said === undefined ? 2 : 1));
}

// Browsers complain of a socket that is closed before it is open.
function close(which) {
  if (which?.readyState === WebSocket.OPEN) which.close();
}

function lost(which, reason) {
  if (which !== socket) return;
  clearTimeout(silence);
  socket = null;
  close(which);
  const ms = delay(reason);
  showSign(ms !== null);
  if (ms === null) document.getElementById("live-out").hidden = false;
  else retry = setTimeout(connect, Math.min(ms, MAX_DELAY_MS));
}

// One promise for all: what comes while it is fetched is taken over in its order.
let patching;

function patch(change) {
  patching ??= import("guildhall/patch");
  patching.then(change, () => {
    // It could not be fetched: later the page takes over all that it lacks by then.
    patching = null;
    setTimeout(patch, AGAIN_MS, ({ refresh }) => refresh());
  });
}

const RECEIVE = {
  subscribed({ number }) {
    since = number;
    attempt = 0;
    showSign(false);
  },
  event(frame) {
    if (frame.hint === "more") showMore(frame.topics);
    else patch(({ apply, refresh }) => (frame.hint === "refresh" ? refresh() : apply(frame)));
    since = frame.number;
    count(frame.kind);
  },
  reload: () => patch(({ refresh }) => refresh()),
  error: ({ code }) => code === "not_found" && patch(({ refresh }) => refresh()),
};

// A list stays as it is: a line above it says how much came.
const more = new Set();

function showMore(topics) {
  const line = document.querySelector("[data-live-more]");
  for (const topic of topics) more.add(topic);
  line.querySelector("b").textContent = more.size;
  line.hidden = false;
}

function connect() {
  clearTimeout(retry);
  const mine = new WebSocket(address);
  socket = mine;
  heard();
  mine.addEventListener("open", () => {
    mine.send(JSON.stringify({ type: "subscribe", stream, since: since || undefined }));
  });
  mine.addEventListener("message", ({ data }) => {
    if (mine !== socket) return;
    heard();
    const frame = JSON.parse(data);
    RECEIVE[frame.type]?.(frame);
  });
  mine.addEventListener("close", ({ reason }) => lost(mine, reason));
}

// What came while the tab was in the background stands before its title.
const NEW = new Set(["answer.posted", "reply.posted", "comment.posted"]);
let unseen = 0;

function count(kind) {
  if (!document.hidden || !NEW.has(kind)) return;
  unseen += 1;
  document.title = `(${unseen}) ${document.title.replace(/^\(\d+\) /, "")}`;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = document.title.replace(/^\(\d+\) /, "");
});
window.addEventListener("online", () => socket || connect());
window.addEventListener("offline", () => socket && lost(socket, ""));
// A page that the browser kept comes back without its socket.
window.addEventListener("pageshow", ({ persisted }) => persisted && !socket && connect());
window.addEventListener("pagehide", () => close(socket));
connect();
