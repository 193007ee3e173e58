// Saves each tap. Without this script the pages work too: then "Go on" saves.
(function () {
  "use strict";

  const form = document.querySelector("form.answering");
  const queue = document.querySelector("[data-queue]");
  const MARK = "zwerm-";
  // A person hears within 8 seconds that nobody answers.
  const TIMEOUT = 7000;
  const AGAIN = 5000;

  // --- what is not acknowledged yet ----------------------------------------------------------
  // It waits in the tab's own storage, one line for each question, and goes when the tab goes.
  const waiting = (function () {
    const name = queue ? queue.dataset.queue : MARK;
    let lines = [];
    try { lines = JSON.parse(sessionStorage.getItem(name) || "[]"); } catch { lines = []; }
    lines = lines.map((line) => ({ ...line, isLive: false }));
    function keep() {
      try { sessionStorage.setItem(name, JSON.stringify(lines)); } catch { /* memory alone, then */ }
    }
    return {
      first: () => lines[0],
      isEmpty: () => lines.length === 0,
      add(line) { lines = lines.filter((one) => one.url !== line.url).concat([line]); keep(); },
      // A newer tap on the same question may have taken the place of the one that was sent.
      drop(line) { lines = lines.filter((one) => one !== line); keep(); },
    };
  })();

  async function post(url, fields) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      return await fetch(url, {
        method: "POST", body: fields, credentials: "same-origin", redirect: "manual",
        headers: { Accept: "application/json" }, signal: stop.signal,
      });
    } finally {
      clearTimeout(clock);
    }
  }

  if (form) { answering(); } else if (queue) { sendTheRest(); }
  document.querySelectorAll("form.know").forEach(knowing);
  if (document.querySelector("[data-forget]")) { forget(); }

  // --- a page without a question: what a question before it could not send ------------------------
  async function sendTheRest() {
    if (waiting.isEmpty()) { return; }
    while (!waiting.isEmpty()) {
      const line = waiting.first();
      let answer;
      try { answer = await post(line.url, fieldsOf(line)); } catch { return tryAgain(); }
      if (answer.status === 429 || answer.status >= 500) { return tryAgain(); }
      if (!answer.ok && answer.status !== 409) { return; }
      waiting.drop(line);
    }
    location.reload();
  }

  function tryAgain() { setTimeout(sendTheRest, AGAIN); }

  function fieldsOf(line) {
    const fields = new URLSearchParams(line.body);
    fields.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    return fields;
  }

  // --- the last page: nothing of anybody stays in this tab ----------------------------------------
  function forget() {
    try {
      for (const name of Object.keys(sessionStorage)) {
        if (name.startsWith(MARK)) { sessionStorage.removeItem(name); }
      }
    } catch { /* there is no storage, so nothing is in it */ }
  }

  // --- one question --------------------------------------------------------------------------
  function answering() {
    const counter = form.querySelector("[name=counter]");
    const status = form.querySelector("[data-status]");
    const check = form.querySelector("[data-check]");
    const next = form.querySelector("[data-next]");
    const isOneOfFew = form.querySelector("input[type=radio]") !== null;
    const isText = form.querySelector("textarea") !== null;
    let busy = null;
    let again = 0;
    let typing = 0;
    let unsent = false;
    let isLeaving = false;
    let isStuck = false;

    function say(words, isSaved) {
      status.textContent = words;
      check.hidden = !isSaved;
    }

    function later(words) {
      isStuck = true;
      say(words, false);
      clearTimeout(again);
      again = setTimeout(flush, AGAIN);
      return false;
    }

    // Sends what waits, in order. True when nothing waits any more.
    async function send() {
      while (!waiting.isEmpty()) {
        const line = waiting.first();
        let answer;
        let content = null;
        try {
          answer = await post(line.url, fieldsOf(line));
          // A proxy that finds nobody behind it says 503 in its own words: those are none of ours.
          content = answer.ok || [409, 429, 503, 507].includes(answer.status)
            ? await answer.json() : null;
        } catch { return later(form.dataset.saidWaiting); }
        if ([429, 503, 507].includes(answer.status)) { return later(content.sentence); }
        if (answer.status === 409) { waiting.drop(line); say(content.sentence, false); return false; }
        if (answer.status >= 500) { return later(form.dataset.saidWaiting); }
        if (!answer.ok) { say(form.dataset.saidEnded, false); return false; }
        waiting.drop(line);
        take(line, content);
      }
      isStuck = false;
      return true;
    }

    function take(line, content) {
      const isHere = line.url === form.dataset.save;
      if (isHere && content.counter >= Number(counter.value)) { counter.value = content.counter + 1; }
      if (isHere && !content.saved && line.isLive && !line.isRepeated && isOneOfFew) {
        // Another device was further. The one answer tapped here just now is the newest all the same.
        waiting.add(lineOf(true));
        return;
      }
      say(content.saved ? form.dataset.saidSaved : form.dataset.saidNewer, content.saved);
      // A list that grew on another device, or an answer that came too late for this page: show it.
      const isShown = content.saved === line.isLive;
      if (isHere && !isShown && !isText && waiting.isEmpty()) { showAgain(content.saved); }
      const warning = form.querySelector("[data-warning]");
      if (isHere && warning && "warning" in content) { warning.textContent = content.warning; }
    }

    function showAgain(isSaved) {
      if (!isSaved) { try { sessionStorage.setItem(MARK + "said", "newer"); } catch { /* unsaid */ } }
      isLeaving = true;
      location.reload();
    }

    function sayWhatWasKept() {
      try {
        if (!sessionStorage.getItem(MARK + "said")) { return; }
        sessionStorage.removeItem(MARK + "said");
        say(form.dataset.saidNewer, false);
      } catch { /* there is no storage */ }
    }

    function flush() {
      if (!busy) { busy = send().finally(() => { busy = null; }); }
      return busy;
    }

    function lineOf(isRepeated) {
      const fields = new URLSearchParams(new FormData(form));
      fields.delete("csrfmiddlewaretoken");
      counter.value = Number(counter.value) + 1;
      return { url: form.dataset.save, body: fields.toString(), isLive: true, isRepeated };
    }

    async function keep() {
      unsent = false;
      clearTimeout(typing);
      waiting.add(lineOf(false));
      say(form.dataset.saidBusy, false);
      await flush();
      return waiting.isEmpty() || flush();
    }

    form.addEventListener("change", function (event) {
      if (!event.target.name) { return; }
      if (event.target.type === "checkbox") { standAlone(event.target); }
      form.dispatchEvent(new Event("chosen"));
      keep();
    });

    form.addEventListener("input", function (event) {
      if (event.target.name !== "text") { return; }
      unsent = true;
      clearTimeout(typing);
      typing = setTimeout(keep, 700);
    });

    // "Nobody" and a name never stand together.
    function standAlone(target) {
      if (!target.checked) { return; }
      for (const box of form.querySelectorAll("input[type=checkbox]")) {
        if (box !== target && ("alone" in target.dataset || "alone" in box.dataset)) {
          box.checked = false;
        }
      }
    }

    form.addEventListener("submit", async function (event) {
      const url = next.dataset.next;
      event.preventDefault();
      const isSaved = unsent ? await keep() : await flush();
      if (!isSaved) { status.scrollIntoView({ block: "nearest" }); return; }
      if (!navigator.onLine) { say(form.dataset.saidWaiting, false); return; }
      if (isLeaving) { return; }
      isLeaving = true;
      if (url) { location.assign(url); } else { form.submit(); }
    });

    addEventListener("online", flush);
    // Somebody who had to come in again did so in another tab, and is back.
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) { flush(); }
    });
    addEventListener("pagehide", function () { if (unsent) { waiting.add(lineOf(false)); } });
    // What waits is in this tab alone: closing it now would lose it, so ask first.
    addEventListener("beforeunload", function (event) {
      if (isStuck && !waiting.isEmpty()) { event.preventDefault(); }
    });
    // A page that comes back from the browser's memory may be older than what was saved since.
    addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
    sayWhatWasKept();
    flush();
    roster();
    remaining();
  }

  // --- the roster: chosen names on top, and searching by letters --------------------------------
  function roster() {
    const chips = form.querySelector("[data-chips]");
    if (!chips) { return; }
    const tiles = [...form.querySelectorAll(".tiles li")].map(function (item) {
      const name = item.querySelector("b");
      const team = item.querySelector("small").textContent;
      return { item, name, said: item.dataset.name, team, box: item.querySelector("input") };
    });
    const filter = form.querySelector("[data-filter]");
    const found = form.querySelector("[data-found]");

    function drawChips() {
      const chosen = tiles.filter((tile) => tile.box.checked);
      chips.replaceChildren(...chosen.map(chipOf));
      form.querySelector("[data-chosen]").hidden = chosen.length === 0;
      const words = form.querySelector("[data-go-on]");
      if (words) {
        const kind = ["none", "one"][chosen.length] || "more";
        words.textContent = words.dataset[kind].replace("{n}", chosen.length);
      }
    }

    function chipOf(tile) {
      const chip = form.querySelector("[data-chip]").content.firstElementChild.cloneNode(true);
      const button = chip.querySelector("button");
      chip.querySelector("span").textContent = tile.said;
      button.setAttribute("aria-label", chips.dataset.remove + ": " + tile.said);
      button.addEventListener("click", function () { tile.box.click(); filter.focus(); });
      return chip;
    }

    function search() {
      const wanted = plain(filter.value).split(/\s+/).filter(Boolean);
      let fits = tiles.filter((tile) => wanted.every((part) => holds(tile, part)));
      const isNear = wanted.length > 0 && fits.length === 0;
      if (isNear) { fits = tiles.filter((tile) => wanted.every((part) => looksLike(tile, part))); }
      for (const tile of tiles) {
        tile.item.hidden = !fits.includes(tile);
        underline(tile, isNear ? [] : wanted);
      }
      found.textContent = wanted.length ? wordsFor(fits.length, isNear) : "";
    }

    function wordsFor(count, isNear) {
      if (count && isNear) { return found.dataset.foundNear; }
      const kind = ["foundNone", "foundOne"][count] || "foundMore";
      return found.dataset[kind].replace("{n}", count);
    }

    filter.addEventListener("input", search);
    filter.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); }
      if (event.key === "Escape") { filter.value = ""; search(); }
    });
    form.addEventListener("chosen", drawChips);
    form.querySelector("[data-only-script]").hidden = false;
    drawChips();
  }

  // Letters alone: no accents, no capitals, no signs. Keeps the length, so that places agree.
  function plain(words) {
    return [...words].map(function (sign) {
      const bare = sign.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
      return bare.length === 1 ? bare : sign.toLowerCase()[0] || " ";
    }).join("");
  }

  function holds(tile, part) {
    return plain(tile.said).includes(part) || plain(tile.team).startsWith(part);
  }

  // One letter wrong, too many, too few or swapped, at the start of a word.
  function looksLike(tile, part) {
    return part.length > 2 && plain(tile.said).split(/[\s-]+/).some((word) =>
      [-1, 0, 1].some((more) => isNear(word.slice(0, part.length + more), part)));
  }

  function isNear(one, other) {
    let start = 0;
    while (start < one.length && one[start] === other[start]) { start += 1; }
    const a = one.slice(start);
    const b = other.slice(start);
    const swapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
      (swapped && a.slice(2) === b.slice(2));
  }

  function underline(tile, wanted) {
    const bare = plain(tile.said);
    const at = wanted.map((part) => bare.indexOf(part)).findIndex((place) => place >= 0);
    if (at < 0) { tile.name.textContent = tile.said; return; }
    const letters = [...tile.said];
    const from = bare.indexOf(wanted[at]);
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(from, from + wanted[at].length).join("");
    tile.name.replaceChildren(
      letters.slice(0, from).join(""), mark, letters.slice(from + wanted[at].length).join(""));
  }

  // --- the open question: how much room is left ---------------------------------------------------
  function remaining() {
    const text = form.querySelector("textarea");
    const left = form.querySelector("[data-left]");
    if (!text || !left) { return; }
    const count = () => { left.textContent = left.dataset.words.replace("{n}", text.maxLength - text.value.length); };
    text.addEventListener("input", count);
    count();
  }

  // --- who may know, on the last screen -------------------------------------------------------------
  function knowing(form) {
    const status = form.querySelector("[data-status]");
    const button = form.querySelector("[data-without-script]");
    let last = Promise.resolve();
    button.hidden = true;
    // One after the other, each with everything as it is then: the last one stands.
    form.addEventListener("change", function () { last = last.then(keep); });

    async function keep() {
      let isSaved = false;
      try {
        const answer = await post(location.href, new URLSearchParams(new FormData(form)));
        isSaved = answer.status === 204;
      } catch { isSaved = false; }
      status.textContent = isSaved ? form.dataset.saidSaved : form.dataset.saidWaiting;
      button.hidden = isSaved;
    }
  }
})();
