/** More degrees than any number of seeds needs; the sums grow with them. */
const MAX_DEGREES = 1_000_000;

/**
 * The probability that Student's t with `degrees` degrees of freedom lies between -t and t. For whole degrees it is a finite sum
 * (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), made of IEEE operations alone: the same bits on every engine.
 *
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

/**
 * The t of which a share `level` of Student's distribution lies between -t and t: 12.706 for 0.95 and one degree. Found by
 * bisection, to the last bits.
 *
 * Throws RangeError unless `level` is from 0 to below 1 and `degrees` is a whole number from 1 to 1,000,000.
 */
export function criticalT(level: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(level >= 0 && level < 1)) {
    throw new RangeError(`Cannot find a critical t: level must be from 0 to below 1, found ${level}`);
  }
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
