import type { Inspection } from "./inspection_npz.ts";
import type { NamedArray } from "./weights_npz.ts";

/** Four rows of 10. */
const MAX_FILTERS = 40;

/**
 * The first layer's weights, an image a unit: of hidden units those with the largest weights, by the sum of their squares; of classes all,
 * in order.
 * @param tensors W1, B1, W2, ...: the first of shape (K, N)
 */
export function strongestFilters([first, , ...upper]: readonly NamedArray[]): Inspection["filters"] {
  const [size, total] = first.shape;
  const squares = new Float64Array(total);
  for (let j = 0, i = 0; j < size; j++) {
    for (let unit = 0; unit < total; unit++, i++) squares[unit] += first.data[i] * first.data[i];
  }
  const units = Array.from(squares, (_, unit) => unit);
  if (upper.length > 0) units.sort((a, b) => squares[b] - squares[a] || a - b);
  const shown = units.slice(0, MAX_FILTERS);
  const weights = new Float32Array(shown.length * size);
  shown.forEach((unit, i) => {
    for (let j = 0; j < size; j++) weights[i * size + j] = first.data[j * total + unit];
  });
  return { units: Uint32Array.from(shown), weights, total };
}
