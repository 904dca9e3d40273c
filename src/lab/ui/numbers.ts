const MINUS = "\u2212";

/** A number as pages show it: `digits` significant ones, a true minus, powers of ten where it is very large or small. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3
    ? size.toExponential(digits - 1).replace(
      /e([+-])(\d+)/,
      (_, sign, power) => `e${sign === "-" ? MINUS : ""}${power}`,
    )
    : size >= 10 ** (digits - 1)
    ? size.toFixed(0)
    : size.toPrecision(digits);
  return (value < 0 ? MINUS : "") + text;
}

/** A share as pages show it: `99.8%`. */
export function percent(share: number, decimals = 1): string {
  return `${(100 * share).toFixed(decimals)}%`;
}
