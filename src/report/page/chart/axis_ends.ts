import type { VegaSpec } from "./vega_spec.ts";

/** What an axis shows. */
export interface AxisEnds {
  readonly domain: readonly [low: number, high: number];
  /** Left out where the chart finds its own. */
  readonly ticks?: readonly number[];
}

/**
 * A specification of which some axes show something else, by the names of their scales: to compile another takes a hundred times as long.
 * @throws TypeError where there is no such scale
 */
export function withEnds(spec: VegaSpec, ends: Readonly<Record<string, AxisEnds>>): VegaSpec {
  const { scales = [], axes = [] } = spec;
  const unknown = Object.keys(ends).find((name) => !scales.some((scale) => scale.name === name));
  if (unknown !== undefined) throw new TypeError(`Cannot change an axis: there is no scale ${unknown}`);
  const of = (name: string): AxisEnds | undefined => Object.hasOwn(ends, name) ? ends[name] : undefined;
  return {
    ...spec,
    scales: scales.map((scale) => ({ ...scale, domain: of(scale.name)?.domain ?? scale.domain })),
    axes: axes.map((axis) => {
      const ticks = of(axis.scale)?.ticks;
      if (axis.values === undefined || ticks === undefined) return axis;
      return { ...axis, values: ticks, ...axis.tickCount !== undefined && { tickCount: ticks.length } };
    }),
  };
}
