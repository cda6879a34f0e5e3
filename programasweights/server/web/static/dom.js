/* Small helpers on the document. Text from users goes in as text, never as HTML. */

/** The first element that fits, or null. */
export const find = (selector, within = document) => within.querySelector(selector);

/** All elements that fit, as an array. */
export const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

/** A copy of what the <template> of this id holds. */
export const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** Have a screen reader say a line. */
export function announce(text) {
  const region = document.getElementById("announce");
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

/** Show an error in its place, or with no error clear it. */
export function showError(place, error) {
  place.hidden = !error;
  place.textContent = error ? error.message : "";
}

/** Take over the parts of another state of a page: each selector's children are replaced. */
export async function refresh(url, ...selectors) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of selectors) {
    const part = fresh.querySelector(selector);
    if (part) find(selector)?.replaceChildren(...[...part.childNodes].map((node) => document.adoptNode(node)));
  }
}

/** Call `action` when Ctrl+Enter or Cmd+Enter is pressed inside an element. */
export function onCommandEnter(element, action) {
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      action();
    }
  });
}
