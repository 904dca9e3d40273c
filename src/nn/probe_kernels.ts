import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import type { Kernels } from "./kernels.ts";
import { Arena, padded, type Workspace } from "./memory.ts";

export const PROBE_BYTES = 1 << 20;

/** A batch with a ragged tail, and sizes that are no multiples of a panel's width; large enough that the kernels pack rows. */
const B = 19, D = 40, N = 263, C = 10;
const Np = padded(N);

/**
 * Runs every kernel once on fixed numbers and overwrites PROBE_BYTES bytes from `start`, a multiple of 64. Gives of each kernel the
 * first 16 hex digits of the SHA-256 of what it wrote.
 */
export function probeKernels(
  { kernels, floats, words, bytes }: Workspace,
  start = 0,
): Record<keyof Kernels, string> {
  const arena = new Arena(start, start + PROBE_BYTES);
  const hashes: Partial<Record<keyof Kernels, string>> = {};

  // Numbers from -1 to 1 by a linear congruential generator (Numerical Recipes), a quarter of them zero.
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 30 === 0 ? 0 : state / 2 ** 31 - 1;
  };
  const place = (count: number, value: () => number = random) => {
    const pointer = arena.allocate(4 * count);
    for (let i = 0; i < count; i++) floats[(pointer >>> 2) + i] = value();
    return pointer;
  };
  const zero = () => 0;
  const probe = (name: keyof Kernels, written: number, count: number, result: unknown = "") => {
    const content = bytes.slice(written, written + count);
    const hash = sha256.create().update(content).update(new TextEncoder().encode(String(result)));
    hashes[name] = bytesToHex(hash.digest()).slice(0, 16);
  };

  const zeros = place(32, zero), room = 1 << 16, scratch = arena.allocate(room);
  const pixels = arena.allocate(B * D), labels = arena.allocate(B);
  const order = arena.allocate(4 * B), rowStarts = arena.allocate(4 * (B + 1));
  const columns = arena.allocate(2 * B * D), values = arena.allocate(B * D);
  const table = place(256);
  const halves = new Uint16Array(bytes.buffer, columns, B * D);
  let entries = 0;
  for (let b = 0; b < B; b++) {
    words[(order >>> 2) + b] = (3 * b + 2) % B;
    words[(rowStarts >>> 2) + b] = entries;
    bytes[labels + b] = (5 * b + 1) % C;
    for (let j = 0; j < D; j++) {
      const pixel = random() > 0.2 ? (7 * j + 31 * b) & 255 : 0;
      bytes[pixels + b * D + j] = pixel;
      if (pixel === 0) continue;
      halves[entries] = j;
      bytes[values + entries++] = pixel;
    }
  }
  words[(rowStarts >>> 2) + B] = entries;

  const starts = arena.allocate(4 * (B + 1)), batch = place(2 * B * D, zero);
  kernels.gatherRows(rowStarts, columns, values, table, order, B, starts, batch);
  probe("gatherRows", batch, 8 * entries);
  const counts = place(D + B + 2, zero), touched = place(4 * D, zero), lists = place(2 * B * D, zero);
  const T = kernels.transposeRows(starts, batch, B, D, counts, touched, lists, 1);
  probe("transposeRows", lists, 8 * entries, T);
  const x = place(B * padded(D), zero);
  kernels.gatherPixels(pixels, table, order, x, B, D);
  probe("gatherPixels", x, 4 * B * padded(D));
  const spread = place(B * padded(D), zero);
  kernels.spreadRows(rowStarts, columns, values, table, order, spread, B, D);
  probe("spreadRows", spread, 4 * B * padded(D));
  // Rows of as many numbers as the table has.
  const F = Math.floor(256 / B), numbers = place(B * padded(F), zero);
  kernels.gatherNumbers(table, order, numbers, B, F);
  probe("gatherNumbers", numbers, 4 * B * padded(F));

  const sparse = place(D * Np), dense = place(padded(D) * Np), bias = place(Np);
  const z = place(B * Np, zero), delta = place(B * Np), block = 4 * B * Np;
  kernels.sparseForward(starts, batch, sparse, bias, z, B, D, Np);
  probe("sparseForward", z, block);
  kernels.denseForward(x, dense, bias, z, B, D, Np, scratch, room);
  probe("denseForward", z, block);
  const dx = place(B * padded(D), zero);
  kernels.denseBackward(delta, dense, dx, B, padded(D), Np, zeros, scratch, room);
  probe("denseBackward", dx, 4 * B * padded(D));
  kernels.sparseUpdate(touched, T, lists, delta, sparse, B, D, Np, -0.1, zeros, scratch);
  probe("sparseUpdate", sparse, 4 * D * Np);
  kernels.denseUpdate(x, delta, dense, B, padded(D), Np, -0.1, zeros);
  probe("denseUpdate", dense, 4 * padded(D) * Np);
  kernels.biasUpdate(delta, bias, B, Np, -0.1, zeros);
  probe("biasUpdate", bias, 4 * Np);

  const n = B * Np;
  kernels.tanhForward(z, n);
  probe("tanhForward", z, block);
  kernels.tanhBackward(z, delta, n);
  probe("tanhBackward", delta, block);
  kernels.sigmoidForward(z, B, N, Np);
  probe("sigmoidForward", z, block);
  kernels.sigmoidBackward(z, delta, n);
  probe("sigmoidBackward", delta, block);
  kernels.reluForward(delta, n);
  probe("reluForward", delta, block);
  kernels.reluBackward(delta, z, n);
  probe("reluBackward", z, block);

  const logits = place(B * padded(C)), predictions = arena.allocate(B);
  const loss = kernels.softmaxLoss(logits, labels, order, predictions, B, C, 0.5);
  probe("softmaxLoss", predictions, B, loss);
  const sum = kernels.softmaxDelta(logits, labels, order, B, C, 1 / B, 0.5);
  probe("softmaxDelta", logits, 4 * B * padded(C), sum);

  const memory = place(n, zero);
  kernels.sgdStep(delta, z, n, 0.1);
  probe("sgdStep", delta, block);
  kernels.momentumStep(delta, memory, z, n, 0.1, 0.9, 1);
  probe("momentumStep", delta, block);
  kernels.adagradStep(delta, memory, z, n, 0.1, 1e-7, 0);
  probe("adagradStep", delta, block);

  // What came later has numbers of its own, so that the hashes above stay as they are.
  const a = place(n), slopes = place(n, zero), passed = place(n);
  kernels.eluForward(a, n);
  probe("eluForward", a, block);
  kernels.eluBackward(a, passed, n);
  probe("eluBackward", passed, block);
  kernels.leakyReluBackward(a, passed, n);
  probe("leakyReluBackward", passed, block);
  kernels.leakyReluForward(a, n);
  probe("leakyReluForward", a, block);
  kernels.geluForward(a, slopes, n);
  probe("geluForward", slopes, block);
  kernels.softplusForward(a, slopes, B, N, Np);
  probe("softplusForward", a, block);
  kernels.slopeBackward(slopes, passed, n);
  probe("slopeBackward", passed, block);

  const w = place(n), g = place(n), squares = place(n, zero);
  kernels.nesterovStep(w, memory, g, n, 0.1, 0.9);
  probe("nesterovStep", w, block);
  kernels.rmspropScale(squares, g, n, 0.01, 1e-8);
  probe("rmspropScale", g, block);
  kernels.adjustGradient(g, w, n, 0.3, 0.01);
  probe("adjustGradient", g, block);
  kernels.rmspropCenteredScale(squares, memory, g, n, 0.01, 1e-8);
  probe("rmspropCenteredScale", g, block);
  kernels.adamStep(w, memory, squares, g, n, 0.1, 0.1, 0.001, 2, 1e-8, 0.001);
  probe("adamStep", w, block);
  probe("addSquares", w, 0, kernels.addSquares(w, B, 64, 0.5));
  const draws = place((B * N) / 2 + 16), dropped = place(n, zero);
  kernels.dropUnits(memory, draws, dropped, B, N, Np, 13_108, 1.25);
  probe("dropUnits", dropped, block);
  // The second half of its rows; then their lists once more, on the deltas of others.
  const sums = place(64 * D), half = B >> 1, rest = B - half;
  const second = kernels.transposeRows(starts + 4 * half, batch, rest, D, counts, touched, lists, 0);
  kernels.sparseSums(touched, second, lists, passed + 64 * half, sums, B, rest, D, 64, zeros, 1, scratch);
  kernels.sparseSums(touched, second, lists, passed, sums, B, rest, D, 64, zeros, 0, scratch);
  probe("sparseSums", sums, 4 * 64 * D);
  return hashes as Record<keyof Kernels, string>;
}

