/** Resolves after so many milliseconds, or when one of the signals aborts. */
export function delay(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signals.some(({ aborted }) => aborted)) return done();
    for (const signal of signals) signal.addEventListener("abort", done);
  });
}

/** Whether something has gone well or wrong after so many milliseconds at the latest. */
export async function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const settled = new AbortController();
  promise.then(() => settled.abort(), () => settled.abort());
  await delay(ms, settled.signal);
  return settled.signal.aborted;
}
