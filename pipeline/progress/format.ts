/** Bytes in decimal units, as download tools show them: `512 B`, `28.9 kB`, `9.9 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  for (const [unit, size] of [["kB", 1e3], ["MB", 1e6]] as const) {
    if (bytes < size * 999.95) return `${(bytes / size).toFixed(1)} ${unit}`;
  }
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A loss in six to nine columns: `0.4312`, `1.23e+5`, `Infinity`. */
export function formatLoss(loss: number): string {
  return Number.isFinite(loss) && Math.abs(loss) >= 1000 ? loss.toExponential(2) : loss.toFixed(4);
}

export function formatAccuracy(accuracy: number | null): string {
  return accuracy === null ? "-" : accuracy.toFixed(4);
}

/** A part of a whole, rounded down, so that `100%` means done: ` 38%`. */
export function formatPercent(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`.padStart(4);
}
