/** The mean of the n finite values, in the order given; null if n is 0. Null, NaN and infinities are left out and not counted. */
export function mean(values: Iterable<number | null>): { n: number; mean: number | null } {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    n++;
    sum += value;
  }
  return { n, mean: n === 0 ? null : sum / n };
}

/** The middle of one value or more, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The different ones among numbers, ascending: fastest where they stand so already, as a table's do. */
export function distinct(numbers: readonly number[]): number[] {
  const found: number[] = [];
  let areAscending = true;
  for (let i = 0; i < numbers.length; i++) {
    if (i > 0 && numbers[i] === numbers[i - 1]) continue;
    if (i > 0 && !(numbers[i] > numbers[i - 1])) areAscending = false;
    found.push(numbers[i]);
  }
  return areAscending ? found : [...new Set(found)].sort((a, b) => a - b);
}

/** What a sample's values have in common. */
export interface SampleStatistics {
  /** Number of values that were there and finite. */
  readonly n: number;
  /** Null if n is 0, as are min and max. */
  readonly mean: number | null;
  /** Standard deviation of the population that the sample is from (n - 1); null if n is below 2. */
  readonly sd: number | null;
  /** The least value. */
  readonly min: number | null;
  /** The greatest value. */
  readonly max: number | null;
}

/**
 * Mean, standard deviation and range of the finite values; null, NaN and infinities are left out and not counted. Two passes in
 * the order given, so that the result has the same bits everywhere.
 */
export function sampleStatistics(values: Iterable<number | null>): SampleStatistics {
  const sample: number[] = [];
  for (const value of values) if (value !== null && Number.isFinite(value)) sample.push(value);
  const n = sample.length;
  if (n === 0) return { n, mean: null, sd: null, min: null, max: null };
  const mean = sample.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let [min, max] = [sample[0], sample[0]];
  for (const value of sample) {
    squares += (value - mean) * (value - mean);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  // Rounding may lift the mean of equal values off them; their spread is none all the same.
  const sd = n < 2 ? null : min === max ? 0 : Math.sqrt(squares / (n - 1));
  return { n, mean: min === max ? min : mean, sd, min, max };
}

/** More degrees than any number of seeds needs; the sums grow with them. */
const MAX_DEGREES = 1_000_000;

/**
 * The probability that Student's t with `degrees` degrees of freedom lies between -t and t. For whole degrees it is a finite sum
 * (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), made of IEEE operations alone: the same bits on every engine.
 * Throws RangeError unless t is 0 or more and `degrees` is a whole number from 1 to 1,000,000.
 */
export function centralT(t: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(t >= 0)) throw new RangeError(`Cannot find a probability: t must be 0 or more, found ${t}`);
  if (t === Infinity) return 1;
  const cos2 = degrees / (degrees + t * t);
  const sin = t / Math.sqrt(degrees + t * t);
  const odd = degrees % 2 === 1;
  // 1 + (1/2) cos^2 + (1 3)/(2 4) cos^4 + ... for even degrees, 1 + (2/3) cos^2 + (2 4)/(3 5) cos^4 + ... for odd ones.
  let sum = 0;
  let term = 1;
  for (let k = odd ? 1 : 0; k < degrees - 1; k += 2) {
    sum += term;
    term *= cos2 * (k + 1) / (k + 2);
  }
  if (!odd) return sin * sum;
  const angle = arctangent(t / Math.sqrt(degrees));
  return (2 / Math.PI) * (angle + sin * Math.sqrt(cos2) * sum);
}

/** A report asks for the same few of a hundred thousand trials. */
const criticalValues = new Map<string, number>();

/**
 * The t of which a share `level` of Student's distribution lies between -t and t: 12.706 for 0.95 and one degree. Found by
 * bisection, to the last bits, and once.
 * Throws RangeError unless `level` is from 0 to below 1 and `degrees` is a whole number from 1 to 1,000,000.
 */
export function criticalT(level: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(level >= 0 && level < 1)) {
    throw new RangeError(`Cannot find a critical t: level must be from 0 to below 1, found ${level}`);
  }
  const key = `${level} ${degrees}`;
  const found = criticalValues.get(key) ?? bisectT(level, degrees);
  criticalValues.set(key, found);
  return found;
}

function bisectT(level: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (centralT(high, degrees) < level) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (centralT(middle, degrees) < level) low = middle;
    else high = middle;
  }
}

/** The arctangent of x >= 0, within a few units of the last place: by halving the angle, then its series. */
export function arctangent(x: number): number {
  if (x > 1) return Math.PI / 2 - arctangent(1 / x);
  let y = x;
  for (let i = 0; i < 3; i++) y /= 1 + Math.sqrt(1 + y * y);
  const y2 = y * y;
  let sum = 0;
  // y is below 0.1: the next term would be below 2^-60 of the first.
  for (let k = 17; k >= 1; k -= 2) sum = 1 / k - y2 * sum;
  return 8 * y * sum;
}

function checkDegrees(degrees: number): void {
  if (Number.isInteger(degrees) && degrees >= 1 && degrees <= MAX_DEGREES) return;
  throw new RangeError(
    `Cannot use Student's t: degrees must be a whole number from 1 to ${MAX_DEGREES}, found ${degrees}`,
  );
}
