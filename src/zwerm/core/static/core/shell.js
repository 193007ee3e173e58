// Two things around every page: words for a lost connection, and a menu that closes by itself.
(function () {
  "use strict";

  // The page asks nothing of the network to know this: the browser tells, and so does htmx.
  function tellConnection(isLost) {
    for (const words of document.querySelectorAll("[data-connection] > *")) {
      words.hidden = !isLost;
    }
  }

  addEventListener("offline", () => tellConnection(true));
  addEventListener("online", () => tellConnection(false));
  document.addEventListener("htmx:sendError", () => tellConnection(true));
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) {
      tellConnection(false);
    }
  });
  if (!navigator.onLine) {
    tellConnection(true);
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) {
        menu.open = false;
      }
    }
  }

  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) {
      closeMenus(null);
      menu.querySelector("summary").focus();
    }
  });
})();
