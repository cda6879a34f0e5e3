/* Several inputs run side by side, with a picture where the program takes them; after a recompile, before and after. */

import { call } from "./api.js";
import { showDiff } from "./diff.js";
import { announce, find, findAll, fromTemplate, onCommandEnter, showError } from "./dom.js";
import { pictureElement, readPicture } from "./pictures.js";

export class Bench {
  /** `onSave(input, output)` is called when an input shall become a test case. */
  constructor(section, onSave) {
    this.section = section;
    this.rows = find("[data-runs]", section);
    this.summary = find("[data-bench-summary]", section);
    this.error = find("[data-bench-error]", section);
    this.runButton = find("[data-run-all]", section);
    this.program = null;
    this.takesImages = false;
    this.before = null;
    this.beforeTakesImages = false;
    this.limits = { pixels: Number(section.dataset.pixels), bytes: Number(section.dataset.bytes) };
    this.inputs = JSON.parse(this.rows.dataset.first);
    this.runButton.addEventListener("click", () => this.run());
    find("[data-add-run]", section).addEventListener("click", () => find("[data-input]", this.add("")).focus());
    onCommandEnter(section, () => this.run());
    this.rows.addEventListener("click", (event) => {
      const row = event.target.closest(".run");
      if (event.target.closest("[data-remove]")) this.remove(row);
      if (event.target.closest("[data-detach]")) {
        this.hold(row, null);
        find("[data-picture]", row).focus();
      }
      if (event.target.closest("[data-save]")) onSave(input(row).value, row.after ?? "", event.target.closest("button"));
    });
    this.rows.addEventListener("change", (event) => {
      if (event.target.matches("[data-picture]")) this.attach(event.target.closest(".run"), event.target);
    });
  }

  set inputs(texts) {
    this.rows.replaceChildren();
    for (const text of texts) this.add(text);
  }

  /** Whether nothing is written in any row. */
  get empty() {
    return this.filled().length === 0;
  }

  add(text) {
    const row = fromTemplate("run-row");
    input(row).value = text;
    this.rows.append(row);
    this.number();
    this.show(row);
    return row;
  }

  async attach(row, field) {
    const [file] = field.files;
    field.value = "";
    showError(this.error, null);
    try {
      this.hold(row, await readPicture(file, this.limits));
      announce(`${row.picture.name} added.`);
    } catch (failure) {
      showError(this.error, failure);
    }
  }

  /** Give a row a picture, or with null none. */
  hold(row, picture) {
    row.picture = picture;
    row.after = row.earlier = undefined;
    find("[data-held]", row).replaceChildren(...(picture ? [pictureElement(picture.small, picture.name)] : []));
    this.show(row);
  }

  remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling ?? this.add("");
    row.remove();
    this.number();
    input(next).focus();
  }

  number() {
    findAll(".run", this.rows).forEach((row, index) => {
      row.setAttribute("aria-label", `Input ${index + 1}`);
      find("[data-number]", row).textContent = `Input ${index + 1}`;
      find("[data-remove-text]", row).textContent = `Remove input ${index + 1}`;
      const save = find("[data-save-text]", row);
      if (save) save.textContent = ` for input ${index + 1}`;
    });
  }

  /** Test the program of a card; with `compare`, beside the one tested until now. */
  use(card, { compare = false } = {}) {
    const program = card.dataset.program;
    this.before = compare && this.program !== program ? this.program : null;
    this.beforeTakesImages = this.takesImages;
    this.program = program;
    this.takesImages = "takesImages" in card.dataset;
    this.section.hidden = false;
    this.summary.textContent = "";
    for (const row of findAll(".run", this.rows)) {
      this.hold(row, this.takesImages ? row.picture : null);
    }
  }

  /** Run every row in which something is written. */
  async run() {
    const rows = this.filled();
    if (!rows.length) {
      input(this.rows.firstElementChild).focus();
      this.summary.textContent = "Write an input first.";
      return;
    }
    showError(this.error, null);
    this.busy(rows, true);
    try {
      const { program, before } = this;
      const compared = before && (this.beforeTakesImages || !rows.some((row) => row.picture));
      const [after, earlier] = await Promise.all([outputs(program, rows), compared ? outputs(before, rows) : null]);
      if (this.program !== program) return; // another one was compiled meanwhile, and runs them itself
      rows.forEach((row, index) => {
        row.after = after.outputs[index];
        row.earlier = earlier?.outputs[index];
        this.show(row);
      });
      this.tell(rows, after.latency_ms);
    } catch (error) {
      showError(this.error, error);
    } finally {
      this.busy(rows, false);
    }
  }

  filled() {
    return findAll(".run", this.rows).filter((row) => input(row).value !== "" || row.picture);
  }

  busy(rows, busy) {
    this.runButton.setAttribute("aria-disabled", String(busy));
    this.runButton.textContent = busy ? "Running …" : "Run all";
    for (const row of rows) row.classList.toggle("busy", busy);
  }

  show(row) {
    const compared = this.before !== null;
    const [before, after] = [find("[data-before]", row), find("[data-output]", row)];
    this.rows.classList.toggle("compared", compared);
    find("[data-before-cell]", row).hidden = !compared;
    find("[data-side]", row).hidden = row.after === undefined;
    find("[data-attach]", row).hidden = !this.takesImages || Boolean(row.picture);
    find("[data-with]", row).hidden = !row.picture;
    find("[data-save]", row)?.toggleAttribute("hidden", Boolean(row.picture)); // test cases are text
    find("[data-output-label]", row).textContent = compared ? "After" : "Output";
    const known = compared && row.after !== undefined && row.earlier !== undefined;
    if (known) showDiff(before, after, row.earlier, row.after);
    else {
      before.textContent = row.earlier ?? "";
      after.textContent = row.after ?? "";
    }
    const badge = find("[data-change]", row);
    const changed = known && row.earlier !== row.after;
    row.classList.toggle("changed", changed);
    badge.hidden = !known;
    badge.classList.toggle("change", changed);
    badge.textContent = changed ? "≠ changed" : "= same";
  }

  tell(rows, milliseconds) {
    const changed = rows.filter((row) => row.classList.contains("changed")).length;
    const ran = `${count(rows.length, "input")} in ${(milliseconds / 1000).toFixed(2)} s`;
    this.summary.textContent = this.before ? `${changed} of ${count(rows.length, "output")} changed` : ran;
    announce(this.before ? this.summary.textContent : `Done: ${rows.map((row) => row.after).join("; ")}`);
  }
}

const input = (row) => find("[data-input]", row);
const outputs = (program, rows) => call("POST", "/run", {
  program,
  inputs: rows.map((row) => input(row).value),
  images: rows.flatMap((row, index) => (row.picture ? [{ input: index, data: row.picture.data }] : [])),
});
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
