const STEPS = 100_000;
const TRIES = 50;

/** The most additions and multiplications a second that the kernels of assembly/peak.ts, compiled, reach, the best of many short tries. */
export function measurePeak(wasm: Uint8Array<ArrayBuffer>): number {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const kernels = exports as {
    memory: WebAssembly.Memory;
    peakPairs: (p: number, n: number) => void;
    peakSingles: (p: number, n: number) => void;
  };
  const pointer = 1024;
  new Float32Array(kernels.memory.buffer, pointer, 16).fill(0.5); // c = 0.5 c + 0.5 stays in range
  let best = Infinity;
  for (let i = 0; i < TRIES; i++) {
    best = Math.min(best, time(() => kernels.peakPairs(pointer, STEPS)) / 96);
    best = Math.min(best, time(() => kernels.peakSingles(pointer, STEPS)) / 48);
  }
  return 2 * STEPS / best;
}

function time(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}
