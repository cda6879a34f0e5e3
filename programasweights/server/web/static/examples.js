/* The (input, output) pairs of the spec: rows, and lines pasted into them. */

import { announce, find, findAll, fromTemplate } from "./dom.js";

export class Examples {
  constructor(fieldset) {
    this.rows = find("[data-pairs]", fieldset);
    this.limit = Number(fieldset.dataset.limit);
    this.paste = find("#paste", fieldset);
    this.pasted = find("#pasted", fieldset);
    this.toggle = find("[data-paste-toggle]", fieldset);
    this.adder = find("[data-add-pair]", fieldset);
    this.adder.addEventListener("click", () => find("[data-given]", this.add("", ""))?.focus());
    this.toggle.addEventListener("click", () => this.openPaste(this.paste.hidden));
    find("[data-paste-use]", fieldset).addEventListener("click", () => this.usePasted());
    this.rows.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (button) this.remove(button.closest(".pair"));
    });
    this.number();
  }

  /** Pairs in which anything is written. */
  get pairs() {
    const all = findAll(".pair", this.rows).map((row) => [find("[data-given]", row).value, find("[data-wanted]", row).value]);
    return all.filter(([given, wanted]) => given !== "" || wanted !== "");
  }

  set pairs(pairs) {
    this.rows.replaceChildren();
    for (const [given, wanted] of pairs) this.add(given, wanted);
  }

  add(given, wanted) {
    if (this.rows.children.length >= this.limit) return this.rows.lastElementChild;
    const row = fromTemplate("pair-row");
    find("[data-given]", row).value = given;
    find("[data-wanted]", row).value = wanted;
    this.rows.append(row);
    this.number();
    return row;
  }

  remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.number();
    (next ? find("[data-given]", next) : this.adder).focus();
  }

  openPaste(open) {
    this.paste.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open) this.pasted.focus();
  }

  usePasted() {
    const found = parseLines(this.pasted.value);
    const kept = this.pairs;
    this.pairs = [...kept, ...found.pairs];
    this.pasted.value = found.rest.join("\n");
    const unread = found.rest.length ? ` ${found.rest.length} could not be split.` : "";
    announce(`${this.pairs.length - kept.length} examples added.${unread}`);
    if (!found.rest.length) this.openPaste(false);
    (found.rest.length ? this.pasted : this.adder).focus();
  }

  number() {
    findAll(".pair", this.rows).forEach((row, index) => {
      row.setAttribute("aria-label", `Example ${index + 1}`);
      find("[data-remove] .hidden", row).textContent = `Remove example ${index + 1}`;
    });
    this.adder.disabled = this.rows.children.length >= this.limit;
  }
}

/** Pairs from lines `input => output` or `input<tab>output`, and the lines that have neither. */
export function parseLines(text) {
  const pairs = [];
  const rest = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const mark = line.includes("\t") ? "\t" : "=>";
    const at = line.indexOf(mark);
    if (at < 0) rest.push(line);
    else pairs.push([line.slice(0, at).trim(), line.slice(at + mark.length).trim()]);
  }
  return { pairs, rest };
}
