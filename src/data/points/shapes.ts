import type { Texts } from "../../text/language.ts";
import { onCircle } from "../../random/turn.ts";

/** Two classes of points in the plane, within about -1 to 1 both ways. */
export interface Shape {
  /** What people call it. */
  readonly title: Texts;
  /** Where a point of the class 0 or 1 lies before noise; `u` and `v` are uniform numbers from 0 to below 1. */
  place(label: number, u: number, v: number): [x: number, y: number];
  /** Standard deviation that its classes have before any noise is added. */
  readonly spread?: number;
}

/** Curve of degree 3 that parts the classes of `curve`: f(x) = 1.6 x³ - 1.1 x. */
export function curveAt(x: number): number {
  return x * (1.6 * x * x - 1.1);
}

/** The shapes that a config may name. Whatever changes a number of them raises POINTS_VERSION. */
export const SHAPES = {
  /** Around (-0.45, -0.45) and (0.45, 0.45). */
  gaussians: {
    title: { en: "two gaussians", ja: "2 つの正規分布" },
    spread: 0.15,
    place: (label) => label === 0 ? [-0.45, -0.45] : [0.45, 0.45],
  },
  /** A disk of radius 0.45, and a ring around it of radius 0.7 to 0.95; both evenly filled. */
  circle: {
    title: { en: "a disk in a ring", ja: "円とそれを囲む輪" },
    place(label, u, v) {
      const radius = Math.sqrt(label === 0 ? 0.2025 * u : 0.49 + 0.4125 * u);
      const [cos, sin] = onCircle(v);
      return [radius * cos, radius * sin];
    },
  },
  /** x and y of one sign, and of different signs, each 0.1 to 0.9 from the axes. */
  xor: {
    title: { en: "XOR: opposite quadrants", ja: "XOR（向かい合う象限）" },
    place(label, u, v) {
      const side = u < 0.5 ? 1 : -1;
      const x = side * (0.1 + 0.8 * (u < 0.5 ? 2 * u : 2 * u - 1));
      const y = (label === 0 ? side : -side) * (0.1 + 0.8 * v);
      return [x, y];
    },
  },
  /** Two half circles of radius 0.6 that reach into one another. */
  moons: {
    title: { en: "two moons", ja: "2 つの三日月" },
    place(label, u) {
      const [cos, sin] = onCircle(u / 2);
      return label === 0 ? [0.6 * (cos - 0.5), 0.6 * (sin - 0.25)] : [0.6 * (0.5 - cos), 0.6 * (0.25 - sin)];
    },
  },
  /** Two arms of 1.25 turns from the middle to radius 0.95, the second half a turn ahead; evenly filled. */
  spirals: {
    title: { en: "two spirals", ja: "2 つのらせん" },
    place(label, u) {
      const out = Math.sqrt(u);
      const [cos, sin] = onCircle(1.25 * out + label / 2);
      return [0.95 * out * cos, 0.95 * out * sin];
    },
  },
  /** Below and above a curve, 0.08 to 0.58 from it; x from -0.9 to 0.9. */
  curve: {
    title: { en: "below and above a curve", ja: "曲線の下側と上側" },
    place(label, u, v) {
      const x = 0.9 * (2 * u - 1);
      const distance = 0.08 + 0.5 * v;
      return [x, label === 0 ? curveAt(x) - distance : curveAt(x) + distance];
    },
  },
} as const satisfies Readonly<Record<string, Shape>>;

/** The name of a shape. */
export type ShapeName = keyof typeof SHAPES;

/** All of them. */
export const SHAPE_NAMES = Object.keys(SHAPES) as ShapeName[];
