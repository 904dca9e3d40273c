import type { VegaSpec } from "./page_chart.ts";

/** What an axis shows. */
export interface AxisEnds {
  readonly domain: readonly [low: number, high: number];
  /** Left out where the chart finds its own. */
  readonly ticks?: readonly number[];
}

/** A specification of which some axes show something else, by the names of their scales. To compile another takes a hundred times as long. */
export function withEnds(spec: VegaSpec, ends: Readonly<Record<string, AxisEnds>>): VegaSpec {
  const of = (name: string): AxisEnds | undefined => Object.hasOwn(ends, name) ? ends[name] : undefined;
  return {
    ...spec,
    scales: (spec.scales ?? []).map((scale) => ({
      ...scale,
      domain: of(scale.name)?.domain ?? scale.domain,
    })),
    axes: (spec.axes ?? []).map((axis) => {
      const ticks = of(axis.scale)?.ticks;
      if (axis.values === undefined || ticks === undefined) return axis;
      return { ...axis, values: ticks, ...axis.tickCount !== undefined && { tickCount: ticks.length } };
    }),
  };
}
