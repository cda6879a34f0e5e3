/* Files that are dropped on a part of a page. */

/** Give `take` what is dropped on an element; it carries the class `over` while files are held over it. */
export function acceptDrops(element, take) {
  const mark = (over) => (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    element.classList.toggle("over", over);
  };
  element.addEventListener("dragover", mark(true));
  element.addEventListener("dragleave", mark(false));
  element.addEventListener("drop", (event) => {
    mark(false)(event);
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
}
