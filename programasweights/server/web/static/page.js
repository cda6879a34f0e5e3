/* What every page can do: copy text, and forget when the user signs out. */

import { announce } from "./dom.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-text]");
  if (!button) return;
  const text = button.dataset.copyText ?? document.getElementById(button.dataset.copy).textContent;
  const done = await copy(text);
  announce(done ? "Copied." : "Could not copy.");
  flash(button, done ? "Copied" : "Not copied");
});

// What this tab remembers of programs is the user's who signs out.
document.querySelector("form.who")?.addEventListener("submit", () => sessionStorage.clear());

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/* The clipboard interface needs https or localhost; a server in a local network often has neither. */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

function flash(button, text) {
  if (button.dataset.flashing) return;
  button.dataset.flashing = "1";
  const before = [...button.childNodes];
  button.replaceChildren(text);
  setTimeout(() => {
    button.replaceChildren(...before);
    delete button.dataset.flashing;
  }, 1500);
}
