/* Runs before the first paint, so that a chosen theme does not flash. */
(() => {
  const root = document.documentElement;
  const chosen = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = (theme) => { if (theme === "dark" || theme === "light") root.dataset.theme = theme; };

  root.dataset.js = "";
  show(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-toggle]");
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    tell();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
    button.addEventListener("click", () => {
      show(dark() ? "light" : "dark");
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private mode: not kept */ }
      tell();
    });
  });
})();
