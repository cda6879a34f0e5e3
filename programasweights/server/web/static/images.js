/* The pictures of a spec: chosen, dropped or pasted, shown with a button to remove each, and what the server says. */

import { announce, find, findAll, fromTemplate, showError } from "./dom.js";
import { acceptDrops } from "./files.js";
import { pictureElement, readPicture } from "./pictures.js";

export class Images {
  /** `section` holds the field; files that are pasted or dropped anywhere in `form` are for it. */
  constructor(section, form) {
    this.list = find("[data-pictures]", section);
    this.input = find("input[type=file]", section);
    this.error = find(".error", section);
    this.limits = { pixels: Number(section.dataset.pixels), bytes: Number(section.dataset.bytes) };
    this.most = Number(section.dataset.limit);
    this.room = Number(section.dataset.room);
    this.pictures = [];
    /** Fulfilled when all files that were given so far are read. */
    this.settled = Promise.resolve();
    if (this.input.disabled) return;
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    acceptDrops(form, (files) => this.take(files));
    form.addEventListener("paste", (event) => {
      // a cell of a spreadsheet is pasted as text, of which a picture comes along
      if (event.clipboardData.types.includes("text/plain") || !event.clipboardData.files.length) return;
      event.preventDefault();
      this.take([...event.clipboardData.files]);
    });
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (button) this.remove(button.closest("li"));
    });
  }

  /** What is sent. */
  get sent() {
    return this.pictures.map(({ data }) => ({ data }));
  }

  /** The small pictures, in the order in which they are sent; null for one that cannot be shown. */
  get smalls() {
    return this.pictures.map(({ small }) => small);
  }

  take(files) {
    this.input.value = ""; // or the same file could not be chosen again
    this.settled = this.settled.then(() => this.read(files));
  }

  async read(files) {
    this.fail(null);
    try {
      for (const file of files) this.add(await readPicture(file, this.limits));
    } catch (failure) {
      this.fail(failure);
    }
  }

  add(picture) {
    if (this.pictures.length >= this.most) throw new Error(`A spec takes at most ${this.most} pictures here.`);
    const all = this.pictures.reduce((sum, other) => sum + other.data.length, picture.data.length);
    if (all > this.room) throw new Error("The pictures are too large together. Remove one, or save them smaller.");
    this.pictures.push(picture);
    const row = fromTemplate("picture-row");
    row.prepend(pictureElement(picture.small, picture.name));
    find("[data-about]", row).textContent = `${picture.name}, ${picture.size}${picture.scaled ? ", scaled down" : ""}`;
    find("[data-remove-text]", row).textContent = `Remove ${picture.name}`;
    this.list.append(row);
    announce(`${picture.name} added.`);
  }

  remove(row) {
    this.pictures.splice([...this.list.children].indexOf(row), 1);
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.fail(null);
    (next ? find("[data-remove]", next) : this.input).focus();
  }

  clear() {
    this.pictures = [];
    this.list.replaceChildren();
    this.fail(null);
  }

  /** Show what is wrong, beside the picture that the server names; or with null that nothing is. */
  fail(failure) {
    const number = Number(/^images\.(\d+)/.exec(failure?.field ?? "")?.[1] ?? NaN);
    findAll("li", this.list).forEach((row, index) => row.classList.toggle("wrong", index === number));
    const which = number >= 0 && this.pictures.length > 1 ? `Picture ${number + 1}: ` : "";
    showError(this.error, failure ? { message: which + failure.message } : null);
    this.input.toggleAttribute("aria-invalid", false);
    if (failure) this.input.setAttribute("aria-invalid", "true");
  }
}
