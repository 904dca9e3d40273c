const PIECES = 8; // straight pieces that stand for one Bézier
const SOFTNESS = 0.7; // half the width of a stroke's grey edge, in pixels

/** A square of pixels to draw on with a round pen, anti-aliased by the distance to the pen's path. */
export class PenCanvas {
  readonly #size: number;
  /** Each pixel's squared distance to the path, from its centre. */
  readonly #distances: Float64Array;
  #reach = SOFTNESS;

  /** Of `size` x `size` pixels. */
  constructor(size: number) {
    this.#size = size;
    this.#distances = new Float64Array(size * size);
  }

  /** Takes what was drawn off, and a pen of this radius, in pixels. */
  clear(radius: number): void {
    this.#reach = radius + SOFTNESS;
    this.#distances.fill(Infinity);
  }

  /** Draws a chain of cubic Béziers: x, y pairs of anchor, handle, handle, anchor, ... in pixels, y downwards. */
  stroke(points: Float64Array): void {
    let x0 = points[0];
    let y0 = points[1];
    for (let i = 0; i + 7 < points.length; i += 6) {
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const s = 1 - t;
        const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
        const x1 = a * points[i] + b * points[i + 2] + c * points[i + 4] + d * points[i + 6];
        const y1 = a * points[i + 1] + b * points[i + 3] + c * points[i + 5] + d * points[i + 7];
        this.#line(x0, y0, x1, y1);
        x0 = x1;
        y0 = y1;
      }
    }
  }

  /** Writes the picture to `out`, size x size bytes: 0 where the pen did not come, `level` (0 to 255) where it covers. */
  render(out: Uint8Array, level: number): void {
    const distances = this.#distances;
    const reach = this.#reach;
    const square = reach * reach;
    for (let i = 0; i < distances.length; i++) {
      // Most of a picture is empty.
      if (distances[i] > square) {
        out[i] = 0;
        continue;
      }
      const coverage = (reach - Math.sqrt(distances[i])) / (2 * SOFTNESS);
      out[i] = Math.round(level * Math.max(0, Math.min(1, coverage)));
    }
  }

  #line(x0: number, y0: number, x1: number, y1: number): void {
    const size = this.#size;
    const distances = this.#distances;
    const margin = this.#reach + 0.5; // a pixel's centre is half a pixel in
    const left = Math.max(0, Math.ceil(Math.min(x0, x1) - margin));
    const right = Math.min(size, Math.ceil(Math.max(x0, x1) + margin));
    const top = Math.max(0, Math.ceil(Math.min(y0, y1) - margin));
    const bottom = Math.min(size, Math.ceil(Math.max(y0, y1) + margin));
    const dx = x1 - x0;
    const dy = y1 - y0;
    const square = dx * dx + dy * dy;
    const inverse = square > 0 ? 1 / square : 0;
    for (let row = top; row < bottom; row++) {
      const py = row + 0.5 - y0;
      const across = py * dy;
      for (let column = left; column < right; column++) {
        const px = column + 0.5 - x0;
        const along = (px * dx + across) * inverse;
        const t = along < 0 ? 0 : along > 1 ? 1 : along;
        const ex = px - t * dx;
        const ey = py - t * dy;
        const distance = ex * ex + ey * ey;
        const i = row * size + column;
        if (distance < distances[i]) distances[i] = distance;
      }
    }
  }
}
