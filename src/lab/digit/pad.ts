import { DIGIT_SIDE, type Picture } from "../../data/drawing.ts";
import { type Pen, PENS, SIDE, type Stroke } from "./strokes.ts";

/** Half the width of a line's grey edge. */
const SOFTNESS = 0.7;

/** The paper that is drawn on: 280 x 280 bytes of ink. The same strokes give the same bytes in every browser. */
export class Pad implements Picture {
  readonly rows = SIDE;
  readonly columns = SIDE;
  readonly pixels: Uint8Array<ArrayBuffer> = new Uint8Array(SIDE * SIDE);

  /** Takes away all ink, or puts an image of 28 x 28 bytes in its place. */
  begin(image: Uint8Array | null): void {
    this.pixels.fill(0);
    if (image === null) return;
    const unit = SIDE / DIGIT_SIDE;
    for (let i = 0; i < this.pixels.length; i++) {
      const [row, column] = [Math.floor(i / SIDE / unit), Math.floor((i % SIDE) / unit)];
      this.pixels[i] = image[row * DIGIT_SIDE + column];
    }
  }

  draw({ pen, points }: Stroke): void {
    this.line(pen, [points[0], points[1], points[0], points[1]]);
    for (let i = 2; i < points.length; i += 2) this.line(pen, points.slice(i - 2, i + 2));
  }

  /** A straight piece, from a point to a point. */
  line(pen: Pen, [x0, y0, x1, y1]: readonly number[]): void {
    const reach = PENS[pen] + SOFTNESS;
    const [dx, dy] = [x1 - x0, y1 - y0];
    const square = dx * dx + dy * dy;
    const first = (place: number) => Math.max(0, Math.ceil(place - reach - 0.5));
    const end = (place: number) => Math.min(SIDE, Math.ceil(place + reach + 0.5));
    for (let row = first(Math.min(y0, y1)); row < end(Math.max(y0, y1)); row++) {
      const py = row + 0.5 - y0;
      for (let column = first(Math.min(x0, x1)); column < end(Math.max(x0, x1)); column++) {
        const px = column + 0.5 - x0;
        const t = square === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
        const [ex, ey] = [px - t * dx, py - t * dy];
        const coverage = (reach - Math.sqrt(ex * ex + ey * ey)) / (2 * SOFTNESS);
        if (coverage <= 0) continue;
        const ink = Math.round(255 * Math.min(1, coverage));
        const i = row * SIDE + column;
        this.pixels[i] = pen === "eraser"
          ? Math.min(this.pixels[i], 255 - ink)
          : Math.max(this.pixels[i], ink);
      }
    }
  }
}
