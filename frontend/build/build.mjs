// Builds everything that a page loads into src/shuli/kit/static/built: one script, one style sheet, one sprite.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { keepClasses, readPatterns } from "./keep.mjs";
import { buildSprite } from "./sprite.mjs";

const frontend = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(frontend, "..", "src", "shuli", "kit", "static", "built");
const modules = join(frontend, "node_modules");

/** Tabler without what we do not use, as a style sheet that css/index.css imports. */
const tabler = {
  name: "tabler",
  setup(plugin) {
    plugin.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler", namespace: "tabler" }));
    plugin.onLoad({ filter: /.*/, namespace: "tabler" }, async () => {
      const whole = await readFile(join(modules, "@tabler/core/dist/css/tabler.min.css"), "utf8");
      const patterns = readPatterns(await readFile(join(frontend, "tabler.keep.txt"), "utf8"));
      return { contents: keepClasses(whole, patterns), loader: "css" };
    });
  },
};

/** The font of bpmn-js's signs, only as browsers of today want it, inside the style sheet. */
const signs = {
  name: "signs",
  setup(plugin) {
    plugin.onLoad({ filter: /bpmn-font\/css\/bpmn\.css$/ }, async ({ path }) => {
      const whole = await readFile(path, "utf8");
      const only = whole.replace(/src: url\('\.\.\/font\/bpmn\.eot[^;]*;\s*src:[^;]*?(url\('[^']*woff2[^']*'\) format\('woff2'\))[^;]*;/, "src: $1;");
      return { contents: only, loader: "css" };
    });
  },
};

const bundles = {
  absWorkingDir: frontend,
  entryPoints: [
    { in: "shuli.ts", out: "shuli" },
    { in: "theme.ts", out: "theme" },
    { in: "editors.ts", out: "editors" },
    { in: "studio.ts", out: "studio" },
    { in: "css/index.css", out: "shuli" },
  ],
  outdir: target,
  bundle: true,
  minify: true,
  sourcemap: false,
  format: "iife",
  target: ["chrome123", "firefox121", "safari17.5"],
  legalComments: "none",
  plugins: [tabler, signs],
  loader: { ".woff2": "dataurl" },
  logLevel: "warning",
};

async function writeSprite() {
  const names = readPatterns(await readFile(join(frontend, "icons.txt"), "utf8"));
  const sprite = await buildSprite(names, join(modules, "@tabler/icons/icons/outline"));
  await writeFile(join(target, "sprite.svg"), sprite);
}

async function licenceOf(folder) {
  const name = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  return readFile(join(folder, name), "utf8");
}

async function writeLicences() {
  // the licences of the parts that the built files contain travel with them
  // (Tabler's style sheet has no licence file of its own; it is under the same text as its icons)
  const parts = {
    "@tabler/core, @tabler/icons": "@tabler/icons",
    "htmx.org": "htmx.org",
    "@codemirror (autocomplete, commands, language, lint, state, view)": "@codemirror/state",
    "@lezer (common, highlight, lr)": "@lezer/common",
    "bpmn-js": "bpmn-js",
    "diagram-js, diagram-js-direct-editing": "diagram-js",
    "bpmn-moddle": "bpmn-moddle",
    "moddle": "moddle",
    "moddle-xml": "moddle-xml",
    "min-dash": "min-dash",
    "min-dom, tiny-svg": "min-dom",
    "ids": "ids",
    "didi": "didi",
    "object-refs": "object-refs",
    "path-intersection": "path-intersection",
    "inherits-browser": "inherits-browser",
    "@bpmn-io/diagram-js-ui": "@bpmn-io/diagram-js-ui",
    "saxen": "saxen",
    "preact": "preact",
    "clsx": "clsx",
    "domify": "domify",
    "htm": "htm",
    "style-mod, w3c-keyname, crelt, find-cluster-break": "style-mod",
  };
  const texts = await Promise.all(
    Object.entries(parts).map(
      async ([title, part]) => `${title}\n\n${await licenceOf(join(modules, part))}`,
    ),
  );
  await writeFile(join(target, "licences.txt"), texts.join("\n\n---\n\n"));
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([writeSprite(), writeLicences()]);
if (process.argv.includes("--watch")) {
  await (await context(bundles)).watch();
} else {
  await build(bundles);
}
