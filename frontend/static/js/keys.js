// Keyboard: a key presses the element that names it in aria-keyshortcuts.

const SWITCH = "keys";
const ROWS = "[data-row]";
const SEQUENCE_MS = 1500;
let goUntil = 0;

function isOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function isTyping(target) {
  return target.isContentEditable || target.matches("input, textarea, select");
}

function shown(element) {
  return element.checkVisibility({ visibilityProperty: true });
}

function currentRow() {
  return document.activeElement?.closest(ROWS);
}

function find(key) {
  const selector = `[aria-keyshortcuts~="${CSS.escape(key)}"]`;
  const inRow = currentRow()?.querySelector(selector);
  return inRow && shown(inRow) ? inRow : [...document.querySelectorAll(selector)].find(shown);
}

function focusRow(row) {
  const target = row.querySelector("a.title") ?? row;
  target.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter(shown);
  const at = rows.indexOf(currentRow());
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  if (rows[next]) focusRow(rows[next]);
}

const BUILT_IN = {
  j: () => step(1),
  k: () => step(-1),
  o: () => currentRow()?.querySelector("a.title")?.click(),
  u: () => (find("u") ? find("u").click() : history.back()),
  g: () => (goUntil = Date.now() + SEQUENCE_MS),
  "?": () => document.getElementById("keys")?.togglePopover(),
};

function go(key) {
  goUntil = 0;
  document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
}

// A field is meant to be written into, everything else to be pressed.
function press(element) {
  if (element.matches("input, textarea")) element.focus();
  else element.click();
}

function handle(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!isOn() || isTyping(event.target)) return;
  if (Date.now() < goUntil && event.key !== "g") return go(event.key);
  if (BUILT_IN[event.key]) {
    BUILT_IN[event.key]();
    event.preventDefault();
    return;
  }
  const element = event.key.length === 1 && find(event.key);
  if (!element) return;
  event.preventDefault();
  press(element);
}

export function startKeys() {
  document.addEventListener("keydown", handle);
  const box = document.getElementById("keys-on");
  if (!box) return;
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
}
