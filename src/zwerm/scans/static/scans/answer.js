// Saves each tap. Without this script the page works too: then "Go on" saves.
(function () {
  "use strict";
  var form = document.querySelector("form.answering");
  if (!form) { return; }
  var said = form.querySelector("[data-status]");
  var queueName = form.dataset.queue;
  var counter = Number(form.dataset.counter);
  var busy = null;

  // What is not acknowledged yet waits here, and goes when the tab goes.
  function queue(lines) {
    try {
      if (lines) { sessionStorage.setItem(queueName, JSON.stringify(lines)); }
      return JSON.parse(sessionStorage.getItem(queueName) || "[]");
    } catch (fault) {
      return lines || [];
    }
  }

  function say(words) { said.textContent = words; }

  function send(line) {
    return fetch(line.url, {
      method: "POST",
      body: line.body,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      credentials: "same-origin"
    });
  }

  async function flush() {
    var lines = queue();
    while (lines.length) {
      var answer;
      try { answer = await send(lines[0]); } catch (fault) { say(form.dataset.saidWaiting); return false; }
      if (answer.status >= 500) { say(form.dataset.saidWaiting); return false; }
      var content = {};
      try { content = await answer.json(); } catch (fault) { /* a page, not an answer */ }
      lines = queue();
      lines.shift();
      queue(lines);
      if (answer.status === 409 || answer.status === 429) { say(content.sentence || ""); return false; }
      if (!answer.ok) { location.reload(); return false; }
      tell(content);
    }
    return true;
  }

  function tell(content) {
    if (content.counter > counter) { counter = content.counter; }
    say(content.saved === false ? form.dataset.saidNewer : form.dataset.saidSaved);
    var warning = form.querySelector("[data-warning]");
    if (warning && "warning" in content) { warning.textContent = content.warning; }
  }

  function flushOnce() {
    if (!busy) { busy = flush().finally(function () { busy = null; }); }
    return busy;
  }

  function keep() {
    counter += 1;
    var fields = new URLSearchParams(new FormData(form));
    fields.set("counter", String(counter));
    // Only the newest tap on a question has to arrive.
    var waiting = queue().filter(function (line) { return line.url !== form.dataset.save; });
    waiting.push({ url: form.dataset.save, body: fields.toString() });
    queue(waiting);
    say(form.dataset.saidBusy);
    return flushOnce().then(function (done) { return done && queue().length ? flushOnce() : done; });
  }

  function onlyOne(target) {
    var boxes = form.querySelectorAll("input[type=checkbox]");
    boxes.forEach(function (box) {
      if (box === target || !target.checked) { return; }
      if ("alone" in target.dataset || "alone" in box.dataset) { box.checked = false; }
    });
  }

  form.addEventListener("change", function (event) {
    if (!event.target.name) { return; }
    if (event.target.type === "checkbox") { onlyOne(event.target); }
    drawChips();
    keep();
  });

  var typing = 0;
  form.addEventListener("input", function (event) {
    if (event.target.name !== "text") { return; }
    clearTimeout(typing);
    typing = setTimeout(keep, 800);
  });

  form.addEventListener("submit", function (event) {
    if (!queue().length && navigator.onLine) { return; }
    event.preventDefault();
    flushOnce().then(function (done) { if (done) { form.submit(); } });
  });

  window.addEventListener("online", flushOnce);
  if (queue().length) { flushOnce(); }

  // --- the roster: chosen names on top, and searching by letters -----------------
  var chips = form.querySelector("[data-chips]");
  var tiles = Array.prototype.slice.call(form.querySelectorAll(".tiles li"));

  function drawChips() {
    if (!chips) { return; }
    chips.textContent = "";
    tiles.forEach(function (tile) {
      var box = tile.querySelector("input");
      if (!box.checked) { return; }
      var chip = document.createElement("li");
      chip.className = "chip";
      chip.textContent = tile.dataset.name;
      var button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", chips.dataset.remove + ": " + tile.dataset.name);
      button.textContent = "×";
      button.addEventListener("click", function () { box.click(); box.focus(); });
      chip.appendChild(button);
      chips.appendChild(chip);
    });
  }

  function plain(words) {
    return words.toLowerCase().normalize("NFD").replace(/[̀-ͯ]/g, "");
  }

  var filter = form.querySelector("[data-filter]");
  if (filter) {
    form.querySelector("[data-only-script]").hidden = false;
    var found = form.querySelector("[data-found]");
    filter.addEventListener("input", function () {
      var wanted = plain(filter.value).split(/\s+/).filter(Boolean);
      var count = 0;
      tiles.forEach(function (tile) {
        var name = plain(tile.textContent);
        var fits = wanted.every(function (part) { return name.indexOf(part) >= 0; });
        tile.hidden = !fits;
        count += fits ? 1 : 0;
      });
      found.textContent = !wanted.length ? "" :
        count === 1 ? found.dataset.foundOne : found.dataset.foundMore.replace("{n}", count);
    });
    filter.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); }
    });
  }
  drawChips();
})();
