/* Test cases of a program: kept on the server, run there, scored there. */

import { call } from "./api.js";
import { announce, find, findAll, fromTemplate, showError } from "./dom.js";

export class Cases {
  /** `onScore()` is called when a score was written. */
  constructor(section, onScore) {
    this.section = section;
    this.list = find("[data-case-list]", section);
    this.summary = find("[data-case-summary]", section);
    this.error = find("[data-case-error]", section);
    this.form = find("[data-new-case]", section);
    this.onScore = onScore;
    this.program = null;
    if (!this.form) return;
    find("[data-check]", section).addEventListener("click", () => this.attempt(() => this.check()));
    this.adder = find("[data-add-case]", section);
    this.adder.addEventListener("click", () => this.open("", "", this.adder));
    find("[data-close]", this.form).addEventListener("click", () => this.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.attempt(() => this.save());
    });
    this.form.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    this.list.addEventListener("click", (event) => {
      if (event.target.closest("[data-remove]")) this.attempt(() => this.remove(event.target.closest(".case")));
    });
  }

  /** Show the cases of this program. Those of an earlier one are copied to it first. */
  async use(program, { from = null } = {}) {
    this.program = program;
    this.section.hidden = false;
    if (!from || from === program || !this.form) return;
    await this.attempt(() => this.carry(from));
  }

  async carry(from) {
    const score = this.score;
    const [old, here] = await Promise.all([cases(from), cases(this.program)]);
    const known = new Set(here.map((one) => JSON.stringify([one.input, one.expected])));
    for (const one of old) {
      if (!known.has(JSON.stringify([one.input, one.expected]))) here.push(await this.post(one.input, one.expected));
    }
    this.list.replaceChildren(...here.map(row));
    this.summary.textContent = "";
    if (here.length) await this.check(score);
  }

  post(input, expected) {
    return call("POST", `/programs/${this.program}/cases`, { input, expected });
  }

  open(input, expected, opener) {
    this.opener = opener;
    this.form.hidden = false;
    find("[data-input]", this.form).value = input;
    find("[data-expected]", this.form).value = expected;
    const field = find(input ? "[data-expected]" : "[data-input]", this.form);
    field.focus();
    if (input) field.select();
  }

  close() {
    this.form.hidden = true;
    (this.opener?.isConnected ? this.opener : this.adder).focus();
  }

  async save() {
    const saved = await this.post(find("[data-input]", this.form).value, find("[data-expected]", this.form).value);
    this.list.append(row(saved));
    this.summary.textContent = "";
    this.close();
    announce("Test case saved.");
  }

  async remove(element) {
    await call("DELETE", `/programs/${this.program}/cases/${element.dataset.case}`);
    element.remove();
    this.summary.textContent = "";
    this.adder.focus();
    announce("Test case removed.");
  }

  async check(earlier = null) {
    if (!this.list.children.length) {
      this.summary.textContent = "Save a test case first.";
      return;
    }
    this.summary.textContent = "Running …";
    const found = await call("POST", `/programs/${this.program}/cases/check`);
    const byId = new Map(found.results.map((result) => [String(result.id), result]));
    for (const element of findAll(".case", this.list)) showVerdict(element, byId.get(element.dataset.case));
    this.score = `${found.passed} of ${found.total}`;
    const before = earlier ? `, before ${earlier}` : "";
    this.summary.textContent = `${this.score} passed${before}`;
    announce(this.summary.textContent);
    this.onScore();
  }

  async attempt(action) {
    showError(this.error, null);
    try {
      await action();
    } catch (error) {
      this.summary.textContent = "";
      showError(this.error, error);
    }
  }
}

const cases = async (program) => (await call("GET", `/programs/${program}/cases`)).cases;

function row(one) {
  const element = fromTemplate("case-row");
  element.dataset.case = one.id;
  find("[data-input]", element).textContent = one.input;
  find("[data-expected]", element).textContent = one.expected;
  return element;
}

function showVerdict(element, result) {
  const badge = find("[data-verdict]", element);
  element.classList.toggle("ran", Boolean(result));
  find("[data-output-cell]", element).hidden = !result;
  find("[data-output]", element).textContent = result?.output ?? "";
  badge.className = `badge ${result ? (result.passed ? "good" : "bad") : "quiet"}`;
  badge.textContent = result ? (result.passed ? "✓ passed" : "✗ failed") : "not run";
}
