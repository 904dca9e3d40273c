import { KERNELS_WASM } from "./kernels_wasm.ts";

/** A byte offset into one block of memory; a float at pointer p is f32. */
type ptr = number;
type i32 = number;
type f32 = number;
type f64 = number;

/**
 * The operations that training is made of. Their layouts are given in `assembly/`, where they are written in AssemblyScript
 * (kernels_wasm.ts), and mirrored operation by operation in `reference/`. Names: B rows of the batch, D features, K fan-in, N fan-out,
 * C classes; Kp and Np padded to multiples of 16.
 */
export interface Kernels {
  /** Gathers B sparse rows of the data set as (value, column offset) entries, row after row. assembly/gather.ts. */
  gatherRows(
    rowStarts: ptr,
    columns: ptr,
    values: ptr,
    table: ptr,
    order: ptr,
    B: i32,
    starts: ptr,
    entries: ptr,
  ): void;
  /** The batch's entries by columns; returns how many columns are touched. assembly/gather.ts. */
  transposeRows(
    starts: ptr,
    entries: ptr,
    B: i32,
    D: i32,
    counts: ptr,
    touched: ptr,
    columnEntries: ptr,
    shortestFirst: i32,
  ): i32;
  /** Gathers B dense rows of D pixels into panels f32[Dp / 16][B][16]. assembly/gather.ts. */
  gatherPixels(pixels: ptr, table: ptr, order: ptr, x: ptr, B: i32, D: i32): void;
  /** Gathers B rows of D real numbers, as they are, into panels f32[Dp / 16][B][16]. assembly/gather.ts. */
  gatherNumbers(numbers: ptr, order: ptr, x: ptr, B: i32, D: i32): void;
  /** Spreads B sparse rows out into panels f32[Dp / 16][B][16]. assembly/gather.ts. */
  spreadRows(rowStarts: ptr, columns: ptr, values: ptr, table: ptr, order: ptr, x: ptr, B: i32, D: i32): void;
  /** z = bias + x W on sparse rows. assembly/sparse.ts. */
  sparseForward(starts: ptr, entries: ptr, w: ptr, bias: ptr, z: ptr, B: i32, D: i32, Np: i32): void;
  /** target += scale * x' delta on the touched columns. assembly/sparse.ts. */
  sparseUpdate(
    touched: ptr,
    T: i32,
    columnEntries: ptr,
    delta: ptr,
    target: ptr,
    B: i32,
    D: i32,
    Np: i32,
    scale: f32,
    zeros: ptr,
    scratch: ptr,
  ): void;
  /** sums += x' delta on the touched columns of some of the batch's rows, for `width` columns of delta. assembly/sparse.ts. */
  sparseSums(
    touched: ptr,
    T: i32,
    columnEntries: ptr,
    delta: ptr,
    sums: ptr,
    B: i32,
    rows: i32,
    D: i32,
    width: i32,
    zeros: ptr,
    first: i32,
    scratch: ptr,
  ): void;
  /** z = bias + a W. assembly/dense_forward.ts. */
  denseForward(a: ptr, w: ptr, bias: ptr, z: ptr, B: i32, K: i32, Np: i32, scratch: ptr, room: i32): void;
  /** da = delta W'. assembly/dense_backward.ts. */
  denseBackward(
    delta: ptr,
    w: ptr,
    da: ptr,
    B: i32,
    Kp: i32,
    Np: i32,
    zeros: ptr,
    scratch: ptr,
    room: i32,
  ): void;
  /** target += scale * a' delta. assembly/dense_update.ts. */
  denseUpdate(a: ptr, delta: ptr, target: ptr, B: i32, Kp: i32, Np: i32, scale: f32, zeros: ptr): void;
  /** target += scale * the sum of delta over the batch's rows. assembly/dense_update.ts. */
  biasUpdate(delta: ptr, target: ptr, B: i32, Np: i32, scale: f32, zeros: ptr): void;
  /** z = tanh z on n floats. assembly/activation.ts. */
  tanhForward(z: ptr, n: i32): void;
  /** delta = delta * (1 - a²) on n floats. assembly/activation.ts. */
  tanhBackward(a: ptr, delta: ptr, n: i32): void;
  /** z = 1 / (1 + exp(-z)), columns from N on zero. assembly/activation.ts. */
  sigmoidForward(z: ptr, B: i32, N: i32, Np: i32): void;
  /** delta = delta * a (1 - a) on n floats. assembly/activation.ts. */
  sigmoidBackward(a: ptr, delta: ptr, n: i32): void;
  /** z = max(z, 0) on n floats. assembly/activation.ts. */
  reluForward(z: ptr, n: i32): void;
  /** delta = delta where a > 0, else 0, on n floats. assembly/activation.ts. */
  reluBackward(a: ptr, delta: ptr, n: i32): void;
  /** z = z where z > 0, else 0.01 z, on n floats. assembly/activation.ts. */
  leakyReluForward(z: ptr, n: i32): void;
  /** delta = delta where a > 0, else 0.01 delta, on n floats. assembly/activation.ts. */
  leakyReluBackward(a: ptr, delta: ptr, n: i32): void;
  /** z = z where z > 0, else exp(z) - 1, on n floats. assembly/activation.ts. */
  eluForward(z: ptr, n: i32): void;
  /** delta = delta where a > 0, else delta * (a + 1), on n floats. assembly/activation.ts. */
  eluBackward(a: ptr, delta: ptr, n: i32): void;
  /** z = ln(1 + exp z), columns from N on zero, and the derivative at `slope`. assembly/activation.ts. */
  softplusForward(z: ptr, slope: ptr, B: i32, N: i32, Np: i32): void;
  /** z = gelu z in its tanh form, and the derivative at `slope`, on n floats. assembly/activation.ts. */
  geluForward(z: ptr, slope: ptr, n: i32): void;
  /** delta = delta * slope on n floats. assembly/activation.ts. */
  slopeBackward(slope: ptr, delta: ptr, n: i32): void;
  /** to = scale * from where the unit's draw is at least `least`, else 0. assembly/dropout.ts. */
  dropUnits(from: ptr, draws: ptr, to: ptr, B: i32, N: i32, Np: i32, least: i32, scale: f32): void;
  /** (softmax - one-hot) * scale in place of the logits; returns sum + the rows' cross-entropies. assembly/loss.ts. */
  softmaxDelta(z: ptr, labels: ptr, order: ptr, B: i32, C: i32, scale: f32, sum: f64): f64;
  /** The predicted classes; returns sum + the rows' cross-entropies. assembly/loss.ts. */
  softmaxLoss(z: ptr, labels: ptr, order: ptr, predictions: ptr, B: i32, C: i32, sum: f64): f64;
  /** w -= rate * g on n floats. assembly/optimizer.ts. */
  sgdStep(w: ptr, g: ptr, n: i32, rate: f32): void;
  /** v = momentum * v + gain * g, then w -= rate * v, on n floats. assembly/optimizer.ts. */
  momentumStep(w: ptr, v: ptr, g: ptr, n: i32, rate: f32, momentum: f32, gain: f32): void;
  /** v = momentum * v + g, then w -= rate * (g + momentum * v), on n floats. assembly/optimizer.ts. */
  nesterovStep(w: ptr, v: ptr, g: ptr, n: i32, rate: f32, momentum: f32): void;
  /** h += g², then w -= rate * g / (sqrt(h + initial) + epsilon), on n floats. assembly/optimizer.ts. */
  adagradStep(w: ptr, h: ptr, g: ptr, n: i32, rate: f32, epsilon: f32, initial: f32): void;
  /** s += gain * (g² - s), then g /= sqrt(s) + epsilon, on n floats. assembly/optimizer.ts. */
  rmspropScale(s: ptr, g: ptr, n: i32, gain: f32, epsilon: f32): void;
  /** s += gain * (g² - s) and m += gain * (g - m), then g /= sqrt(s - m²) + epsilon, on n floats. assembly/optimizer.ts. */
  rmspropCenteredScale(s: ptr, m: ptr, g: ptr, n: i32, gain: f32, epsilon: f32): void;
  /** m += gain1 * (g - m) and v += gain2 * (g² - v), then w -= decay * w + rate * m / (correction * sqrt(v) + epsilon). assembly/optimizer.ts. */
  adamStep(
    w: ptr,
    m: ptr,
    v: ptr,
    g: ptr,
    n: i32,
    rate: f32,
    gain1: f32,
    gain2: f32,
    correction: f32,
    epsilon: f32,
    decay: f32,
  ): void;
  /** g = scale * g + decay * w on n floats. assembly/optimizer.ts. */
  adjustGradient(g: ptr, w: ptr, n: i32, scale: f32, decay: f32): void;
  /** sum + the squares of 16 columns whose rows begin `stride` bytes apart. assembly/optimizer.ts. */
  addSquares(from: ptr, rows: i32, stride: i32, sum: f64): f64;
}

/** The compiled operations' bytes, which import a shared memory. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(KERNELS_WASM), (character) => character.charCodeAt(0));
}

/** The compiled operations, ready for a memory; the same module serves all workers. */
export function loadKernels(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(kernelBytes());
}
