// What the server leaves to the page, because fragments are shared by their readers: relative
// times that stay fresh, and from the page's one JSON block what the viewer may do and voted:
// {me: id, moderates: bool, votes: {post id: 1 or -1}, saved: [post id]}.

const DAY = 86_400;

function words(element) {
  return document.body.dataset[element.dataset.ago === "short" ? "agoShort" : "agoLong"].split("|");
}

function age(element) {
  const seconds = Math.max(0, (Date.now() - Date.parse(element.dateTime)) / 1000);
  const [now, minutes, hours] = words(element);
  if (seconds >= DAY) return null;
  if (seconds < 60) return now;
  if (seconds < 3600) return minutes.replace("#", Math.floor(seconds / 60));
  return hours.replace("#", Math.floor(seconds / 3600));
}

// Older times stay as the server wrote them; it knows the person's calendar.
function freshen(root = document) {
  for (const element of root.querySelectorAll("time[data-ago]")) {
    const text = age(element);
    if (text !== null && element.textContent !== text) element.textContent = text;
  }
}

export function startTimes() {
  setInterval(() => {
    if (!document.hidden) freshen();
  }, 30_000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) freshen();
  });
}

function roles(viewer, element) {
  const author = element.closest("[data-author]")?.dataset.author === viewer.me;
  const asker = element.closest("[data-asker]")?.dataset.asker === viewer.me;
  return {
    author,
    asker,
    others: !author,
    moderator: viewer.moderates === true,
  };
}

function hideWhatOthersMay(viewer, root) {
  for (const element of root.querySelectorAll("[data-for]")) {
    const mine = roles(viewer, element);
    element.hidden = !element.dataset.for.split(" ").some((role) => mine[role]);
  }
}

function pressMyVotes(viewer, root) {
  for (const button of root.querySelectorAll("[data-vote]")) {
    const vote = viewer.votes?.[button.dataset.vote] ?? 0;
    const pressed = vote === Number(button.value);
    button.setAttribute("aria-pressed", String(pressed));
    const votes = `/posts/${button.dataset.vote}/votes`;
    button.setAttribute("formaction", pressed ? `${votes}/removal` : votes);
  }
}

function pressMySaved(viewer, root) {
  for (const button of root.querySelectorAll("[data-save]")) {
    const pressed = viewer.saved?.includes(button.dataset.save) === true;
    const saving = `/posts/${button.dataset.save}/saving`;
    button.setAttribute("aria-pressed", String(pressed));
    button.setAttribute("formaction", pressed ? `${saving}/removal` : saving);
  }
}

function applyViewer(root) {
  const block = document.getElementById("viewer");
  if (!block) return;
  const viewer = JSON.parse(block.textContent);
  hideWhatOthersMay(viewer, root);
  pressMyVotes(viewer, root);
  pressMySaved(viewer, root);
}

export function dress(root = document) {
  applyViewer(root);
  freshen(root);
}
