/* The page on which functions are described, compiled, tried, changed and compiled again. */

import { Bench } from "./bench.js";
import { Cases } from "./cases.js";
import { compile, Progress } from "./compile.js";
import { announce, find, findAll, onCommandEnter, refresh, showError } from "./dom.js";
import { Examples } from "./examples.js";
import { Images } from "./images.js";
import { acceptFiles } from "./upload.js";
import "./page.js";
import { keepPictures, showPictures } from "./pictures.js";

const form = find("#compile-form");
const spec = find("#spec");
const card = find("[data-card]");
const button = find("[data-compile]");
const error = find("#compile-error");
const examples = new Examples(find(".examples"));
const images = new Images(find("[data-images]"), form);
const progress = new Progress(find("[data-progress]"));
const cases = new Cases(find("[data-cases]"), () => refresh(location.href, "[data-card]"));
const bench = new Bench(find("[data-bench]"), (input, output, opener) => cases.open(input, output, opener));

let program = find("[data-program]", card)?.dataset.program ?? null;
let busy = false;
let sample = null;

showPictures(card);
if (program) {
  bench.use(find("[data-program]", card));
  cases.use(program);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
onCommandEnter(form, submit);
for (const chip of findAll(".chip", form)) chip.addEventListener("click", () => useSample(chip));
const drop = find("[data-drop]");
if (drop) acceptFiles(drop);

function useSample(chip) {
  spec.value = chip.dataset.spec;
  examples.pairs = JSON.parse(chip.dataset.examples);
  images.clear();
  const inputs = JSON.parse(chip.dataset.inputs);
  if (bench.empty || sample) bench.inputs = inputs;
  sample = chip;
  announce("Example filled in.");
  spec.focus();
}

function request() {
  const values = new FormData(form);
  const slug = values.get("slug").trim();
  return {
    spec: spec.value,
    examples: examples.pairs,
    images: images.sent,
    seed: Number(values.get("seed")),
    public: values.get("public") === "1",
    ...(slug ? { slug } : {}),
  };
}

async function submit() {
  if (busy || !valid()) return;
  setBusy(true);
  try {
    await images.settled;
    const smalls = images.smalls;
    const job = await compile(request(), progress, smalls);
    if (job.status === "ready") await show(job, smalls);
    else fail(job);
  } catch (failure) {
    if (failure.field?.startsWith("images")) images.fail(failure);
    else showError(error, failure);
  } finally {
    setBusy(false);
  }
}

function valid() {
  const wrong = spec.value.trim() === "" ? [spec, "Say first what the function should do."] : badOption();
  spec.toggleAttribute("aria-invalid", false);
  images.fail(null);
  showError(error, wrong ? { message: wrong[1] } : null);
  if (wrong) {
    wrong[0].setAttribute("aria-invalid", "true");
    wrong[0].focus();
  }
  return !wrong;
}

function badOption() {
  for (const field of [form.elements.slug, form.elements.seed]) {
    field.removeAttribute("aria-invalid");
    if (field.checkValidity()) continue;
    find(".options", form).open = true;
    const rule = document.getElementById(field.getAttribute("aria-describedby")).textContent;
    return [field, `${field.labels[0].textContent.trim()}: ${rule}`];
  }
  return null;
}

function setBusy(value) {
  busy = value;
  button.setAttribute("aria-disabled", String(value));
  if (!value) button.textContent = program ? "Recompile" : "Compile";
}

function fail(job) {
  if (job.status === "cancelled") announce("Cancelled.");
  else showError(error, { message: job.error ?? "The compile failed." });
}

async function show(job, smalls) {
  const earlier = program;
  program = job.program_id;
  const url = `/?program=${program}`;
  history.replaceState(null, "", url);
  await refresh(url, "[data-card]");
  keepPictures(card, smalls);
  showPictures(card);
  find("[data-open]").hidden = true;
  announce(earlier === program ? "The same program as before." : "Compiled.");
  bench.use(find("[data-program]", card), { compare: earlier !== null });
  if (form.contains(document.activeElement) || document.activeElement === document.body) card.focus();
  await Promise.all([bench.empty ? null : bench.run(), cases.use(program, { from: earlier })]);
}
