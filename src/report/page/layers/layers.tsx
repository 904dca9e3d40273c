import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Plot } from "../chart/plot.tsx";
import type { PartProps } from "../island.tsx";
import { Column, Note, Scrollable } from "../parts.tsx";
import type { LayersPart } from "./layers_part.ts";

/** What flows through the layers of one of the runs. */
export function Layers({ part: { charts, runs }, page, t, state }: PartProps<LayersPart>): JSX.Element {
  const chosen = useSignal(0);
  const { trial, epoch, layers } = runs[chosen.value];
  const caption = `${page.single ?? t.trial(trial)}${t.comma}${t.epoch} ${epoch}`;
  const { layer, units, mean, std, saturated, gradientStd } = t.diagnostics;
  return (
    <>
      <Note
        sentences={[t.diagnostics.note, t.diagnostics.gradientNote, t.diagnostics.reading]}
        space={t.space}
      />
      {runs.length > 1 && (
        <div class="controls">
          <label for="diagnosed">{t.diagnostics.choose}</label>
          <select
            id="diagnosed"
            value={chosen.value}
            onChange={(event) => chosen.value = Number(event.currentTarget.value)}
          >
            {runs.map(({ trial, label }, i) => <option key={trial} value={i}>{label}</option>)}
          </select>
        </div>
      )}
      <div class="charts">
        {charts.map(({ flow, chart }) => (
          <Plot
            key={flow}
            chart={chart}
            state={state}
            rows={() => runs[chosen.value].rows[flow]}
          />
        ))}
      </div>
      <Scrollable label={caption}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <Column text={layer} words />
              {[units, mean, std, saturated, gradientStd].map((title) => <Column key={title} text={title} />)}
            </tr>
          </thead>
          <tbody>
            {layers.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row" class="text">{name}</th>
                {cells.map((cell, i) => <td key={i}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Note sentences={[t.diagnostics.saturatedNote]} space="" />
    </>
  );
}
