import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Plot } from "../chart/plot.tsx";
import type { PartProps } from "../island.tsx";
import { Note } from "../parts.tsx";
import { curveRows } from "./curve_rows.ts";
import type { CurveChart, CurvesPart } from "./curves_part.ts";

/** The learning curves, each metric in a chart of its own. */
export function Curves(props: PartProps<CurvesPart>): JSX.Element {
  const { part: { charts, notes }, t, state } = props;
  const loss = useSignal<"log" | "linear">("log");
  const epochs = useSignal<"log" | "linear">("linear");
  const spec = ({ chart, specs }: CurveChart) =>
    specs[`${loss.value}-${epochs.value}`] ?? specs[`linear-${epochs.value}`] ?? chart.spec;
  return (
    <>
      <Note sentences={notes} space={t.space} />
      <div class="controls" role="group" aria-label={t.page.controls}>
        {([[t.page.logLoss, loss], [t.page.logEpoch, epochs]] as const).map(([title, axis]) => (
          <button
            key={title}
            type="button"
            aria-pressed={axis.value === "log"}
            onClick={() => axis.value = axis.value === "log" ? "linear" : "log"}
          >
            {title}
          </button>
        ))}
      </div>
      <div class="charts">
        {charts.map((chart) => (
          <Plot
            key={chart.metric}
            chart={chart.chart}
            state={state}
            spec={() => spec(chart)}
            rows={() => curveRows(chart.metric, props)}
          />
        ))}
      </div>
      <p class="note screen">{t.page.hint}</p>
    </>
  );
}
