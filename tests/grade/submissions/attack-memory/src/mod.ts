// 4 GiB outside of the heap, which --max-old-space-size does not bound.
const MIB = 1024 * 1024;
const kept: unknown[] = [];

export function forward() {
  for (let i = 0; i < 64; i++) kept.push(new Float64Array(8 * MIB).fill(1));
  return { held: kept.length };
}

export function loss() {
  for (let i = 0; i < 64; i++) {
    const memory = new WebAssembly.Memory({ initial: 1024, maximum: 1024 });
    new Uint8Array(memory.buffer).fill(1);
    kept.push(memory);
  }
  return { held: kept.length };
}

export function gradients() {
  for (let i = 0; i < 64; i++) kept.push(new Blob([new Uint8Array(64 * MIB).fill(1)]));
  return { held: kept.length };
}

export function step() {
  for (let i = 0; i < 64; i++) new Uint8Array(kept[kept.push(new SharedArrayBuffer(64 * MIB)) - 1]).fill(1);
  return { held: kept.length };
}
