import type { JSX } from "preact";
import { Plot } from "../chart/plot.tsx";
import type { PartProps } from "../island.tsx";
import { Column, Note } from "../parts.tsx";
import { effectRows } from "./effect_rows.ts";
import type { EffectsPart } from "./effects_part.ts";
import { Parallel } from "./parallel.tsx";

/** What each parameter does to the metric: as shares of the variance, by itself, and all together. */
export function Effects(props: PartProps<EffectsPart>): JSX.Element {
  const { part: { charts, together, notes }, t, state } = props;
  return (
    <>
      <div class="shares-means">
        <Shares {...props} />
        <Means {...props} />
      </div>
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
      <Note sentences={notes} space={t.space} />
      {together?.kind === "pair" && (
        <>
          <h3>{together.chart.title}</h3>
          <Note sentences={[together.note]} space="" />
          <Plot chart={together.chart} state={state} heading={false} />
        </>
      )}
      {together?.kind === "parallel" && (
        <>
          <h3>{together.heading}</h3>
          <Note sentences={[together.note]} space="" />
          {/* Other axes have other ranges. */}
          <Parallel key={props.part.axes.map(({ title }) => title).join()} {...props} />
        </>
      )}
    </>
  );
}

function Shares(
  { part: { shares: { rows, notes } }, t }: Pick<PartProps<EffectsPart>, "part" | "t">,
): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <div>
      <h3 id="shares-title">{t.effects.tableHeading}</h3>
      {rows.length > 0 && (
        <table class="shares" aria-labelledby="shares-title">
          <thead>
            <tr>
              <Column text={t.effects.parameter} words />
              <th scope="col" class="text" colSpan={2}>{t.effects.share}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, share, text }) => (
              <tr key={title}>
                <th scope="row" class="text">{title}</th>
                <td>{text}</td>
                <td class="bars">
                  <span class="track">
                    <span class="bar" style={`width:${(100 * share).toFixed(1)}%`} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Note sentences={notes} space={t.space} />
    </div>
  );
}

function Means(
  { part: { means, metric }, t }: Pick<PartProps<EffectsPart>, "part" | "t">,
): JSX.Element {
  return (
    <div>
      <h3 id="means-title">{t.effects.meansHeading(metric.title)}</h3>
      <table class="means" aria-labelledby="means-title">
        <thead>
          <tr>
            <Column text={t.effects.value} words />
            <Column text={t.effects.trials} />
            <Column text={t.effects.mean} />
            <Column text={t.effects.intervalColumn} />
          </tr>
        </thead>
        {means.map(({ title, rows }) => (
          <tbody key={title}>
            <tr>
              <th scope="rowgroup" class="text" colSpan={4}>{title}</th>
            </tr>
            {rows.map(({ level, trials, mean, interval, best }) => (
              <tr key={level}>
                <td class="text">{best ? <strong>{level}</strong> : level}</td>
                <td>{trials}</td>
                <td>{mean}</td>
                <td class="interval">{interval}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
