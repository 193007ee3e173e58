// Says so when the connection is gone, and takes the words away when it is back.
(function () {
  "use strict";

  function show(isLost) {
    for (const words of document.querySelectorAll("[data-connection] > *")) {
      words.hidden = !isLost;
    }
  }

  addEventListener("offline", () => show(true));
  addEventListener("online", () => show(false));
  document.addEventListener("htmx:sendError", () => show(true));
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) {
      show(false);
    }
  });
  if (!navigator.onLine) {
    show(true);
  }
})();
