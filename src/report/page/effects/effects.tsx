import type { JSX } from "preact";
import { Plot } from "../chart/plot.tsx";
import type { PartProps } from "../island.tsx";
import { Column, Note, Scrollable } from "../parts.tsx";
import { effectRows, togetherRows } from "./effect_rows.ts";
import type { EffectsPart } from "./effects_part.ts";

/** What each parameter does to the metric: by itself, all together, and as shares of the variance. */
export function Effects(props: PartProps<EffectsPart>): JSX.Element {
  const { part, t, state } = props;
  const { charts, together, notes } = part;
  return (
    <>
      <Note sentences={notes} space={t.space} />
      <div class="charts small">
        {charts.map((chart, axis) => (
          <Plot
            key={chart.id}
            chart={chart}
            state={state}
            rows={() => effectRows(axis, props)}
          />
        ))}
      </div>
      {together !== null && (
        <>
          <h3>{together.chart.title}</h3>
          <Note sentences={[together.note]} space="" />
          <Scrollable label={together.chart.title}>
            <div class="wide">
              <Plot chart={together.chart} state={state} rows={() => togetherRows(props)} heading={false} />
            </div>
          </Scrollable>
        </>
      )}
      <Shares part={part} t={t} />
    </>
  );
}

function Shares(
  { part: { name, shares: { rows, notes } }, t }: Pick<PartProps<EffectsPart>, "part" | "t">,
): JSX.Element | null {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{t.effects.tableHeading}</h3>
      <Scrollable label={t.effects.tableHeading}>
        <table>
          <thead>
            <tr>
              <Column text={t.effects.parameter} words />
              <Column text={t.effects.share} />
              <Column text={t.effects.value} />
              <Column text={t.effects.runs} />
              <Column text={t.effects.meanOf(name)} />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ parameter, share, level, runs, mean, best }, i) => (
              <tr key={i}>
                <th scope="row" class="text">{parameter}</th>
                <td>{share}</td>
                <td>{best ? <strong>{level}</strong> : level}</td>
                <td>{runs}</td>
                <td>{mean}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Note sentences={notes} space={t.space} />
    </>
  );
}
