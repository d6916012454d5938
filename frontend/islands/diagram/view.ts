/** The visible part of a drawing, as its viewBox; kept within sight and within sensible sizes. */

const LARGEST = 3; // pixels per unit of the drawing
const READABLE = 0.8; // on a phone: text of 12 units stays about 10 pixels
const AIR = 12; // pixels around the whole drawing

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
    new ResizeObserver(() => this.show()).observe(box);
  }

  /** Show the whole drawing, never larger than drawn. */
  fit(): void {
    this.scale = Math.min(this.fitting(), 1);
    this.x = this.whole.x + this.whole.width / 2;
    this.y = this.whole.y + this.whole.height / 2;
    this.show();
  }

  /** Show one element in the middle, large enough to read. */
  centre(element: SVGGraphicsElement): void {
    const at = this.place(element);
    this.scale = Math.max(READABLE, this.fitting());
    this.x = at.x;
    this.y = at.y;
    this.show();
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
    this.x = Math.min(Math.max(this.x + across, x), x + width);
    this.y = Math.min(Math.max(this.y + down, y), y + height);
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
