// Keeps relative times fresh: "12 min ago" would be wrong a minute later.

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
export function freshen(root = document) {
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
