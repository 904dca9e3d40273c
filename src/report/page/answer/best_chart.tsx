import { untracked, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { formatLoss, formatPercent } from "../../../text/numbers.ts";
import { evenIndices } from "../../../text/sparkline.ts";
import { type CurveMetric, isAccuracy } from "../../../tables/metrics.ts";
import type { Messages } from "../../messages/en.ts";
import { shareOf } from "../chart/axis.ts";
import { ChartView, type Rows } from "../chart/chart_view.ts";
import { nearest } from "../chart/trace.ts";
import { useEffectNow } from "../chart/use_effect_now.ts";
import { useLatest, useLatestData } from "../chart/use_latest.ts";
import type { PartProps } from "../island.tsx";
import { Column } from "../parts.tsx";
import type { BestPart, Series } from "./best_part.ts";

/** The colour of each line, and whether it is broken: training loss is of other moments than the others. */
const LINES: Readonly<Record<CurveMetric, { readonly colour: string; readonly dash: string }>> = {
  train_loss: { colour: "c0", dash: "6 3" },
  val_loss: { colour: "c1", dash: "" },
  val_accuracy: { colour: "c2", dash: "" },
};

/** Rows of the table below the chart: all numbers are in history.csv. */
const MAX_ROWS = 20;

/** The best trial's losses and accuracy; a legend that tells the values after the epoch that is pointed at, or the last. */
export function BestChart({ part, t, state }: PartProps<BestPart>): JSX.Element {
  const { chart, x, series, epochs, note } = part;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<ChartView | null>(null);
  /** The place in `epochs` of the epoch that is read off; null until one is. */
  const chosen = useSignal<number | null>(null);
  const at = Math.min(chosen.value ?? Infinity, epochs.length - 1);
  const given = useLatest(part);
  const spec = useLatestData(chart.spec);
  const lines = useComputed(() => lineRows(given.value.series));

  useEffectNow(() => {
    const colours = state.colours.value;
    if (place.current === null) return;
    view.current ??= new ChartView(place.current);
    // The cursor is peeked at here, and moved by the effect below.
    const rows = untracked(() => ({ ...lines.value, ...cursorRows(given.value, chosen.value) }));
    view.current.draw(spec.value, { colours, rows });
  });
  useSignalEffect(() => view.current?.update({ ...lines.value, ...cursorRows(given.value, chosen.value) }));
  useEffect(() => () => view.current?.close(), []);

  const point = ({ clientX }: { clientX: number }) => {
    const frame = view.current?.frame ?? null;
    if (place.current === null || frame === null) return;
    const share = (clientX - place.current.getBoundingClientRect().left - frame.left) / frame.width;
    chosen.value = nearest(epochs.map((epoch) => shareOf(x, epoch)), share);
  };
  const press = (event: KeyboardEvent) => {
    const last = epochs.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 10,
      PageUp: at + 10,
      Home: 0,
      End: last,
    };
    if (event.key === "Escape") chosen.value = null;
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    chosen.value = Math.max(0, Math.min(last, to));
  };
  const epoch = epochs[at];
  const readings = series.map(({ metric, points }) => ({
    metric,
    name: t.curves[metric],
    value: valueAt(points, epoch, metric),
  }));
  const spoken = [`${t.epoch} ${epoch}`, ...readings.map(({ name, value }) => `${name} ${value}`)].join(
    t.comma,
  );
  return (
    <figure class="best-chart">
      <table class="legend">
        <thead>
          <tr>
            <th class="text" scope="col">{chart.title}</th>
            <th scope="col">{t.epoch} {epoch}</th>
          </tr>
        </thead>
        <tbody>
          {readings.map(({ metric, name, value }) => (
            <tr key={metric}>
              <th scope="row" class="text">
                <Swatch metric={metric} />
                {name}
                <span class="note">
                  {t.colon}
                  {metric === "train_loss" ? t.answer.meanEpoch : t.answer.afterEpoch}
                </span>
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div
        class="reader"
        role="slider"
        tabIndex={0}
        aria-label={`${chart.title}${t.colon}${t.answer.chooseEpoch}`}
        aria-valuemin={epochs[0]}
        aria-valuemax={epochs[epochs.length - 1]}
        aria-valuenow={epoch}
        aria-valuetext={spoken}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => chosen.value = null}
        onKeyDown={press}
      >
        {/* Vega names its own place as it likes. */}
        <div class="plot" id={chart.id} ref={place} />
      </div>
      {note !== "" && <p class="note">{note}</p>}
      <Numbers series={series} epochs={epochs} t={t} />
    </figure>
  );
}

/** A piece of a line, as the chart draws it. */
function Swatch({ metric }: { metric: CurveMetric }): JSX.Element {
  const { colour, dash } = LINES[metric];
  return (
    <svg class="line-key" width="26" height="10" aria-hidden="true">
      <line x1="0" y1="5" x2="26" y2="5" style={`stroke:var(--${colour})`} stroke-dasharray={dash} />
    </svg>
  );
}

function Numbers(
  { series, epochs, t }: { series: readonly Series[]; epochs: readonly number[]; t: Messages },
): JSX.Element {
  const shown = evenIndices(epochs.length, MAX_ROWS).map((i) => epochs[i]);
  return (
    <details>
      <summary>{t.answer.numbers}</summary>
      <table>
        <thead>
          <tr>
            <Column text={t.epoch} />
            {series.map(({ metric }) => <Column key={metric} text={t.curves[metric]} />)}
          </tr>
        </thead>
        <tbody>
          {shown.map((epoch) => (
            <tr key={epoch}>
              <th scope="row">{epoch}</th>
              {series.map(({ metric, points }) => <td key={metric}>{valueAt(points, epoch, metric)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function valueAt(points: Series["points"], epoch: number, metric: CurveMetric): string {
  const value = points.find(([at]) => at === epoch)?.[1] ?? null;
  return isAccuracy(metric) ? formatPercent(value) : formatLoss(value);
}

const panelOf = (metric: CurveMetric) => isAccuracy(metric) ? "accuracy" : "loss";

function lineRows(series: readonly Series[]): Rows {
  const rows: Record<string, object[]> = {};
  const add = (name: string, row: object) => (rows[name] ??= []).push(row);
  for (const { metric, points } of series) {
    const { colour, dash } = LINES[metric];
    for (const [epoch, mean, low, high] of points) {
      const own = { key: metric, epoch, colour: `token:${colour}` };
      add(panelOf(metric), { ...own, mean, dash: dash === "" ? [1, 0] : dash.split(" ").map(Number) });
      if (low !== undefined) add(`${panelOf(metric)}Bands`, { ...own, low, high });
    }
  }
  return rows;
}

/** Of the chosen epoch: a rule across the chart and a dot on each line. */
function cursorRows({ series, epochs }: BestPart, chosen: number | null): Rows {
  const rows: Record<string, object[]> = {
    cursor: chosen === null ? [] : [{ epoch: epochs[chosen] }],
  };
  for (const { metric, points } of series) {
    const dots = rows[`${panelOf(metric)}Cursor`] ??= [];
    for (const [epoch, mean] of points) {
      if (chosen !== null && epoch === epochs[chosen]) {
        dots.push({ epoch, mean, colour: `token:${LINES[metric].colour}` });
      }
    }
  }
  return rows;
}
