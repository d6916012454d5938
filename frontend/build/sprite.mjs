// Puts the icons in use into one file of symbols: <use href="sprite.svg#i-clock">.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export async function buildSprite(names, folder) {
  const symbols = await Promise.all(names.map((name) => symbol(name, folder)));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

async function symbol(name, folder) {
  const source = await readFile(join(folder, `${name}.svg`), "utf8");
  const drawing = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
  const paths = drawing.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${paths}</symbol>`;
}
