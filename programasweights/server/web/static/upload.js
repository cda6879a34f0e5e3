/* A .paw file, dropped or chosen, goes to the server, and its page opens. */

import { call } from "./api.js";
import { announce, find, showError } from "./dom.js";
import { acceptDrops } from "./files.js";

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
  acceptDrops(box, ([file]) => send(file));
}
