// The drawing of a network comes to life: choose somebody, search, colour by a column.
// It works on what is on the page already; without it the drawing and the tables say the same.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const MOST_NAMES = 14;

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

function made(name, attributes, words) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (words) element.textContent = words;
  return element;
}

function placeOf(circle) {
  return ["cx", "cy", "r"].map((name) => Number(circle.getAttribute(name)));
}

// From the edge of one round to the edge of the other, with an arrow where it ends.
function arc(from, to, kind) {
  const [x1, y1, r1] = from;
  const [x2, y2, r2] = to;
  const far = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / far, (y2 - y1) / far];
  const [tx, ty] = [x2 - dx * (r2 + 1), y2 - dy * (r2 + 1)];
  const line = made("path", {
    d: `M${x1 + dx * r1} ${y1 + dy * r1}L${tx - dx * 6} ${ty - dy * 6}`,
    class: `arc ${kind}`,
  });
  const back = [tx - dx * 9, ty - dy * 9];
  const head = made("path", {
    d: `M${tx} ${ty}L${back[0] - dy * 4} ${back[1] + dx * 4}L${back[0] + dy * 4} ${back[1] - dx * 4}Z`,
    class: `head ${kind}`,
  });
  return [line, head];
}

// How dark a round is, for the name that lies on it.
function shadeOf(opacity) {
  if (opacity < 0.5) return "pale";
  return opacity < 1 ? "mid" : "full";
}

class Drawing {
  constructor(svg) {
    this.svg = svg;
    this.layer = svg.querySelector("g");
    this.circles = new Map();
    for (const circle of svg.querySelectorAll("circle[data-p]")) {
      this.circles.set(Number(circle.dataset.p), circle);
    }
    this.labels = [...svg.querySelectorAll("text[data-n]")];
    this.over = null;
  }

  clear() {
    this.over?.remove();
    this.over = null;
    this.svg.classList.remove("chosen");
    for (const circle of this.circles.values()) circle.classList.remove("near", "found");
  }

  paint(column, paints) {
    for (const [person, circle] of this.circles) {
      const [fill, opacity] = paints[column.member[person]] || paints[paints.length - 1];
      circle.setAttribute("fill", `var(--${fill})`);
      circle.setAttribute("fill-opacity", opacity);
    }
    for (const label of this.labels) {
      const [, opacity] = paints[column.member[label.dataset.n]] || paints[paints.length - 1];
      label.setAttribute("class", shadeOf(opacity));
    }
  }

  // Everybody in `people` stays, the others fade.
  keep(people, kind) {
    this.svg.classList.add("chosen");
    for (const person of people) this.circles.get(person)?.classList.add(kind);
  }

  choose(person, arcs, names) {
    const near = new Set([person]);
    this.over = made("g", { class: "over" });
    for (const [source, target] of arcs) {
      near.add(source).add(target);
      const ends = [source, target].map((one) => placeOf(this.circles.get(one)));
      this.over.append(...arc(...ends, source === person ? "out" : "in"));
    }
    this.keep(near, "near");
    const named = near.size <= MOST_NAMES ? near : [person];
    for (const one of named) this.over.append(this.name(one, names[one], one === person));
    this.layer.append(this.over);
  }

  name(person, words, isChosen) {
    const [x, y, r] = placeOf(this.circles.get(person));
    const right = Number(this.svg.viewBox.baseVal.width);
    const anchor = x > right * 0.8 ? "end" : x < right * 0.2 ? "start" : "middle";
    const attributes = { x, y: y - r - 4, "text-anchor": anchor, class: isChosen ? "me" : "" };
    return made("text", attributes, words);
  }
}

class Network {
  constructor(figure) {
    this.figure = figure;
    this.known = JSON.parse(figure.querySelector("script").textContent);
    this.drawings = [...figure.querySelectorAll("svg")].map((svg) => new Drawing(svg));
    this.who = figure.querySelector("[data-who]");
    this.said = figure.querySelector("[data-said]");
    this.key = figure.querySelector("[data-key]");
    this.column = figure.querySelector("[data-column]");
    this.listen();
    figure.querySelector("[data-tools]").hidden = false;
    this.colour(Number(this.column.value));
    figure.classList.add("live");
  }

  listen() {
    this.who.addEventListener("input", () => this.search(this.who.value));
    this.who.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.search((this.who.value = ""));
    });
    this.figure.querySelector("[data-clear]").addEventListener("click", () => {
      this.search((this.who.value = ""));
      this.who.focus();
    });
    this.column.addEventListener("change", () => this.colour(Number(this.column.value)));
    for (const { svg } of this.drawings) {
      svg.addEventListener("click", (event) => {
        const circle = event.target.closest("circle[data-p]");
        this.search((this.who.value = circle ? this.known.people[circle.dataset.p] : ""));
      });
    }
  }

  // A whole name chooses that person; a part of one shows everybody who has it.
  search(text) {
    for (const drawing of this.drawings) drawing.clear();
    const asked = text.trim().toLocaleLowerCase();
    if (!asked) return this.say("");
    const lowered = this.known.people.map((one) => one.toLocaleLowerCase());
    const exact = this.known.people.indexOf(text.trim());
    const person = exact >= 0 ? exact : lowered.indexOf(asked);
    if (person >= 0) return this.choose(person);
    const found = [...lowered.keys()].filter((one) => lowered[one].includes(asked));
    for (const drawing of this.drawings) drawing.keep(found, "found");
    const { none, one, many } = this.known.words;
    const sentence = found.length ? (found.length === 1 ? one : many) : none;
    return this.say(filled(sentence, { n: found.length, text: text.trim() }));
  }

  choose(person) {
    const arcs = this.known.arcs.filter((ends) => ends.includes(person));
    for (const drawing of this.drawings) drawing.choose(person, arcs, this.known.people);
    const named = arcs.filter(([source]) => source === person).map(([, target]) => target);
    const namers = arcs.filter(([, target]) => target === person).map(([source]) => source);
    const isSilent = this.known.silent.includes(person);
    this.say(
      filled(isSilent ? this.known.words.silent : this.known.words.chosen, {
        name: this.known.people[person],
        out: named.length,
        named: this.list(named),
        in: namers.length,
        namers: this.list(namers),
      }),
    );
  }

  list(people) {
    const names = people.map((one) => this.known.people[one]);
    return names.length ? names.join(", ") : this.known.words.nobody;
  }

  say(words) {
    this.said.textContent = words;
  }

  colour(number) {
    const column = this.known.columns[number];
    const paints = this.known.paints[column.paints];
    for (const drawing of this.drawings) drawing.paint(column, paints);
    this.key.replaceChildren(
      ...column.classes.flatMap((words, place) => {
        if (!words) return [];
        const item = document.createElement("li");
        const round = document.createElement("span");
        const [fill, opacity] = paints[place] || paints[paints.length - 1];
        round.style.background = `var(--${fill})`;
        round.style.opacity = opacity;
        item.append(round, words);
        return [item];
      }),
    );
  }
}

for (const figure of document.querySelectorAll("[data-network]")) new Network(figure);