/** What probeKernels() gives for kernels that compute the right bits: the reference's. */
export const EXPECTED: Readonly<Record<keyof Kernels, string>> = {
  gatherRows: "3d99d7d4ef7c9cb2",
  transposeRows: "cfb297b96595410e",
  gatherPixels: "5835a91fab8e4908",
  gatherNumbers: "65a1c4a8dee5c906",
  sparseForward: "da2bd7aee700b3e8",
  denseForward: "1f09442919bcd60f",
  denseBackward: "141008598c82fd41",
  sparseUpdate: "a4759bb5406f8142",
  denseUpdate: "b6029656ebcd864c",
  biasUpdate: "12a4bce66b7fb805",
  tanhForward: "fbc4191c31055e43",
  tanhBackward: "3d98f937dc717c55",
  sigmoidForward: "5d7cf84ac1fbea89",
  sigmoidBackward: "840980ddae51292c",
  reluForward: "232cc4ab933fd90b",
  reluBackward: "6ae498ce4082d4a3",
  softmaxLoss: "3760bebf0ebc646a",
  softmaxDelta: "9ff59e12c7c5befc",
  sgdStep: "6c914bdb98c60a18",
  momentumStep: "6f342b82c124e56f",
  adagradStep: "c4e81de383d00d4b",
  eluForward: "4ec98dee9068ccbd",
  eluBackward: "6bc5bc6981516bea",
  leakyReluBackward: "43cf3338666ba423",
  leakyReluForward: "13334996b99d2c36",
  geluForward: "d760f02e9cbea6f4",
  softplusForward: "fc4400ee70b4bb31",
  slopeBackward: "0881e05cdcaf6bea",
  nesterovStep: "5d799672b10846c8",
  rmspropScale: "0621c05ee1ca0ea4",
  adjustGradient: "3560c56a6b47027d",
  rmspropCenteredScale: "077c51c573942b33",
  adamStep: "668e3413e61437c0",
  addSquares: "d2e1203c9592a297",
  spreadRows: "5835a91fab8e4908",
  dropUnits: "fbbbb023750654aa",
  sparseSums: "c7ea6d1f31e4f6fc",
};

/**
 * Names of the kernels that compute other bits than they must, in a workspace whose first PROBE_BYTES bytes may be overwritten. None do,
 * unless the engine compiles them wrongly, which experimental flags make conceivable.
 */
export function wrongKernels(workspace: Workspace): (keyof Kernels)[] {
  const found = probeKernels(workspace);
  return (Object.keys(EXPECTED) as (keyof Kernels)[]).filter((name) => found[name] !== EXPECTED[name]);
}
