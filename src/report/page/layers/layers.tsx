import type { JSX } from "preact";
import { formatCount } from "../../../text/numbers.ts";
import { COLOURS } from "../../charts/palette.ts";
import type { Messages } from "../../messages/en.ts";
import { FLOWS, layerName } from "../../sections/flows.ts";
import type { Rows } from "../chart/chart_view.ts";
import { Plot } from "../chart/plot.tsx";
import type { PageChart } from "../chart/page_chart.ts";
import { ExaminedTrial } from "../examined_trial.tsx";
import type { PartProps } from "../island.tsx";
import { Column, Note } from "../parts.tsx";
import type { PageState } from "../state.ts";
import { Filters } from "./filters.tsx";
import {
  epochAxis,
  flowAxis,
  flowRows,
  type LayerAxis,
  lineAxis,
  lineRows,
  LINES,
  type ReadFlows,
  readFlows,
  withAxes,
} from "./layer_rows.ts";
import type { LayerFlows, LayersPart, LayerTrial } from "./layers_part.ts";

/** What a trial's network looks like from inside: its first weights, and what flows through its layers. */
export function Layers({ part, page, t, state }: PartProps<LayersPart>): JSX.Element {
  const { trials } = part;
  const trial = examined(part, state);
  return (
    <>
      <ExaminedTrial name="layers" trials={trials} label={t.diagnostics.choose} state={state} />
      {page.rows === undefined && (
        <>
          <h3>{t.filters.heading}</h3>
          {trial.filters === null
            ? <p class="note">{t.filters.notHeld(page.single !== null)}</p>
            : <Filters trial={trial.trial} filters={trial.filters} t={t} />}
        </>
      )}
      {trial.flows === null
        ? <p class="note">{t.diagnostics.none(page.single ?? t.trial(trial.trial))}</p>
        : <Flows part={part} flows={trial.flows} t={t} state={state} />}
    </>
  );
}

function examined({ trials }: LayersPart, state: PageState): LayerTrial {
  return trials.find(({ trial }) => trial === state.examined.value) ?? trials[0];
}

const READ = new WeakMap<LayerFlows, ReadFlows>();

/** Read once, however many charts show it; nothing flows where nothing is known. */
function flowsOf({ flows }: LayerTrial): ReadFlows {
  if (flows === null) return { epochs: [], layers: [] };
  const known = READ.get(flows) ?? readFlows(flows);
  READ.set(flows, known);
  return known;
}

function Flows({ part, flows, t, state }: {
  part: LayersPart;
  flows: LayerFlows;
  t: Messages;
  state: PageState;
}): JSX.Element {
  const { magnitudes, shares } = part;
  const { epochs, allEpochs, units, codes } = flows;
  const layers = units.length;
  const hasHistograms = codes.flat().some((code) => code.includes(":"));
  const current = () => flowsOf(examined(part, state));
  const chart = (id: string, title: string, spec = magnitudes): PageChart => ({
    id,
    title,
    description: title,
    spec,
    data: {},
  });
  const lines = LINES.filter((line) => line !== "saturated" || layers > 1);
  return (
    <>
      {FLOWS.map((flow) => (
        <div key={flow}>
          <h3>{t.diagnostics[flow]}</h3>
          <Note
            sentences={flow === "activation"
              ? [
                t.diagnostics.note,
                hasHistograms ? t.diagnostics.histogramNote : t.diagnostics.quantileNote,
                epochs.length < allEpochs ? t.diagnostics.epochsSampled(epochs.length, allEpochs) : "",
              ]
              : [t.diagnostics.gradientNote, t.diagnostics.reading(part.classes)]}
            space={t.space}
          />
          <div class="layer-charts">
            {units.map((count, layer) => {
              const title = `${layerName(layer + 1, layers, t)} (${t.diagnostics.unitCount(count)})`;
              return (
                <LivePlot
                  key={layer}
                  chart={chart(`${flow}-${layer + 1}`, title)}
                  axis={(flows) => flowAxis(flows, flow)}
                  rows={(flows, axis) => flowRows(flows, { flow, layer, axis, t })}
                  {...{ state, current }}
                />
              );
            })}
          </div>
        </div>
      ))}
      <h3>{t.diagnostics.linesHeading}</h3>
      <Legend layers={layers} t={t} />
      <div class="layer-charts">
        {lines.map((line) => (
          <LivePlot
            key={line}
            chart={chart(
              `layer-${line}`,
              t.diagnostics.lines[line],
              line === "saturated" ? shares : magnitudes,
            )}
            axis={(flows) => lineAxis(flows, line)}
            rows={(flows, axis) => lineRows(flows, { line, axis, t })}
            {...{ state, current }}
          />
        ))}
      </div>
      {layers > 1 && <Note sentences={[t.diagnostics.saturatedNote]} space="" />}
      <LastEpoch flows={flows} t={t} />
    </>
  );
}

/** A chart of what flows in the trial that is chosen, by epoch. */
function LivePlot({ chart, state, current, axis, rows }: {
  chart: PageChart;
  state: PageState;
  current(): ReadFlows;
  /** Upwards. */
  axis(flows: ReadFlows): LayerAxis;
  rows(flows: ReadFlows, axis: LayerAxis): Rows;
}): JSX.Element {
  return (
    <Plot
      chart={chart}
      state={state}
      spec={() => {
        const flows = current();
        return withAxes(chart.spec, { x: epochAxis(flows), y: axis(flows) });
      }}
      rows={() => {
        const flows = current();
        return rows(flows, axis(flows));
      }}
    />
  );
}

/** The layers that there are, by the colours of their lines. */
function Legend({ layers, t }: { layers: number; t: Messages }): JSX.Element {
  return (
    <ul class="layer-legend">
      {Array.from({ length: layers }, (_, layer) => (
        <li key={layer}>
          <i style={`background:var(--${layer < COLOURS ? `c${layer}` : "muted"})`} />
          {layerName(layer + 1, layers, t)}
        </li>
      ))}
    </ul>
  );
}

function LastEpoch(
  { flows: { epochs, units, last }, t }: { flows: LayerFlows; t: Messages },
): JSX.Element {
  const { layer, units: count, mean, std, saturated, gradientStd } = t.diagnostics;
  return (
    <table class="layers">
      <caption>{t.diagnostics.lastEpoch(epochs.at(-1) ?? 0)}</caption>
      <thead>
        <tr>
          <Column text={layer} words />
          {[count, mean, std, saturated, gradientStd].map((title) => <Column key={title} text={title} />)}
        </tr>
      </thead>
      <tbody>
        {last.map((cells, i) => (
          <tr key={i}>
            <th scope="row" class="text">{layerName(i + 1, last.length, t)}</th>
            {[formatCount(units[i]), ...cells].map((cell, i) => <td key={i}>{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
