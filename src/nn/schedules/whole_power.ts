/** base to the power of a whole number, from products alone: `**` and Math.pow differ between engines. */
export function wholePower(base: number, exponent: number): number {
  let power = 1;
  for (let rest = exponent, factor = base; rest > 0; rest = Math.floor(rest / 2), factor *= factor) {
    if (rest % 2 === 1) power *= factor;
  }
  return power;
}
