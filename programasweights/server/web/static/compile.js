/* One compile: ask for it, watch its progress, cancel it. */

import { call } from "./api.js";
import { announce, find } from "./dom.js";
import { pictureElement } from "./pictures.js";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 1000;
const WORDS = { queued: "Waiting for a free worker", compiling: "Compiling" };

/** The visible progress of a job. */
export class Progress {
  constructor(box) {
    this.box = box;
    this.bar = find("progress", box);
    this.stage = find("[data-stage]", box);
    this.percent = find("[data-percent]", box);
    this.elapsed = find("[data-elapsed]", box);
    this.pictures = find("[data-job-pictures]", box);
    this.cancelled = false;
    find("[data-cancel]", box).addEventListener("click", () => this.cancel());
  }

  start(smalls) {
    this.pictures.replaceChildren(...smalls.map((small, index) => {
      const row = document.createElement("li");
      row.append(pictureElement(small, `Picture ${index + 1} of this compile`));
      return row;
    }));
    this.cancelled = false;
    this.jobId = null;
    this.began = Date.now();
    this.said = "";
    this.box.hidden = false;
    this.box.scrollIntoView({ block: "nearest" });
    this.show({ status: "queued", percent: 0, stage: "" });
    this.clock = setInterval(() => this.tick(), 200);
  }

  stop() {
    clearInterval(this.clock);
    this.box.hidden = true;
  }

  show(job) {
    const text = job.status === "compiling" && job.stage ? sentence(job.stage) : (WORDS[job.status] ?? job.status);
    const percent = Math.round(job.percent ?? 0);
    this.bar.value = percent;
    this.percent.textContent = `${percent}%`;
    if (text !== this.said) {
      this.stage.textContent = text;
      announce(text);
    }
    this.said = text;
    this.tick();
  }

  tick() {
    this.elapsed.textContent = `${((Date.now() - this.began) / 1000).toFixed(1)} s`;
  }

  async cancel() {
    this.cancelled = true;
    this.stage.textContent = "Cancelling";
    if (!this.jobId) return;
    // A job that ended in the meantime refuses; the next look at it tells how.
    await call("DELETE", `/compile/${this.jobId}`).catch(() => {});
  }
}

/** Compile, and return the job when it has ended, however it did; `smalls` are the pictures to show beside it. */
export async function compile(request, progress, smalls) {
  progress.start(smalls);
  try {
    let job = await call("POST", "/compile/async", request);
    progress.jobId = job.job_id;
    if (progress.cancelled) await progress.cancel();
    for (let wait = FIRST_WAIT; job.status === "queued" || job.status === "compiling"; wait = Math.min(wait * 1.2, LONGEST_WAIT)) {
      progress.show(job);
      await new Promise((resolve) => setTimeout(resolve, wait));
      job = await call("GET", `/compile/${progress.jobId}`);
    }
    return job;
  } finally {
    progress.stop();
  }
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
