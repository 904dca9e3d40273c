const MINUS = "\u2212";

/** A number in a line of arithmetic: at most four significant digits, none that says nothing. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : `${MINUS}∞`;
  const size = Number(Math.abs(value).toPrecision(4));
  const text = size !== 0 && (size < 1e-4 || size >= 1e5) ? powerOfTen(size, 3) : String(size);
  return (value < 0 && size > 0 ? MINUS : "") + text;
}

/** A number in a cell of a matrix: never wider than six signs. */
export function cellNumber(value: number): string {
  if (!Number.isFinite(value) || value === 0) return shortNumber(value);
  const size = Math.abs(value);
  const text = size < 0.0005 || size >= 9999.5
    ? powerOfTen(size, 0)
    : size.toFixed(size < 0.0995 ? 3 : size < 99.95 ? 2 : size < 999.5 ? 1 : 0);
  return (value < 0 ? MINUS : "") + text;
}

function powerOfTen(size: number, digits: number): string {
  const [digitsOf, power] = size.toExponential(digits).split("e");
  return `${digits === 0 ? digitsOf : Number(digitsOf)}e${power.replace("+", "").replace("-", MINUS)}`;
}
