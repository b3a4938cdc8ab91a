// A picture whose sizes are still being made is a grey area, with status 202: ask until it is there.

const MOST_TRIES = 8;
const PAUSE = 1500;
const asked = new WeakSet();

function isGrey(img) {
  const entries = performance.getEntriesByName(img.currentSrc);
  return entries.at(-1)?.responseStatus === 202;
}

async function ask(img, tries) {
  if (!img.isConnected || tries > MOST_TRIES) return;
  const answer = await fetch(img.currentSrc, { cache: "no-store", method: "HEAD" }).catch(() => null);
  if (answer?.status === 202) setTimeout(() => ask(img, tries + 1), PAUSE * tries);
  // Another address, since the page keeps what it has shown at this one.
  else if (answer?.ok) img.srcset = img.srcset.replaceAll("?w=", "?made&w=");
}

function look(img) {
  if (asked.has(img) || !img.srcset || !img.complete || !isGrey(img)) return;
  asked.add(img);
  setTimeout(() => ask(img, 1), PAUSE);
}

export function start(root) {
  for (const img of root.querySelectorAll(".prose img[srcset]")) {
    img.addEventListener("load", () => look(img), { once: true });
    look(img);
  }
}
