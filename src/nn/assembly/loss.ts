// Softmax and cross-entropy of logits in panels f32[Np / 16][B][16], C classes, row by row.

import { exp1, log1 } from "./math";

/** Class c of row b of the panels. */
@inline
function at(z: usize, panel: usize, b: i32, c: i32): usize {
  return z + <usize>(c >> 4) * panel + (<usize>b << 6) + (<usize>(c & 15) << 2);
}

/** The greatest logit of row b. NaN if there is one. */
@inline
function greatest(z: usize, panel: usize, b: i32, C: i32): f32 {
  let top = load<f32>(at(z, panel, b, 0));
  for (let c: i32 = 1; c < C; c++) top = max<f32>(top, load<f32>(at(z, panel, b, c)));
  return top;
}

/**
 * Cross-entropy of each row added to `sum`, and in place of the logits the delta (softmax - one-hot) * scale, with which
 * backpropagation starts. exp in float32; their sum, the quotient and the logarithm in float64.
 *
 * @param labels u8[rows of the data set], `order` u32[B]: row b's label is labels[order[b]]
 * @returns sum + the B losses, added in order
 */
export function softmaxDelta(
  z: usize, labels: usize, order: usize, B: i32, C: i32, scale: f32, sum: f64,
): f64 {
  const panel = <usize>B << 6;
  for (let b: i32 = 0; b < B; b++) {
    const label = <i32>load<u8>(labels + <usize>load<u32>(order + (<usize>b << 2)));
    const top = greatest(z, panel, b, C);
    const logit: f32 = load<f32>(at(z, panel, b, label)) - top;
    let total: f64 = 0.0;
    for (let c: i32 = 0; c < C; c++) {
      const e = exp1(load<f32>(at(z, panel, b, c)) - top);
      store<f32>(at(z, panel, b, c), e);
      total += <f64>e;
    }
    for (let c: i32 = 0; c < C; c++) {
      const y: f32 = <f32>(<f64>load<f32>(at(z, panel, b, c)) / total);
      store<f32>(at(z, panel, b, c), (y - (c == label ? <f32>1.0 : <f32>0.0)) * scale);
    }
    sum += log1(total) - <f64>logit;
  }
  return sum;
}

/**
 * Cross-entropy of each row added to `sum`, as softmaxDelta() does, and the class of the greatest logit, the first of equals.
 *
 * @param predictions u8[B], written
 * @returns sum + the B losses, added in order
 */
export function softmaxLoss(
  z: usize, labels: usize, order: usize, predictions: usize, B: i32, C: i32, sum: f64,
): f64 {
  const panel = <usize>B << 6;
  for (let b: i32 = 0; b < B; b++) {
    const label = <i32>load<u8>(labels + <usize>load<u32>(order + (<usize>b << 2)));
    const top = greatest(z, panel, b, C);
    let total: f64 = 0.0;
    let prediction: i32 = 0;
    for (let c: i32 = C - 1; c >= 0; c--) if (load<f32>(at(z, panel, b, c)) == top) prediction = c;
    for (let c: i32 = 0; c < C; c++) total += <f64>exp1(load<f32>(at(z, panel, b, c)) - top);
    store<u8>(predictions + <usize>b, <u8>prediction);
    sum += log1(total) - <f64>(load<f32>(at(z, panel, b, label)) - top);
  }
  return sum;
}
