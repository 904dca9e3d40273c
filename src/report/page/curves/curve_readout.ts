import { formatCount } from "../../../text/numbers.ts";
import { formatMetric, METRIC } from "../../../tables/metrics.ts";
import type { Messages } from "../../messages/en.ts";
import type { ReadoutData } from "../chart/readout.tsx";
import { pointAt } from "../chart/trace.ts";
import type { PartProps } from "../island.tsx";
import type { CurveLines } from "./curve_lines.ts";
import { curveTrace } from "./curve_traces.ts";
import type { PageData } from "../page_data.ts";
import type { CurvesPart } from "./curves_part.ts";
import type { XUnit } from "./units.ts";

/** What stands at the cursor of the learning curves; at each trial's last epoch while there is none. */
export function curveReadout(
  { part, page, t, state }: PartProps<CurvesPart>,
  { lines, unit, drawn, grey }: CurveLines,
): ReadoutData {
  const cursor = lines.cursor.value;
  const source = { part, unit: unit.value, speeds: state.speeds.value };
  const columns = part.panels.flatMap(({ metrics, dashed }) =>
    metrics.map((metric) => ({ metric, dashed: dashed.includes(metric) }))
  );
  const found = drawn.value.map(({ trial, slot }) => {
    const points = columns.map(({ metric, dashed }) => {
      const trace = curveTrace(source, { trial, metric, colour: null, dashed });
      return trace === null ? undefined : cursor === null ? trace.points.at(-1) : pointAt(trace, cursor);
    });
    return { trial, slot, points, epoch: points.find((point) => point !== undefined)?.epoch ?? null };
  });
  const best = columns.map(({ metric }, i) => {
    const values = found.flatMap(({ points }) => points[i]?.y ?? []);
    if (found.length < 2 || values.length === 0) return null;
    return METRIC[metric].goal === "minimize" ? Math.min(...values) : Math.max(...values);
  });
  const epochs = new Set(found.flatMap(({ epoch }) => epoch ?? []));
  const brokenBy = (trial: number) => {
    const at = part.curves[trial]?.brokenAt ?? null;
    return at === null ? "" : t.curves.brokenAt(at);
  };
  /** Where some of a trial's runs have not got as far, how many have. */
  const overText = (trial: number, epoch: number | null) => {
    const { runs, at } = part.curves[trial] ?? {};
    if (runs === undefined || at === undefined || epoch === null) return "";
    const count = runs[part.epochs[at].indexOf(epoch)];
    const all = runs.reduce((a, b) => Math.max(a, b));
    return count < all ? t.curves.overRuns(count, all) : "";
  };
  return {
    caption: cursor === null ? t.curves.atEnd : placeText(cursor, unit.value, t),
    rule: cursor !== null && unit.value !== "epochs" ? t.curves.byThen : "",
    columns: columns.map(({ metric, dashed }) => ({
      title: METRIC[metric].label[t.language],
      line: dashed ? "dashed" : "unbroken",
    })),
    withEpochs: epochs.size > 1 || (cursor !== null && unit.value !== "epochs"),
    rows: found.map(({ trial, slot, points, epoch }) => {
      // Where there is one trial only its number says nothing.
      const name = part.tickable ? nameOf(trial, page, t) : part.said?.one ?? t.curves.only;
      return {
        trial,
        colour: `var(--c${slot})`,
        name,
        about: (page.labels[trial] ?? "").slice((nameOf(trial, page, t) + t.colon).length),
        fault: brokenBy(trial),
        over: overText(trial, epoch),
        epoch: epoch === null ? formatMetric("val_loss", null) : String(epoch),
        cells: points.map((point, i) => {
          const { metric } = columns[i];
          const text = (value: number) => formatMetric(metric, value);
          return {
            text: formatMetric(metric, point?.y ?? null),
            range: point?.low === undefined || point.high === undefined
              ? ""
              : `${text(point.low).replace("%", "")}–${text(point.high)}`,
            isBest: point !== undefined && point.y === best[i],
          };
        }),
      };
    }),
    rest: grey.value.length === 0
      ? ""
      : part.said?.rest ?? t.curves.rest(grey.value.length, columns.some(({ dashed }) => dashed)),
  };
}

/** A trial as its row begins; one of a comparison by its letter. */
function nameOf(trial: number, { compared }: PageData, t: Messages): string {
  return compared?.trials[trial]?.letter ?? t.trial(trial);
}

/** A readout as sentences. */
export function spoken({ caption, columns, rows }: ReadoutData, t: Messages): string {
  const trials = rows.map(({ name, over, cells }) =>
    `${name}${over && t.comma + over}${t.colon}${
      cells.map(({ text }, i) => `${columns[i].title} ${text}`).join(t.comma)
    }`
  );
  return [caption, ...trials].join("; ");
}

/** A place along x, as the cursor says it. */
function placeText(x: number, unit: XUnit, t: Messages): string {
  if (unit === "epochs") return t.curves.atEpoch(String(x));
  return unit === "iterations" ? t.curves.atIteration(formatCount(x)) : t.curves.atSecond(short(x));
}

/** To three digits, never as a power of ten. */
export function short(value: number): string {
  return value >= 100 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(3)));
}
