// A plain script in the head: the colours the reader chose last time hold before anything is painted.
(() => {
  const choice = localStorage.getItem("theme");
  if (choice !== "light" && choice !== "dark") return;
  document.documentElement.dataset.theme = choice;
  const dark = /** @type {HTMLLinkElement} */ (document.getElementById("dark-tokens"));
  dark.media = choice === "dark" ? "all" : "not all";
})();
