export function forward() {
  for (;;);
}

export async function loss() {
  for (;;) await null;
}

// Nothing but a kill ends this one.
export async function gradients() {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGXCPU"]) {
    try {
      Deno.addSignalListener(signal, () => {});
    } catch {
      // without a listener the signal ends it
    }
  }
  globalThis.addEventListener("unload", () => {
    for (;;);
  });
  await new Promise(() => setInterval(() => {}, 1000));
}

export function step() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

export function misclassified() {
  return /^(a+)+$/.test(`${"a".repeat(64)}b`);
}

export function initialize() {
  return { W1: [[1]] };
}
