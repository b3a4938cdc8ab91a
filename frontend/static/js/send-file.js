// A form about one file: it is sent as soon as it is chosen, with its progress, and can be given up.
// The form is then sent with the file's id only. Without scripts the file goes with the form.
import { upload } from "guildhall/upload";

const started = new WeakSet();

class Sender {
  constructor(part) {
    this.part = part;
    this.form = part.closest("form");
    this.input = part.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.input.files[0] && this.send(this.input.files[0]));
    this.find("[data-cancel]").addEventListener("click", () => this.giveUp());
    this.form.addEventListener("submit", (event) => this.holdBack(event), { capture: true });
  }

  find(selector) {
    return this.part.querySelector(selector);
  }

  async send(file) {
    const { sendFile, maxBytes, large, lost } = this.part.dataset;
    this.cancel?.();
    this.say("");
    // Sent by now: with the form it would come a second time.
    this.input.value = "";
    if (file.size > Number(maxBytes)) return this.say(large);
    const progress = this.find("progress");
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const { answer, cancel } = upload(sendFile, file, token, (share) => (progress.value = share));
    this.cancel = cancel;
    this.find("[data-sending]").hidden = false;
    const found = await answer.catch(() => ({ error: lost }));
    if (this.cancel !== cancel) return;
    this.giveUp();
    if (found.error) return this.say(found.error);
    this.form.elements.file.value = found.id;
    this.find("[data-kept-name]").textContent = found.name;
    this.find("[data-kept]").hidden = false;
  }

  giveUp() {
    this.cancel?.();
    this.cancel = null;
    this.find("[data-sending]").hidden = true;
  }

  say(sentence) {
    this.find("[data-error]").textContent = sentence;
    this.find("[data-error]").hidden = !sentence;
  }

  holdBack(event) {
    if (!this.cancel) return;
    this.say(this.part.dataset.busy);
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

export function start(root) {
  for (const part of root.querySelectorAll("[data-send-file]")) {
    if (started.has(part)) continue;
    started.add(part);
    new Sender(part);
  }
}
