// Fragments hold nothing of the viewer; this puts it in, from the page's one JSON block:
// {me: id, moderates: bool, votes: {post id: 1 or -1}}.

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

export function applyViewer(root = document) {
  const block = document.getElementById("viewer");
  if (!block) return;
  const viewer = JSON.parse(block.textContent);
  hideWhatOthersMay(viewer, root);
  pressMyVotes(viewer, root);
}
