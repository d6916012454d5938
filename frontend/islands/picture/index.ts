/**
 * Gives a chart or diagram as a picture: draws its SVG, as it looks on the page, into a PNG with its title.
 *
 *   <section class="sl-sec"><header><h2>Node on-time rate</h2></header> <svg>…</svg>
 *     <button type="button" data-picture="on-time-rate" hidden>PNG</button></section>
 *
 * A picture is drawn apart from the page's style sheet, so what that says is written into the drawing first.
 */
import { each } from "../../attach";

const SCALE = 2; // pixels for one of the drawing: sharp on paper, too
const PAD = 20;
const HEAD = 34; // room for the title
const LARGEST = 12_000; // pixels a side that a browser still draws
const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "stroke-opacity",
  "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "letter-spacing",
  "display", "visibility", "paint-order",
];

interface Size {
  width: number;
  height: number;
}

function section(button: HTMLElement): HTMLElement {
  return button.closest<HTMLElement>(".sl-sec") ?? document.body;
}

/** Write into every part of a copy how its original looks; as attributes, which the page's policy does not mind. */
function dress(original: Element, copy: Element): void {
  const looks = getComputedStyle(original);
  for (const name of LOOKS) {
    const value = looks.getPropertyValue(name);
    if (value) copy.setAttribute(name, value);
  }
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  [...original.children].forEach((child, at) => {
    const own = copy.children[at];
    if (own) dress(child, own);
  });
}

/** Return the drawing alone, whole whatever part of it is looked at just now. */
function alone(svg: SVGSVGElement): { source: string; size: Size } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  dress(svg, copy);
  const isMovable = svg.parentElement?.matches("[data-island=diagram]") ?? false;
  const box = isMovable ? svg.getBBox() : svg.viewBox.baseVal;
  copy.setAttribute("viewBox", [box.x, box.y, box.width, box.height].join(" "));
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return { source: new XMLSerializer().serializeToString(copy), size: { width: box.width, height: box.height } };
}

async function drawn(source: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await picture.decode();
  return picture;
}

function canvasOf(place: HTMLElement, picture: HTMLImageElement, size: Size): HTMLCanvasElement {
  const width = size.width + 2 * PAD;
  const height = size.height + 2 * PAD + HEAD;
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
  const draw = canvas.getContext("2d");
  if (!draw) throw new Error("Expected a canvas to draw on but this browser gives none.");
  const looks = getComputedStyle(place);
  draw.scale(scale, scale);
  draw.fillStyle = looks.backgroundColor;
  draw.fillRect(0, 0, width, height);
  draw.fillStyle = looks.color;
  draw.font = `600 16px ${looks.fontFamily}`;
  draw.fillText(titleOf(place), PAD, PAD + 16, size.width);
  draw.drawImage(picture, PAD, PAD + HEAD, size.width, size.height);
  return canvas;
}

/** Return what stands above the drawing, with the page's own name before it. */
function titleOf(place: HTMLElement): string {
  const page = document.querySelector("h1")?.textContent?.trim() ?? "";
  const own = [...(place.querySelector("h2")?.childNodes ?? [])].map((part) => part.textContent?.trim()).filter(Boolean);
  return [page, ...own].join(" · ");
}

async function give(button: HTMLButtonElement): Promise<void> {
  const place = section(button);
  const svg = place.querySelector<SVGSVGElement>("[data-island=diagram] > svg, svg[role=img][viewBox], svg[role=group][viewBox]");
  if (!svg) return;
  const { source, size } = alone(svg);
  const canvas = canvasOf(place, await drawn(source), size);
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!file) return;
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: url, download: `${button.dataset.picture ?? "chart"}.png` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function mount(root: ParentNode): void {
  each<HTMLButtonElement>(root, "button[data-picture]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      void give(button).finally(() => (button.disabled = false));
    });
  });
}
