/** A list of values for each of several parameters, in their order. */
export type GridAxes<T> = Readonly<Record<string, readonly T[]>>;

/** The size of a grid, and how many points apart two neighbouring values of each parameter are. */
export interface GridSize {
  /** Points in all. */
  readonly count: number;
  /** By parameter. */
  readonly strides: Readonly<Record<string, number>>;
}

/** Counts a grid's points. The last parameter varies fastest, as in Python's itertools.product. Without parameters it has one. */
export function gridSize(axes: GridAxes<unknown>): GridSize {
  const strides: Record<string, number> = {};
  let count = 1;
  for (const [name, values] of Object.entries(axes).reverse()) {
    strides[name] = count;
    count *= values.length;
  }
  return { count, strides };
}

/** Which value of the parameter `name` the grid's point `index` has, counted from 0. */
export function gridChoice(
  axes: GridAxes<unknown>,
  { strides }: GridSize,
  name: string,
  index: number,
): number {
  return Math.floor(index / strides[name]) % axes[name].length;
}

/** The values of the grid's point `index`, 0 <= index < count. */
export function gridPoint<T>(axes: GridAxes<T>, size: GridSize, index: number): Record<string, T> {
  const point: Record<string, T> = {};
  for (const name of Object.keys(axes)) point[name] = axes[name][gridChoice(axes, size, name, index)];
  return point;
}
