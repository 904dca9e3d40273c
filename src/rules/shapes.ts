import { RandomState } from "../random/random_state.ts";
import { type Sample, toCoordinate } from "./sample.ts";

/** Data sets for a unit with two inputs. */
export const SHAPES = ["and", "or", "xor", "clouds", "overlap"] as const;
export type Shape = (typeof SHAPES)[number];

const CLOUD_SIZE = 10;

/** Of the truth table in its order, with -1 for 0. */
const TABLES = { and: [0, 0, 0, 1], or: [0, 1, 1, 1], xor: [0, 1, 1, 0] } as const;

/** The middle of class 1's cloud; class 0's lies opposite. */
const MIDDLES = { clouds: [0.45, 0.35], overlap: [0.2, 0.12] } as const;

/**
 * The samples of a shape. Clouds are `middle + noise * RandomState(seed).randn(20, 2)`, by turns of class 0 and class 1, moved to the
 * nearest place that a sample can have; truth tables know neither noise nor seed.
 */
export function samplesOf(shape: Shape, { noise, seed }: { noise: number; seed: number }): Sample[] {
  if (shape === "and" || shape === "or" || shape === "xor") {
    return TABLES[shape].map((label, i) => ({ x1: i < 2 ? -1 : 1, x2: i % 2 === 0 ? -1 : 1, label }));
  }
  const random = new RandomState(seed);
  const [right, up] = MIDDLES[shape];
  return Array.from({ length: 2 * CLOUD_SIZE }, (_, i) => {
    const label = i % 2 === 0 ? 0 : 1;
    const side = 2 * label - 1;
    const x1 = toCoordinate(side * right + noise * random.standardNormal());
    const x2 = toCoordinate(side * up + noise * random.standardNormal());
    return { x1, x2, label };
  });
}
