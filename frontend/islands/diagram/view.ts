/** The visible part of a drawing, as its viewBox; kept within sight and within sensible sizes. */

const LARGEST = 3; // pixels per unit of the drawing
const READABLE = 0.75; // text of 12 units stays about 10 pixels
const SMALLEST = 0.55; // below this the names of the nodes cannot be read
const HIGH = 300; // pixels; a drawing that needs more gets a higher box
const AIR = 12; // pixels around the whole drawing

/** Keep the middle of the view where the drawing fills it; a drawing that is smaller stays within it. */
function within(middle: number, from: number, length: number, seen: number): number {
  const slack = Math.max(length + 2 * AIR - seen, 0) / 2;
  const centre = from + length / 2;
  return Math.min(Math.max(middle, centre - slack), centre + slack);
}

export class View {
  private x = 0;
  private y = 0;
  private scale = 1;
  private readonly whole: DOMRect;

  constructor(
    private readonly svg: SVGSVGElement,
    private readonly box: HTMLElement,
  ) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.whole = new DOMRect(x, y, width || svg.getBBox().width, height || svg.getBBox().height);
    svg.setAttribute("preserveAspectRatio", "xMidYMid meet");
    box.classList.toggle("is-high", this.whole.height * READABLE > HIGH);
    new ResizeObserver(() => this.show()).observe(box);
  }

  /** Show the whole drawing, never larger than drawn. */
  fit(): void {
    this.scale = Math.min(this.fitting(), 1);
    this.x = this.whole.x + this.whole.width / 2;
    this.y = this.whole.y + this.whole.height / 2;
    this.show();
  }

  /** Return whether the words can be read when the whole drawing is shown. */
  isReadableWhole(): boolean {
    return this.fitting() >= SMALLEST;
  }

  /** Show the beginning, at the upper left, large enough to read. */
  begin(): void {
    this.scale = READABLE;
    this.x = this.whole.x;
    this.y = this.whole.y;
    this.shift(0, 0);
  }

  /** Show one element in the middle, large enough to read. */
  centre(element: SVGGraphicsElement): void {
    const at = this.place(element);
    this.scale = Math.max(READABLE, this.fitting());
    this.x = at.x;
    this.y = at.y;
    this.shift(0, 0);
  }

  /** Move by a share of what is visible. */
  pan(across: number, down: number): void {
    this.shift((across * this.box.clientWidth) / this.scale, (down * this.box.clientHeight) / this.scale);
  }

  /** Move by pixels of the screen. */
  drag(across: number, down: number): void {
    this.shift(-across / this.scale, -down / this.scale);
  }

  /** Zoom about a point of the screen, or about the middle. */
  zoom(factor: number, at?: { x: number; y: number }): void {
    const scale = Math.min(Math.max(this.scale * factor, Math.min(this.fitting(), 1) / 2), LARGEST);
    const box = this.box.getBoundingClientRect();
    const [dx, dy] = at ? [at.x - box.x - box.width / 2, at.y - box.y - box.height / 2] : [0, 0];
    // the point under the pointer keeps its place
    this.x += dx / this.scale - dx / scale;
    this.y += dy / this.scale - dy / scale;
    this.scale = scale;
    this.shift(0, 0);
  }

  private shift(across: number, down: number): void {
    const { x, y, width, height } = this.whole;
    this.x = within(this.x + across, x, width, this.box.clientWidth / this.scale);
    this.y = within(this.y + down, y, height, this.box.clientHeight / this.scale);
    this.show();
  }

  private fitting(): number {
    const { clientWidth, clientHeight } = this.box;
    const across = Math.max(clientWidth - 2 * AIR, 1) / this.whole.width;
    return Math.min(across, Math.max(clientHeight - 2 * AIR, 1) / this.whole.height);
  }

  private place(element: SVGGraphicsElement): { x: number; y: number } {
    const inner = element.getBBox();
    const toDrawing = this.svg.getScreenCTM()?.inverse().multiply(element.getScreenCTM() ?? new DOMMatrix());
    const middle = new DOMPoint(inner.x + inner.width / 2, inner.y + inner.height / 2);
    return toDrawing ? middle.matrixTransform(toDrawing) : middle;
  }

  private show(): void {
    const [width, height] = [this.box.clientWidth / this.scale, this.box.clientHeight / this.scale];
    if (!width || !height) return;
    this.svg.setAttribute("viewBox", `${this.x - width / 2} ${this.y - height / 2} ${width} ${height}`);
  }
}
