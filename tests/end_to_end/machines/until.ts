/** Asks until it is so, for two minutes or `seconds`. */
export async function until(isSo: () => Promise<boolean>, seconds = 120): Promise<void> {
  for (const end = performance.now() + 1000 * seconds; performance.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It was not so within ${seconds} s: ${isSo}`);
}
