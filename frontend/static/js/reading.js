// What was read: a post that stood in view for a second, in a tab that shows. The server is told the
// number up to which everything counts as read, every few seconds and when the page is left. And
// what is new: a line above the first new post of a discussion, a badge on each of a question.

const SECOND = 1000;
const FLUSH_MS = 5000;
const STEPS = Array.from({ length: 21 }, (_, step) => step / 20);

const numberOf = (post) => Number(post.dataset.post);
const started = new WeakSet();
let stopped = false;

function viewer() {
  return JSON.parse(document.getElementById("viewer")?.textContent || "{}");
}

function newPosts(main, { me, read_to: mark }) {
  const posts = [...main.querySelectorAll("[data-post]")];
  return posts.filter((post) => numberOf(post) > (mark ?? 0) && post.dataset.author !== me);
}

const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

// Nothing stands out in a topic that is new as a whole.
function showNew(main) {
  const state = viewer();
  if (!state.read_to || main.querySelector(".post [data-new], .unread-line")) return;
  const fresh = newPosts(main, state);
  const line = "linear" in main.dataset && fresh.find((post) => post.matches(".post"));
  if (line) line.before(copyOf("new-line"));
  for (const post of fresh) {
    if (line && post.matches(".post")) continue;
    post.querySelector(".post-head, .row")?.append(copyOf("new-badge"));
  }
}

// A discussion is read in its order. A question isn't: there the mark stays below what is unseen.
function markOf(main, seen) {
  const numbers = [...main.querySelectorAll("[data-post]")].map(numberOf);
  if ("linear" in main.dataset) return Math.max(0, ...seen);
  const unseen = newPosts(main, viewer()).filter((post) => post.checkVisibility() && !seen.has(numberOf(post)));
  return unseen.length ? Math.min(...unseen.map(numberOf)) - 1 : Math.max(0, ...numbers);
}

function tell(main, seen, leaving) {
  const number = markOf(main, seen);
  if (stopped || !seen.size || number <= (main.told ?? 0)) return;
  const token = document.querySelector("#act [name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ number, csrfmiddlewaretoken: token });
  main.told = number;
  if (leaving) navigator.sendBeacon(main.dataset.reading, body);
  else
    fetch(main.dataset.reading, { method: "POST", body }).then(
      (answer) => answer.ok || (main.told = 0),
      () => (main.told = 0),
    );
}

function inView({ isIntersecting, intersectionRect, boundingClientRect, rootBounds }) {
  const least = Math.min(boundingClientRect.height, rootBounds?.height ?? innerHeight) / 2;
  return isIntersecting && intersectionRect.height >= least;
}

function watch(main) {
  const seen = new Set();
  const shown = new Set();
  const timers = new Map();
  let flush = 0;

  function note(post) {
    seen.add(numberOf(post));
    flush ||= setTimeout(() => {
      flush = 0;
      tell(main, seen, false);
    }, FLUSH_MS);
  }
  const begin = (post) => timers.has(post) || timers.set(post, setTimeout(note, SECOND, post));
  function end(post) {
    clearTimeout(timers.get(post));
    timers.delete(post);
  }
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const { target } = entry;
      if (inView(entry)) shown.add(target);
      else shown.delete(target);
      if (shown.has(target) && !document.hidden) begin(target);
      else end(target);
    }
  }, { threshold: STEPS });
  for (const post of main.querySelectorAll("[data-post]")) observer.observe(post);

  document.addEventListener("visibilitychange", () => {
    if (!main.isConnected) return;
    if (document.hidden) tell(main, seen, true);
    shown.forEach(document.hidden ? end : begin);
  });
  window.addEventListener("pagehide", () => main.isConnected && tell(main, seen, true));
}

// Whoever marks a post unread doesn't want it read again by the page that is still open.
document.addEventListener("click", (event) => {
  if (event.target.closest("[formaction$='/reading/removal']")) stopped = true;
});

export function start(root) {
  const main = root.querySelector("[data-reading]");
  if (!main) return;
  showNew(main);
  if (started.has(main)) return;
  started.add(main);
  watch(main);
}
