// Turns a comma-separated field into chips with suggestions: an ARIA combobox over the same field.

const started = new WeakSet();
const WAIT_MS = 200;
let made = 0;

const clean = (text) => text.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, "-");

function element(name, attributes, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

class TagsInput {
  constructor(field) {
    this.field = field;
    this.max = Number(field.dataset.max ?? 5);
    this.options = [];
    this.at = -1;
    this.build();
    this.listen();
    this.read();
  }

  read() {
    this.tags = this.field.value.split(",").map(clean).filter(Boolean);
    this.show();
  }

  set(tags) {
    this.tags = tags;
    this.show();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  build() {
    const id = `tags-${++made}`;
    this.input = element("input", { type: "text", autocomplete: "off", id: this.field.id });
    this.list = element("ul", { className: "suggestions", id, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", document.querySelector(`label[for="${this.field.id}"]`)?.textContent ?? "");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-describedby": this.field.getAttribute("aria-describedby") ?? "",
    })) this.input.setAttribute(name, value);
    this.box = element("div", { className: "picked" }, this.input, this.list);
    this.said = element("p", { className: "small muted", hidden: true });
    this.said.setAttribute("role", "status");
    this.field.after(this.box, this.said);
    this.field.removeAttribute("id");
    this.field.type = "hidden";
  }

  listen() {
    this.input.addEventListener("input", () => this.ask());
    this.field.addEventListener("fill", () => this.read());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.take(this.input.value));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) this.take(option.dataset.name);
    });
  }

  show() {
    for (const chip of this.box.querySelectorAll(".chip")) chip.remove();
    this.input.before(...this.tags.map((tag) => this.chip(tag)));
    this.field.value = this.tags.join(", ");
    this.input.hidden = this.tags.length >= this.max;
  }

  chip(tag) {
    const remove = element("button", { type: "button", textContent: "×" });
    remove.setAttribute("aria-label", `− ${tag}`);
    remove.addEventListener("click", () => this.drop(tag));
    return element("span", { className: "chip" }, tag, remove);
  }

  take(text) {
    const tag = clean(text.replaceAll(",", ""));
    this.input.value = "";
    this.offer([]);
    if (!tag || this.tags.includes(tag) || this.tags.length >= this.max) return;
    this.set([...this.tags, tag]);
    this.resolve(tag);
  }

  // A synonym becomes its tag, as it would when the form is sent; the field says so.
  async resolve(typed) {
    const found = await this.suggestions(typed);
    const tag = found.find(({ synonym }) => synonym === typed);
    if (!tag || found.some(({ name }) => name === typed) || !this.tags.includes(typed)) return;
    this.set([...new Set(this.tags.map((other) => (other === typed ? tag.name : other)))]);
    this.said.textContent = this.field.dataset.synonym.replace("%(typed)s", typed).replace("%(name)s", tag.name);
    this.said.hidden = false;
  }

  async suggestions(query) {
    const answer = await fetch(`${this.field.dataset.suggestUrl}?q=${encodeURIComponent(query)}`);
    return answer.ok ? (await answer.json()).tags : [];
  }

  drop(tag) {
    this.set(this.tags.filter((other) => other !== tag));
    this.input.focus();
  }

  ask() {
    clearTimeout(this.timer);
    if (this.input.value.endsWith(",")) return this.take(this.input.value);
    this.timer = setTimeout(async () => {
      const query = this.input.value.trim();
      if (!query) return this.offer([]);
      const found = await this.suggestions(query);
      if (query === this.input.value.trim()) this.offer(found);
    }, WAIT_MS);
  }

  offer(tags) {
    clearTimeout(this.timer);
    this.at = -1;
    this.options = tags.filter(({ name }) => !this.tags.includes(name)).map(({ name, count, synonym }, index) => {
      const option = element("li", { id: `${this.list.id}-${index}`, role: "option" }, synonym ? `${synonym} → ${name}` : name);
      if (count !== undefined) option.append(element("span", { textContent: count }));
      option.dataset.name = name;
      option.setAttribute("aria-selected", "false");
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.list.hidden = this.options.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  move(by) {
    if (!this.options.length) return;
    this.options[this.at]?.setAttribute("aria-selected", "false");
    const from = this.at < 0 && by < 0 ? 0 : this.at;
    this.at = (from + by + this.options.length) % this.options.length;
    this.options[this.at].setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", this.options[this.at].id);
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Escape" && !this.list.hidden) this.offer([]);
    else if (key === "Enter" && this.input.value) this.take(this.options[this.at]?.dataset.name ?? this.input.value);
    else if (key === "Backspace" && !this.input.value && this.tags.length) return this.drop(this.tags.at(-1));
    else return;
    event.preventDefault();
  }
}

export function start(root) {
  for (const field of root.querySelectorAll("input[data-suggest-url]")) {
    if (started.has(field)) continue;
    started.add(field);
    new TagsInput(field);
  }
}
