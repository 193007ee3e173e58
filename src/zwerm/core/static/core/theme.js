// Follows the system until somebody switches; then remembers, on this device only.
(function () {
  "use strict";
  const root = document.documentElement;
  const key = "zwerm-theme";

  function remembered() {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // a private window keeps nothing
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(key, theme);
    } catch {
      // a private window keeps nothing
    }
  }

  function isDark() {
    const chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  const saved = remembered();
  if (saved === "dark" || saved === "light") {
    root.dataset.theme = saved;
  }

  document.addEventListener("DOMContentLoaded", function () {
    // Without script the switch would do nothing, so it is shown here.
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-theme-switch]")) {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
    }
  });
})();
