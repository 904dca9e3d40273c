/** Where the network's picture has what, in CSS pixels. */
export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  /** Whether a layer's buttons stand above one another, for want of room. */
  readonly stacked: boolean;
  /** Side of a unit. */
  readonly size: number;
  /** By layer, from the inputs to the outputs, the middles of its units. */
  readonly columns: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

/** Between the middles of neighbouring units. */
const PITCH = 48;
/** The room above for a layer's buttons, beside or above one another; and how wide they are beside. */
const TOP = { beside: 50, stacked: 106 };
const BUTTONS = 92;

export function layoutNetwork(sizes: readonly number[], width: number): NetworkLayout {
  const most = Math.max(...sizes, 4);
  const gap = (width - 88) / (sizes.length - 1);
  const size = Math.max(28, Math.min(42, gap * 0.6));
  const stacked = gap < BUTTONS;
  const top = stacked ? TOP.stacked : TOP.beside;
  const height = top + most * PITCH;
  const left = 25 + size / 2, right = width - 20 - size / 2;
  return {
    width,
    height,
    stacked,
    size,
    columns: sizes.map((count, l) => {
      const x = left + l * (right - left) / (sizes.length - 1);
      // Each column from the top, so that a unit that is added moves no other one.
      return Array.from({ length: count }, (_, unit) => ({ x, y: top + (unit + 0.5) * PITCH }));
    }),
  };
}
