// Gathers what the pages load from npm packages into build/static/vendor/: stylesheet, htmx, icon sprite, axe.
//
// Needs no package of its own and fetches nothing. A stylesheet that would make the browser fetch another
// file is refused, and so is an icon name that the icon package lacks.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGES = join(ROOT, "node_modules");
const VENDOR = join(ROOT, "build", "static", "vendor");

const STYLES = { "tabler.min.css": "@tabler/core/dist/css/tabler.min.css" };
const SCRIPTS = { "htmx.min.js": "htmx.org/dist/htmx.min.js" };
const FOR_TESTS = { "axe.min.js": "axe-core/axe.min.js" };
const ICONS = "@tabler/icons/icons/outline";

function fail(sentence) {
  console.error(`build-static: ${sentence}`);
  process.exit(1);
}

function read(path) {
  const file = join(PACKAGES, path);
  if (!existsSync(file)) fail(`${path} is missing: run npm ci first`);
  return readFileSync(file, "utf8");
}

// A source map is not shipped, and the manifest storage stops at a reference to a file it cannot find.
function withoutSourceMap(text) {
  return text.replace(/\/\*# sourceMappingURL=[^*]*\*\//g, "").replace(/^\/\/# sourceMappingURL=.*$/gm, "");
}

function refuseFetches(name, css) {
  const targets = [...css.matchAll(/url\(\s*["']?([^"')\s]{0,40})/g)].map((match) => match[1]);
  const fetched = targets.filter((target) => !target.startsWith("data:") && !target.startsWith("#"));
  if (fetched.length || /@import/.test(css)) fail(`${name} would fetch ${fetched.join(", ") || "an import"}`);
}

function symbol(name) {
  const file = `${ICONS}/${name}.svg`;
  if (!existsSync(join(PACKAGES, file))) fail(`no icon is called ${name} (scripts/icons.txt)`);
  const shapes = read(file).replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
  const drawn = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="icon-${name}" viewBox="0 0 24 24" ${drawn}>${shapes}</symbol>`;
}

function sprite() {
  const names = readFileSync(join(ROOT, "scripts", "icons.txt"), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${names.map(symbol).join("\n")}\n</svg>\n`;
}

const started = performance.now();
rmSync(VENDOR, { recursive: true, force: true });
mkdirSync(VENDOR, { recursive: true });
let written = 0;
function write(name, text) {
  writeFileSync(join(VENDOR, name), text);
  written += 1;
}
for (const [name, path] of Object.entries(STYLES)) {
  const css = withoutSourceMap(read(path));
  refuseFetches(name, css);
  write(name, css);
}
for (const [name, path] of Object.entries(SCRIPTS)) write(name, withoutSourceMap(read(path)));
for (const [name, path] of Object.entries(FOR_TESTS)) if (existsSync(join(PACKAGES, path))) write(name, read(path));
write("icons.svg", sprite());
console.log(`build-static: ${written} files in build/static/vendor (${Math.round(performance.now() - started)} ms)`);
