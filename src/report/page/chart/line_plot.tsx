import {
  type ReadonlySignal,
  type Signal,
  untracked,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { PageState } from "../state.ts";
import { type Axis, shareOf } from "./axis.ts";
import { ChartView } from "./chart_view.ts";
import { crossRows, domainSignals, greyRows, lineSpec, type TitledAxis, traceRows } from "./line_spec.ts";
import type { LineState } from "./line_state.ts";
import type { PageChart } from "./page_chart.ts";
import type { VegaSpec } from "./vega_spec.ts";
import { LinePointer } from "./pointer.ts";
import { useEffectNow } from "./use_effect_now.ts";
import { useLatestData } from "./use_latest.ts";
import { type Cross, type Frame, pointAt, type Trace, trialAt } from "./trace.ts";

/** What a line chart draws. */
export interface LineData {
  /** In colour; the last on top. */
  readonly traces: ReadonlySignal<readonly Trace[]>;
  /** In grey below them. */
  readonly others: ReadonlySignal<readonly Trace[]>;
  readonly crosses: ReadonlySignal<readonly Cross[]>;
  /** Of x; what part of it is shown is the group's. */
  readonly title: ReadonlySignal<Pick<TitledAxis, "title" | "whole">>;
  readonly y: ReadonlySignal<Axis>;
}

/**
 * Lines over x, as one of a group of charts that share a cursor and a zoom: see openLines(). By keyboard it is a slider: arrows, Home and
 * End move the cursor, + and - zoom, 0 shows all.
 */
export function LinePlot({ chart, state, lines, data, label, says, onPick }: {
  chart: PageChart;
  state: Pick<PageState, "colours">;
  lines: LineState;
  data: LineData;
  /** What a trial is called. */
  label(trial: number): string;
  /** What stands at the cursor, in words. */
  says: ReadonlySignal<string>;
  onPick?: ((trial: number) => void) | undefined;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const frame = useSignal<Frame | null>(null);
  const selected = useSignal<readonly [number, number] | null>(null);
  useView(place, { chart, state, lines, data, frame });
  const latest = useRef({ label, onPick });
  latest.current = { label, onPick };
  const pointer = useMemo(() =>
    new LinePointer(lines, {
      frame: () => frame.value,
      select: (range) => selected.value = range,
      label: (trial) => latest.current.label(trial),
      onPick: onPick && ((trial) => latest.current.onPick?.(trial)),
      trialAt: (at) =>
        frame.value && trialAt(at, {
          traces: [...data.others.value, ...data.traces.value],
          crosses: data.crosses.value,
          axes: { x: lines.x.value, y: data.y.value },
          frame: frame.value,
        }),
    }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const { length } = lines.stops.value;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -Math.ceil(length / 10),
      PageUp: Math.ceil(length / 10),
      Home: -Infinity,
      End: Infinity,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (Object.hasOwn(steps, event.key)) lines.step(steps[event.key]);
    else if (event.key === "+" || event.key === "=") lines.zoom(0.5);
    else if (event.key === "-") lines.zoom(2);
    else if (event.key === "0") lines.showAll();
    else if (event.key === "Escape") {
      pointer.cancel();
      lines.cursor.value = null;
    } else return;
    event.preventDefault();
  };
  const stops = lines.stops.value;
  const last = stops.at(-1) ?? 0;
  return (
    <figure class="lines">
      <h3 id={`${chart.id}-title`}>{chart.title}</h3>
      <div
        class="stage"
        role="slider"
        tabIndex={0}
        aria-labelledby={`${chart.id}-title`}
        aria-valuemin={stops[0] ?? 0}
        aria-valuemax={last}
        aria-valuenow={lines.cursor.value ?? last}
        aria-valuetext={says.value}
        data-pointed={lines.pointed.value === null ? undefined : ""}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => pointer.down(event)}
        onPointerMove={(event) => pointer.move(event)}
        onPointerUp={(event) => pointer.up(event)}
        onPointerCancel={() => pointer.cancel()}
        onPointerLeave={(event) => pointer.leave(event)}
        onClick={(event) => pointer.click(event)}
        onDblClick={() => lines.showAll()}
        onWheel={(event) => pointer.wheel(event)}
      >
        <div class="plot" id={chart.id} ref={place} />
        <Overlay frame={frame} selected={selected} lines={lines} data={data} state={state} />
      </div>
    </figure>
  );
}

/** Draws the chart: anew for other colours and kinds of axes, otherwise what has changed of it. */
function useView(
  place: { readonly current: HTMLDivElement | null },
  { chart, state, lines, data, frame }: {
    chart: PageChart;
    state: Pick<PageState, "colours">;
    lines: LineState;
    data: LineData;
    frame: Signal<Frame | null>;
  },
): void {
  const view = useRef<ChartView | null>(null);
  const drawn = useRef<VegaSpec | null>(null);
  // By kind alone: where only the ends of an axis change, the chart stays.
  const xType = useComputed(() => lines.x.value.type);
  const yType = useComputed(() => data.y.value.type);
  const given = useLatestData(chart.spec);
  const spec = useComputed(() =>
    lineSpec(given.value, { x: { type: xType.value, ...data.title.value }, y: { type: yType.value } })
  );
  const grey = useComputed(() => greyRows(data.others.value, yType.value));
  const coloured = useComputed(() =>
    traceRows(data.traces.value, { y: yType.value, pointed: lines.pointed.value })
  );
  const crosses = useComputed(() => crossRows(data.crosses.value));
  const content = () => ({
    rows: { others: grey.value, ...coloured.value, crosses: crosses.value },
    signals: domainSignals({ x: lines.x.value, y: data.y.value }),
  });
  useEffectNow(() => {
    const colours = state.colours.value;
    const built = spec.value;
    if (place.current === null) return;
    view.current ??= new ChartView(place.current);
    const onLayout = () => frame.value = view.current?.frame ?? null;
    // What is peeked at here is drawn by the effect below.
    view.current.draw(built, { colours, ...untracked(content), onLayout });
    drawn.current = built;
  });
  useSignalEffect(() => {
    const { rows, signals } = content();
    // Axes of another kind are drawn anew above, and may not be told of ends that are no ends of theirs.
    if (drawn.current === spec.value) view.current?.update(rows, signals);
  });
  useEffect(() => () => view.current?.close(), []);
}

/** What lies over the chart and changes with the pointer: the cursor, the lines' points there, and what a drag has chosen. */
function Overlay({ frame, selected, lines, data, state }: {
  frame: ReadonlySignal<Frame | null>;
  selected: ReadonlySignal<readonly [number, number] | null>;
  lines: LineState;
  data: LineData;
  state: Pick<PageState, "colours">;
}): JSX.Element | null {
  if (frame.value === null) return null;
  const { left, top, width, height } = frame.value;
  const bottom = top + height;
  const cursor = lines.cursor.value;
  const range = selected.value;
  const share = cursor === null ? NaN : shareOf(lines.x.value, cursor);
  const colours = state.colours.value;
  const dots = data.traces.value.flatMap(({ trial, colour, dashed, points }) => {
    const point = cursor === null ? undefined : pointAt({ points }, cursor);
    if (point === undefined || colour === null) return [];
    const [x, y] = [shareOf(lines.x.value, point.x), shareOf(data.y.value, point.y)];
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return [];
    return [{ trial, dashed, colour: colours[colour.replace("token:", "")], x, y }];
  });
  return (
    <svg class="overlay" aria-hidden="true">
      {share >= 0 && share <= 1 && (
        <line class="rule" x1={left + share * width} x2={left + share * width} y1={top} y2={bottom} />
      )}
      {dots.map(({ trial, dashed, colour, x, y }) => (
        <circle
          key={`${trial}${dashed}`}
          cx={left + x * width}
          cy={top + (1 - y) * height}
          r={4}
          stroke={colour}
          fill={dashed ? "var(--ground)" : colour}
        />
      ))}
      {range !== null && (
        <rect class="chosen" x={range[0]} width={range[1] - range[0]} y={top} height={height} />
      )}
    </svg>
  );
}
