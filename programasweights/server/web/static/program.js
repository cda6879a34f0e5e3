/* The page of one program: try it, test it, manage it. */

import { call } from "./api.js";
import { Bench } from "./bench.js";
import { Cases } from "./cases.js";
import { find, refresh, showError } from "./dom.js";
import "./page.js";
import { showPictures } from "./pictures.js";

const program = find("[data-program]").dataset.program;
const cases = new Cases(find("[data-cases]"), () => refresh(location.href, "[data-card]", "[data-scores]"));
const bench = new Bench(find("[data-bench]"), (input, output, opener) => cases.open(input, output, opener));
showPictures();
bench.use(find("[data-program]"));
cases.use(program);

const manage = find("[data-manage]");
if (manage) {
  const form = find("[data-settings]", manage);
  const error = find("[data-manage-error]", manage);
  const dialog = find("[data-confirm]", manage);
  const named = form.elements.slug.value;

  const attempt = async (action) => {
    showError(error, null);
    try {
      await action();
    } catch (failure) {
      showError(error, failure);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const slug = form.elements.slug.value.trim();
    const change = {
      public: form.elements.public.value === "1",
      tags: form.elements.tags.value.split(",").map((tag) => tag.trim()).filter(Boolean),
      ...(slug === named ? {} : { slug }),
    };
    attempt(async () => {
      await call("PATCH", `/programs/${program}`, change);
      location.assign(`/programs/${program}`);
    });
  });
  find("[data-delete]", form).addEventListener("click", () => dialog.showModal());
  find("[data-no]", dialog).addEventListener("click", () => dialog.close());
  find("[data-yes]", dialog).addEventListener("click", () => {
    dialog.close();
    attempt(async () => {
      await call("DELETE", `/programs/${program}`);
      location.assign("/hub?mine=true");
    });
  });
}
