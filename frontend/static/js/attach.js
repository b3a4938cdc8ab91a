// Pictures and files in what one writes: chosen, pasted or dropped, several at once. Each is sent at
// once and named in the text when it has arrived; a picture's description is written beside it.
import { upload } from "guildhall/upload";

const started = new WeakSet();
const escaped = (text) => text.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ");

function replace(area, from, to, text) {
  area.setRangeText(text, from, to, from === to && document.activeElement !== area ? "end" : "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// A paragraph of its own where one is being written.
function append(area, markup) {
  const at = area.selectionEnd;
  const before = area.value.slice(0, at);
  const glue = before ? "\n\n".slice(before.match(/\n*$/)[0].length) : "";
  replace(area, at, at, `${glue}${markup}\n`);
  area.setSelectionRange(at + glue.length + markup.length + 1, at + glue.length + markup.length + 1);
}

class Entry {
  constructor(part, area, file) {
    this.part = part;
    this.area = area;
    this.row = part.querySelector("template").content.firstElementChild.cloneNode(true);
    this.find("[data-name]").textContent = file.name;
    this.find("[data-take-out]").addEventListener("click", () => this.takeOut());
    this.find("[data-alt] input").addEventListener("input", (event) => this.describe(event.target.value));
    part.querySelector(".uploads").append(this.row);
    this.send(file);
  }

  find(selector) {
    return this.row.querySelector(selector);
  }

  async send(file) {
    const { attach, maxBytes, large, lost } = this.part.dataset;
    if (file.size > Number(maxBytes)) return this.fail(large);
    const token = this.row.closest("form").elements.csrfmiddlewaretoken.value;
    const { answer, cancel } = upload(attach, file, token, (part) => (this.find("progress").value = part));
    this.cancel = cancel;
    this.row.dataset.busy = "";
    const found = await answer.catch(() => ({ error: lost }));
    delete this.row.dataset.busy;
    if (found.error) this.fail(found.error);
    else this.name(found);
  }

  fail(sentence) {
    this.find("progress").hidden = true;
    this.find("[data-error]").textContent = sentence;
    this.find("[data-error]").hidden = false;
  }

  name({ url, name, picture }) {
    this.find("progress").hidden = true;
    this.url = url;
    this.plain = picture ? name.replace(/\.[^.]*$/, "") : name;
    this.start = picture ? "![" : "[";
    this.markup = `${this.start}${escaped(this.plain)}](${url})`;
    this.find("[data-alt]").hidden = !picture;
    append(this.area, this.markup);
  }

  describe(text) {
    const next = `${this.start}${escaped(text.trim() || this.plain)}](${this.url})`;
    this.put(next);
    this.markup = next;
  }

  put(text) {
    const at = this.area.value.indexOf(this.markup);
    if (at >= 0) replace(this.area, at, at + this.markup.length, text);
  }

  takeOut() {
    this.cancel?.();
    if (this.markup) this.put("");
    this.row.remove();
    this.area.focus();
  }
}

function startPart(part) {
  const form = part.closest("form");
  const area = form.querySelector("textarea");
  const input = part.querySelector("input[type=file]");
  const take = (files) => [...files].forEach((file) => new Entry(part, area, file));
  part.querySelector(".uploads").hidden = false;
  input.addEventListener("change", () => {
    take(input.files);
    // Sent by now: with the form they would come a second time.
    input.value = "";
  });
  area.addEventListener("paste", (event) => receive(event, event.clipboardData.files, take));
  form.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  form.addEventListener("drop", (event) => receive(event, event.dataTransfer.files, take));
  form.addEventListener("submit", (event) => holdBack(event, part), { capture: true });
}

function receive(event, files, take) {
  if (!files.length) return;
  event.preventDefault();
  take(files);
}

function holdBack(event, part) {
  const wait = part.querySelector("[data-wait]");
  wait.hidden = !part.querySelector("[data-busy]");
  if (wait.hidden) return;
  wait.textContent = part.dataset.busy;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function start(root) {
  for (const part of root.querySelectorAll("[data-attach]")) {
    if (started.has(part)) continue;
    started.add(part);
    startPart(part);
  }
}
