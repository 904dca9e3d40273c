import { KERNELS_WASM } from "./kernels_wasm.ts";

/**
 * The operations that training is made of. Every pointer is a byte offset into one block of memory; a float at pointer p is f32.
 * The layouts are given in `assembly/`, where these are written in AssemblyScript (kernels_wasm.ts), and mirrored operation by operation
 * in `reference/`. Names: B rows of the batch, D features, K fan-in, N fan-out, C classes; Kp and Np padded to multiples of 16.
 */
export interface Kernels {
  /** Gathers B sparse rows of the data set as (column offset, value) entries, row after row. assembly/gather.ts. */
  gatherRows(
    rowStarts: number,
    columns: number,
    values: number,
    table: number,
    order: number,
    B: number,
    starts: number,
    entries: number,
  ): void;
  /** The batch's entries by columns; returns how many columns are touched. assembly/gather.ts. */
  transposeRows(
    starts: number,
    entries: number,
    B: number,
    D: number,
    counts: number,
    touched: number,
    columnEntries: number,
  ): number;
  /** Gathers B dense rows of D pixels into panels f32[Dp / 16][B][16]. assembly/gather.ts. */
  gatherPixels(pixels: number, table: number, order: number, x: number, B: number, D: number): void;
  /** z = bias + x W on sparse rows. assembly/sparse.ts. */
  sparseForward(
    starts: number,
    entries: number,
    w: number,
    bias: number,
    z: number,
    B: number,
    D: number,
    Np: number,
  ): void;
  /** target += scale * x' delta on the touched columns. assembly/sparse.ts. */
  sparseUpdate(
    touched: number,
    T: number,
    columnEntries: number,
    delta: number,
    target: number,
    B: number,
    D: number,
    Np: number,
    scale: number,
    zeros: number,
  ): void;
  /** z = bias + a W. assembly/dense_forward.ts. */
  denseForward(
    a: number,
    w: number,
    bias: number,
    z: number,
    B: number,
    K: number,
    Np: number,
    scratch: number,
    room: number,
  ): void;
  /** da = delta W'. assembly/dense_backward.ts. */
  denseBackward(
    delta: number,
    w: number,
    da: number,
    B: number,
    Kp: number,
    Np: number,
    zeros: number,
    scratch: number,
    room: number,
  ): void;
  /** target += scale * a' delta. assembly/dense_update.ts. */
  denseUpdate(
    a: number,
    delta: number,
    target: number,
    B: number,
    Kp: number,
    Np: number,
    scale: number,
    zeros: number,
  ): void;
  /** target += scale * the sum of delta over the batch's rows. assembly/dense_update.ts. */
  biasUpdate(delta: number, target: number, B: number, Np: number, scale: number, zeros: number): void;
  /** z = tanh z on n floats. assembly/activation.ts. */
  tanhForward(z: number, n: number): void;
  /** delta = delta * (1 - a²) on n floats. assembly/activation.ts. */
  tanhBackward(a: number, delta: number, n: number): void;
  /** z = 1 / (1 + exp(-z)), columns from N on zero. assembly/activation.ts. */
  sigmoidForward(z: number, B: number, N: number, Np: number): void;
  /** delta = delta * a (1 - a) on n floats. assembly/activation.ts. */
  sigmoidBackward(a: number, delta: number, n: number): void;
  /** z = max(z, 0) on n floats. assembly/activation.ts. */
  reluForward(z: number, n: number): void;
  /** delta = delta where a > 0, else 0, on n floats. assembly/activation.ts. */
  reluBackward(a: number, delta: number, n: number): void;
  /** (softmax - one-hot) * scale in place of the logits; returns sum + the rows' cross-entropies. assembly/loss.ts. */
  softmaxDelta(
    z: number,
    labels: number,
    order: number,
    B: number,
    C: number,
    scale: number,
    sum: number,
  ): number;
  /** The predicted classes; returns sum + the rows' cross-entropies. assembly/loss.ts. */
  softmaxLoss(
    z: number,
    labels: number,
    order: number,
    predictions: number,
    B: number,
    C: number,
    sum: number,
  ): number;
  /** w -= rate * g on n floats. assembly/optimizer.ts. */
  sgdStep(w: number, g: number, n: number, rate: number): void;
  /** v = momentum * v + g, then w -= rate * v, on n floats. assembly/optimizer.ts. */
  momentumStep(w: number, v: number, g: number, n: number, rate: number, momentum: number): void;
  /** h += g², then w -= rate * g / (sqrt(h) + 1e-7), on n floats. assembly/optimizer.ts. */
  adagradStep(w: number, h: number, g: number, n: number, rate: number): void;
}

/** The compiled operations' bytes, which import a shared memory. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(KERNELS_WASM), (character) => character.charCodeAt(0));
}

/** The compiled operations, ready for a memory; the same module serves all workers. */
export function loadKernels(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(kernelBytes());
}
