/** Where the network's picture has what, in sixteenths of a rem: its units grow with the page's letters and buttons. */
export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  /** Whether a layer's buttons stand above one another, for want of room. */
  readonly stacked: boolean;
  /** Of each hidden layer, where its chooser of an activation is, if there are some: the upper edge, and how wide it may be. */
  readonly choosers: { readonly tops: readonly number[]; readonly width: number } | null;
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
/** How high a row of choosers is, and how wide a chooser; where layers are nearer, every other one is in a second row. */
const CHOOSER = { height: 36, width: 86 };

export function layoutNetwork(
  sizes: readonly number[],
  { width, choosers = false }: { width: number; choosers?: boolean },
): NetworkLayout {
  const most = Math.max(...sizes, 4);
  const gap = (width - 88) / (sizes.length - 1);
  const size = Math.max(28, Math.min(42, gap * 0.6));
  const stacked = gap < BUTTONS;
  const buttons = stacked ? TOP.stacked : TOP.beside;
  const step = (width - 45 - size) / (sizes.length - 1);
  const rows = !choosers ? 0 : step < CHOOSER.width + 4 && sizes.length > 3 ? 2 : 1;
  const top = buttons + rows * CHOOSER.height;
  const height = top + most * PITCH;
  const left = 25 + size / 2, right = width - 20 - size / 2;
  return {
    width,
    height,
    stacked,
    choosers: rows === 0 ? null : {
      tops: sizes.slice(2).map((_, l) => buttons - 4 + l % rows * CHOOSER.height),
      width: CHOOSER.width,
    },
    size,
    columns: sizes.map((count, l) => {
      const x = left + l * (right - left) / (sizes.length - 1);
      // Each column from the top, so that a unit that is added moves no other one.
      return Array.from({ length: count }, (_, unit) => ({ x, y: top + (unit + 0.5) * PITCH }));
    }),
  };
}
