import { untracked, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageState } from "../state.ts";
import { ChartView, type Rows } from "./chart_view.ts";
import { useEffectNow } from "./use_effect_now.ts";
import { useLatest, useLatestData } from "./use_latest.ts";
import type { PageChart } from "./page_chart.ts";
import type { VegaSpec } from "./vega_spec.ts";

/** A chart in its place, drawn once the page is alive and again as often as what it depends on changes. */
export function Plot({ chart, state, rows, spec, heading = true }: {
  chart: PageChart;
  state: PageState;
  /** The rows of its data sources; the signals that it reads draw the chart again. */
  rows?: () => Rows;
  /** The specification, where axes can change; the signals that it reads build the chart anew. */
  spec?: () => VegaSpec;
  heading?: boolean;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<ChartView | null>(null);
  const given = useLatest(chart);
  const own = useLatestData(chart.spec);
  const current = rows ?? (() => given.value.data);
  useEffectNow(() => {
    if (place.current === null) return;
    view.current ??= new ChartView(place.current, { onPick: (trial) => state.toggle(trial) });
    // What is peeked at here redraws by the effect below.
    const colours = state.colours.value;
    const built = spec === undefined ? own.value : spec();
    view.current.draw(built, { colours, rows: untracked(current) });
  });
  useSignalEffect(() => {
    // Another chart has other rows, also where they follow from no signal.
    given.value;
    view.current?.update(current());
  });
  useEffect(() => () => view.current?.close(), []);
  return (
    <figure>
      {heading && <h3>{chart.title}</h3>}
      <div class="plot" id={chart.id} ref={place} />
    </figure>
  );
}
