// Choosing the square of a picture that becomes the photo: drag, zoom, or the keyboard. Three numbers
// are sent along with the picture, and the server cuts.

const started = new WeakSet();
const SMALLEST = 64;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

class Cut {
  constructor(form, picture) {
    this.form = form;
    this.picture = picture;
    this.canvas = form.querySelector("canvas");
    this.whole = Math.min(picture.width, picture.height);
    this.zoom(1);
    this.moveTo((picture.width - this.side) / 2, (picture.height - this.side) / 2);
  }

  zoom(times) {
    const before = this.side ?? this.whole;
    this.side = clamp(Math.floor(this.whole / times), Math.min(SMALLEST, this.whole), this.whole);
    const shift = (before - this.side) / 2;
    this.moveTo((this.left ?? 0) + shift, (this.top ?? 0) + shift);
  }

  moveTo(left, top) {
    this.left = Math.round(clamp(left, 0, this.picture.width - this.side));
    this.top = Math.round(clamp(top, 0, this.picture.height - this.side));
    for (const name of ["left", "top", "side"]) this.form.elements[name].value = this[name];
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, width, height);
    context.drawImage(this.picture, this.left, this.top, this.side, this.side, 0, 0, width, height);
  }

  // By points of the canvas, the way a hand would push the picture.
  push(right, down) {
    const scale = this.side / this.canvas.clientWidth;
    this.moveTo(this.left - right * scale, this.top - down * scale);
  }
}

const ARROWS = { ArrowLeft: [10, 0], ArrowRight: [-10, 0], ArrowUp: [0, 10], ArrowDown: [0, -10] };

function startForm(form) {
  const part = form.querySelector("[data-square]");
  const canvas = part.querySelector("canvas");
  const zoom = part.querySelector("input[type=range]");
  let cut = null;
  const input = form.querySelector("input[type=file]");
  async function show() {
    const [file] = input.files;
    const picture = file ? await createImageBitmap(file).catch(() => null) : null;
    part.hidden = !picture;
    zoom.value = 1;
    cut = picture && new Cut(form, picture);
    // The server says what is wrong with a picture that can't be read here.
    if (!cut) for (const name of ["left", "top", "side"]) form.elements[name].value = "";
  }
  input.addEventListener("change", show);
  // Chosen before this module was here.
  if (input.files.length) show();
  zoom.addEventListener("input", () => cut?.zoom(Number(zoom.value)));
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) cut?.push(event.movementX, event.movementY);
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { "+": 1, "-": -1 }[event.key];
    if (step) {
      zoom.value = Number(zoom.value) + step * 0.25;
      cut?.zoom(Number(zoom.value));
    } else if (ARROWS[event.key]) cut?.push(...ARROWS[event.key]);
    else return;
    event.preventDefault();
  });
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-photo]")) {
    if (started.has(form)) continue;
    started.add(form);
    startForm(form);
  }
}
