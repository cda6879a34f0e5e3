/* A .paw file, dropped or chosen, goes to the server, and its page opens. */

import { call } from "./api.js";
import { announce, find, showError } from "./dom.js";

export function acceptFiles(box) {
  const field = find("input", box);
  const error = find(".error", box);

  const send = async (file) => {
    if (!file) return;
    showError(error, null);
    announce(`Sending ${file.name}`);
    try {
      const program = await call("POST", "/programs", file);
      location.assign(`/programs/${program.id}`);
    } catch (failure) {
      showError(error, failure);
      field.value = "";
    }
  };

  field.addEventListener("change", () => send(field.files[0]));
  const mark = (over) => (event) => {
    event.preventDefault();
    box.classList.toggle("over", over);
  };
  box.addEventListener("dragover", mark(true));
  box.addEventListener("dragleave", mark(false));
  box.addEventListener("drop", (event) => {
    mark(false)(event);
    send(event.dataTransfer.files[0]);
  });
}
