/** Of how many images two lists predict another class: those of the first. */
export function differing(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Array.from(one).filter((label, i) => label !== other[i]).length;
}
