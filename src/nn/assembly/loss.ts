// Softmax and cross-entropy of logits in panels f32[Np / 16][B][16], C classes, row by row.

import { exp4, log1 } from "./math";

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

/** Adds to `total` the lanes of e that are classes, the first of them being c. */
@inline
function addClasses(total: f64, e: v128, c: i32, C: i32): f64 {
  total += <f64>f32x4.extract_lane(e, 0);
  if (c + 1 < C) total += <f64>f32x4.extract_lane(e, 1);
  if (c + 2 < C) total += <f64>f32x4.extract_lane(e, 2);
  if (c + 3 < C) total += <f64>f32x4.extract_lane(e, 3);
  return total;
}

/** e / total in float64, rounded to float32. */
@inline
function quotients(e: v128, total: v128): v128 {
  const low = f32x4.demote_f64x2_zero(f64x2.div(f64x2.promote_low_f32x4(e), total));
  const upper = f64x2.promote_low_f32x4(v128.shuffle<f32>(e, e, 2, 3, 2, 3));
  return v128.shuffle<f32>(low, f32x4.demote_f64x2_zero(f64x2.div(upper, total)), 0, 1, 4, 5);
}

/**
 * Cross-entropy of each row added to `sum`, and in place of the logits the delta (softmax - one-hot) * scale, with which
 * backpropagation starts. exp in float32; their sum, in the classes' order, the quotient and the logarithm in float64. Four classes at
 * a time; what lies beside the last of them is set back to zero.
 *
 * @param labels u8[rows of the data set], `order` u32[B]: row b's label is labels[order[b]]
 * @returns sum + the B losses, added in order
 */
export function softmaxDelta(
  z: usize, labels: usize, order: usize, B: i32, C: i32, scale: f32, sum: f64,
): f64 {
  const panel = <usize>B << 6;
  const scales = f32x4.splat(scale);
  for (let b: i32 = 0; b < B; b++) {
    const top = greatest(z, panel, b, C);
    const own = at(z, panel, b, <i32>load<u8>(labels + <usize>load<u32>(order + (<usize>b << 2))));
    const logit: f32 = load<f32>(own) - top;
    let total: f64 = 0.0;
    for (let c: i32 = 0; c < C; c += 4) {
      const place = at(z, panel, b, c);
      const e = exp4(f32x4.sub(v128.load(place), f32x4.splat(top)));
      v128.store(place, e);
      total = addClasses(total, e, c, C);
    }
    const y: f32 = <f32>(<f64>load<f32>(own) / total);
    const totals = f64x2.splat(total);
    for (let c: i32 = 0; c < C; c += 4) {
      const place = at(z, panel, b, c);
      v128.store(place, f32x4.mul(quotients(v128.load(place), totals), scales));
    }
    for (let c = C; (c & 3) != 0; c++) store<f32>(at(z, panel, b, c), 0.0);
    store<f32>(own, (y - <f32>1.0) * scale);
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
    for (let c: i32 = 0; c < C; c += 4) {
      total = addClasses(total, exp4(f32x4.sub(v128.load(at(z, panel, b, c)), f32x4.splat(top))), c, C);
    }
    store<u8>(predictions + <usize>b, <u8>prediction);
    sum += log1(total) - <f64>(load<f32>(at(z, panel, b, label)) - top);
  }
  return sum;
}
