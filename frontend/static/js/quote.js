// "Quote": puts what is selected in a post, or all of it, into the answer box.
import { insert } from "guildhall/composer";

function selectionIn(post) {
  const selection = getSelection();
  const inside = selection.rangeCount > 0 && post.contains(selection.getRangeAt(0).commonAncestorContainer);
  return inside ? selection.toString().trim() : "";
}

function asQuote(post, text) {
  const { post: number, authorName } = post.dataset;
  const lines = text.replace(/\n{3,}/g, "\n\n").replace(/^/gm, "> ");
  const source = authorName ? `> **${authorName}**, ${number}:\n>\n` : "";
  return `${source}${lines}\n\n`;
}

export function quote(button) {
  const post = button.closest("[data-post]");
  const area = document.querySelector("#compose textarea");
  if (!post || !area) return;
  const text = selectionIn(post) || post.querySelector(".prose").innerText.trim();
  const at = area.value.length;
  area.setSelectionRange(at, at);
  insert(area, (area.value && !area.value.endsWith("\n") ? "\n\n" : "") + asQuote(post, text));
  area.scrollIntoView({ block: "center" });
}
