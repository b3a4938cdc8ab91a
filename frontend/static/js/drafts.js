// Drafts: what is typed is kept in this browser at once, and by the server in the pauses. Where
// another tab has written meanwhile, both texts are shown.
import { copyOf, keepCopy, noteSending } from "guildhall/copies";
import { fetchDraft, removeDraft, saveDraft } from "guildhall/draft-requests";

const NAMES = ["kind", "title", "url", "source", "space", "tags", "minutes", "level", "language", "reply_to", "reason", "version"];
const WORDS = ["title", "source", "url"];
const PAUSE_MS = 1000;
const RETRY_MS = 10_000;
const started = new WeakSet();
// By place: a form that is swapped for a fresh one goes on with what is known.
const drafts = new Map();

function textsOf(form) {
  const filled = NAMES.map((name) => [name, form.elements[name]?.value]).filter(([, value]) => value);
  return Object.fromEntries(filled);
}

function fill(form, texts) {
  for (const name of NAMES) {
    const field = form.elements[name];
    if (!field || field.value === (texts[name] ?? "")) continue;
    field.value = texts[name] ?? "";
    field.dispatchEvent(new Event("fill"));
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
// Before this script came.
const wasTyped = (field) => field !== undefined && field.value !== field.defaultValue;
const isBlank = (texts) => !WORDS.some((name) => texts[name]?.trim());
const asRead = ({ title, url, source }) => [title, url, source].filter(Boolean).join("\n\n");

// Of which kind it is, and whom to reply to, the address says.
function asAsked({ elements: { kind, reply_to } }, copy) {
  if (!copy) return null;
  const texts = { ...copy.texts };
  if (reply_to?.value) texts.reply_to = reply_to.value;
  if (kind && new URLSearchParams(location.search).has("kind")) texts.kind = kind.value;
  return { ...copy, texts };
}

class Draft {
  version = 0;
  timer = 0;
  saving = null;
  // {texts, version} of another tab, while both are shown.
  other = null;
  isSafe = true;

  constructor(place) {
    this.place = place;
  }

  open(form) {
    this.form = form;
    this.field = form.elements.draft_version;
    this.know(Math.max(this.version, Number(this.field?.value ?? 0)));
    this.other = null;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    form.querySelector("[data-draft-discard]")?.addEventListener("click", () => this.discard());
    this.recover();
  }

  // The form says it too: the draft that it is about goes with what is sent.
  know(version) {
    this.version = version;
    if (this.field) this.field.value = version;
  }

  // What was typed and never reached the server; a form that was sent holds what is newest.
  recover() {
    const copy = asAsked(this.form, copyOf(this.place));
    if ("draftTyped" in this.form.dataset) return this.changed();
    const isTouched = WORDS.some((name) => wasTyped(this.form.elements[name]));
    if (!copy || same(copy.texts, textsOf(this.form))) return isTouched ? this.changed() : keepCopy(this.place, null);
    const quotes = new URLSearchParams(location.search).has("quote");
    if (isTouched || quotes || copy.version !== this.version) return this.conflict(copy.texts, this.version);
    fill(this.form, copy.texts);
    this.changed();
  }

  changed() {
    this.isSafe = false;
    keepCopy(this.place, { texts: textsOf(this.form), version: this.version });
    this.say("kept");
    this.schedule(PAUSE_MS);
  }

  schedule(ms) {
    clearTimeout(this.timer);
    if (this.field) this.timer = setTimeout(() => this.save(), ms);
  }

  async save() {
    if (this.isSafe || this.saving || this.other || !this.field || !this.form.isConnected) return;
    const texts = textsOf(this.form);
    const token = this.form.elements.csrfmiddlewaretoken.value;
    this.saving = (isBlank(texts) ? removeDraft : saveDraft)(this.place, token, texts, this.version);
    const answer = await this.saving;
    this.saving = null;
    await this.settle(answer, texts);
  }

  async settle({ version, conflict, refused }, texts) {
    if (conflict) return this.meet();
    if (refused) return this.say("", refused);
    if (version === undefined) return this.schedule(RETRY_MS);
    this.know(version);
    if (!same(texts, textsOf(this.form))) return this.changed();
    this.isSafe = true;
    keepCopy(this.place, null);
    this.say(version ? "saved" : "");
  }

  async meet() {
    const there = await fetchDraft(this.place);
    if (!there) return this.schedule(RETRY_MS);
    this.conflict(there.texts, there.version);
  }

  conflict(texts, version) {
    this.other = { texts, version };
    const box = this.form.querySelector("template[data-draft-conflict]").content.firstElementChild.cloneNode(true);
    const text = box.querySelector("textarea");
    text.value = asRead(texts);
    box.querySelector("[data-swap]").addEventListener("click", () => {
      const mine = textsOf(this.form);
      fill(this.form, this.other.texts);
      this.other.texts = mine;
      text.value = asRead(mine);
      this.changed();
    });
    box.querySelector("[data-keep]").addEventListener("click", () => {
      this.know(this.other.version);
      this.other = null;
      box.remove();
      this.changed();
    });
    this.form.querySelector("[data-draft-status]").before(box);
  }

  // A draft on its way would come back after what it became was posted.
  submit(event) {
    if (this.saving) {
      const send = () => this.form.requestSubmit(event.submitter ?? undefined);
      event.preventDefault();
      this.saving.then(send);
      return;
    }
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    this.isSafe = true;
    noteSending(this.place);
  }

  discard() {
    clearTimeout(this.timer);
    this.know(0);
    this.isSafe = true;
    keepCopy(this.place, null);
  }

  say(what, sentence = "") {
    const status = this.form.querySelector("[data-draft-status]");
    if (!status) return;
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: status.dataset.zone };
    const time = new Date().toLocaleTimeString(document.documentElement.lang, clock);
    status.textContent = sentence || (status.dataset[what] ?? "").replace("#", time);
  }
}

function draftOf(place) {
  if (!drafts.has(place)) drafts.set(place, new Draft(place));
  return drafts.get(place);
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    if (started.has(form) || "sent" in form.dataset) continue;
    started.add(form);
    draftOf(form.dataset.draft).open(form);
  }
}

function saveAll() {
  for (const draft of drafts.values()) draft.save();
}

window.addEventListener("online", saveAll);
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
window.addEventListener("beforeunload", (event) => {
  if ([...drafts.values()].some((draft) => !draft.isSafe && draft.form.isConnected)) event.preventDefault();
});
