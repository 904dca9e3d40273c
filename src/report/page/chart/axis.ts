/** The lower and the upper end of what an axis shows. */
export type Domain = readonly [low: number, high: number];

/** An axis as far as places along it go; both ends of a logarithmic one are above 0. */
export interface Axis {
  readonly type: "linear" | "log";
  readonly domain: Domain;
}

/** No zoom shows less than this share of the whole axis. */
const LEAST = 1 / 400;

const onto = ({ type }: Axis, value: number) => type === "log" ? Math.log(value) : value;
const from = ({ type }: Axis, place: number) => type === "log" ? Math.exp(place) : place;

/** Where a value stands along the axis: 0 at its lower end, 1 at its upper. */
export function shareOf(axis: Axis, value: number): number {
  const [low, high] = axis.domain.map((end) => onto(axis, end));
  return (onto(axis, value) - low) / (high - low);
}

/** The value at a share of the axis's length. */
export function valueAt(axis: Axis, share: number): number {
  const [low, high] = axis.domain.map((end) => onto(axis, end));
  return from(axis, low + share * (high - low));
}

/** The part of the axis between two shares of its length, which may lie beyond its ends. */
export function part(axis: Axis, low: number, high: number): Domain {
  return [valueAt(axis, low), valueAt(axis, high)];
}

/** What is shown of `whole` where `wanted` was chosen: not less than can be read, nothing beyond its ends; null where it is all of it. */
export function within(whole: Axis, wanted: Domain): Domain | null {
  let [low, high] = wanted.map((value) => shareOf(whole, value));
  if (!(high - low < 1 - 1e-9) || high <= 0 || low >= 1) return null;
  const lacking = Math.max(0, LEAST - (high - low)) / 2;
  [low, high] = [low - lacking, high + lacking];
  // Moved back to the ends as it is, not cut there: its width is the reader's.
  const beyond = low < 0 ? low : Math.max(0, high - 1);
  return part(whole, low - beyond, high - beyond);
}

/** Zooms by a factor, below 1 inwards, about a share of the axis's length, which stays where it is. */
export function zoomed(axis: Axis, factor: number, about: number): Domain {
  return part(axis, about - about * factor, about + (1 - about) * factor);
}

/** The axis moved, no further than it must be, so that the value is on it. */
export function including(axis: Axis, value: number): Domain {
  const share = shareOf(axis, value);
  // A little room, so that what stands there is not at the frame.
  const room = 0.04;
  const by = share < 0 ? share - room : share > 1 ? share - 1 + room : 0;
  return by === 0 ? axis.domain : part(axis, by, 1 + by);
}
