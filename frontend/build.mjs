// Copies the few files of others that the pages need from node_modules into the package, with
// their licences and a list of what came from where. The result is committed: running needs no Node.
//   npm ci --ignore-scripts && npm run build
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/zwerm/core/static/core/vendor");
const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));

const wanted = {
  "htmx.org": {
    "dist/htmx.min.js": "htmx.min.js",
    LICENSE: "LICENSE-htmx.txt",
  },
  "@fontsource-variable/fraunces": {
    "files/fraunces-latin-opsz-normal.woff2": "fonts/fraunces-latin-opsz-normal.woff2",
    "files/fraunces-latin-ext-opsz-normal.woff2": "fonts/fraunces-latin-ext-opsz-normal.woff2",
    LICENSE: "fonts/LICENSE-fraunces.txt",
  },
  "@fontsource-variable/atkinson-hyperlegible-next": {
    "files/atkinson-hyperlegible-next-latin-wght-normal.woff2":
      "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2":
      "fonts/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    LICENSE: "fonts/LICENSE-atkinson-hyperlegible-next.txt",
  },
};

function copy(source, path) {
  const goal = join(target, path);
  mkdirSync(dirname(goal), { recursive: true });
  copyFileSync(source, goal);
  return createHash("sha256").update(readFileSync(goal)).digest("hex");
}

function take(name, files) {
  const locked = lock.packages[`node_modules/${name}`];
  const folder = join(here, "node_modules", name);
  const installed = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  if (installed !== locked.version) {
    throw new Error(`${name} is ${installed}, the lock says ${locked.version}: run npm ci`);
  }
  const hashes = {};
  for (const [from, to] of Object.entries(files)) {
    hashes[to] = copy(join(folder, from), to);
  }
  return { version: locked.version, integrity: locked.integrity, licence: locked.license, files: hashes };
}

rmSync(target, { recursive: true, force: true });
const list = {};
for (const [name, files] of Object.entries(wanted)) {
  list[name] = take(name, files);
}
writeFileSync(join(target, "manifest.json"), `${JSON.stringify(list, null, 2)}\n`);
