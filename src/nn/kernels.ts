/**
 * The operations that training is made of. Every pointer is a byte offset into one block of memory; a float at pointer p is f32.
 * The layouts are given in `assembly/`, where these are written in AssemblyScript (kernels.wasm), and mirrored operation by operation
 * in `reference/`. Names: B rows of the batch, D features, K fan-in, N fan-out, C classes; Kp and Np padded to multiples of 16.
 */
export interface Kernels {
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
  transposeRows(
    starts: number,
    entries: number,
    B: number,
    D: number,
    counts: number,
    touched: number,
    columnEntries: number,
  ): number;
  gatherPixels(pixels: number, table: number, order: number, x: number, B: number, D: number): void;
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
  denseForward(a: number, w: number, bias: number, z: number, B: number, K: number, Np: number): void;
  denseBackward(
    delta: number,
    w: number,
    da: number,
    B: number,
    Kp: number,
    Np: number,
    zeros: number,
    scratch: number,
  ): void;
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
  biasUpdate(delta: number, target: number, B: number, Np: number, scale: number, zeros: number): void;
  tanhForward(z: number, n: number): void;
  tanhBackward(a: number, delta: number, n: number): void;
  sigmoidForward(z: number, B: number, N: number, Np: number): void;
  sigmoidBackward(a: number, delta: number, n: number): void;
  reluForward(z: number, n: number): void;
  reluBackward(a: number, delta: number, n: number): void;
  softmaxDelta(
    z: number,
    labels: number,
    order: number,
    B: number,
    C: number,
    scale: number,
    sum: number,
  ): number;
  softmaxLoss(
    z: number,
    labels: number,
    order: number,
    predictions: number,
    B: number,
    C: number,
    sum: number,
  ): number;
  sgdStep(w: number, g: number, n: number, rate: number): void;
  momentumStep(w: number, v: number, g: number, n: number, rate: number, momentum: number): void;
  adagradStep(w: number, h: number, g: number, n: number, rate: number): void;
}
