/** What stands for a number that is not there. */
export const MISSING = "–";

/** A loss to four significant digits: 0.1234, 2.303, 1.500e-7. */
export function formatLoss(loss: number | null): string {
  return loss === null ? MISSING : loss.toPrecision(4);
}

/** A fraction from 0 to 1 as a percentage with two decimals: 97.35%. */
export function formatPercent(fraction: number | null): string {
  return fraction === null ? MISSING : `${(100 * fraction).toFixed(2)}%`;
}

/** A number's text with its sign before it, a minus and no hyphen: `+0.52`, `−7.50`; none before zero. */
export function formatSigned(text: string): string {
  const amount = text.replace(/^-/, "");
  if (Number(amount) === 0) return amount;
  return (text === amount ? "+" : "−") + amount;
}

/** A whole number with its thousands set apart: 48,000. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** A count and its noun: 1 trial, 1,200 trials. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A number that somebody set, as people write it: a tiny or a huge one with an exponent, `1e-5`. */
export function formatSet(value: number): string {
  const [plain, exponential] = [String(value), value.toExponential()];
  return exponential.length + 2 < plain.length ? exponential : plain;
}

/** A drawn number has digits that nobody can tell apart: four of them are enough. What a person wrote stays as it is. */
export function shortNumber(value: number): number {
  return isDrawn(value) ? Number(value.toPrecision(4)) : value;
}

/** Whether a number has more digits than a person writes. */
export function isDrawn(value: number): boolean {
  return Number(value.toPrecision(8)) !== value;
}
