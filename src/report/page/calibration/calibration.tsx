import type { JSX } from "preact";
import { formatPercent } from "../../../text/numbers.ts";
import type { BinRow } from "../../charts/reliability_panel.ts";
import type { Messages } from "../../messages/en.ts";
import { binRange, binTable, calibrationSummary } from "../../sections/calibration_data.ts";
import { Plot } from "../chart/plot.tsx";
import { ExaminedTrial } from "../examined_trial.tsx";
import type { PartProps } from "../island.tsx";
import { Column, Note, Scrollable } from "../parts.tsx";
import type { CalibratedTrial, CalibrationPart } from "./calibration_part.ts";

const DIAGONAL = [{ low: 0, high: 1 }];

/** How often a network is right that is so sure: the reliability diagram of a trial, and the numbers in it. */
export function Calibration({ part, page, t, state }: PartProps<CalibrationPart>): JSX.Element {
  const { trials, all, reliability, confidences } = part;
  const examined = () => trials.find(({ trial }) => trial === state.examined.value) ?? trials[0];
  const { trial, seed, bins } = examined();
  const drawn = () => ({ bins: binRows(examined(), t) });
  return (
    <>
      <Note
        sentences={[t.calibration.note, trials.length === 1 ? "" : t.errors.examined(trials.length, all)]}
        space={t.space}
      />
      <ExaminedTrial name="calibration" trials={trials} label={t.errors.choose} state={state} />
      {bins === null ? <p class="note">{t.calibration.none(page.single ?? t.trial(trial))}</p> : (
        <>
          <p>
            <strong>{page.single ?? t.run(trial, seed)}</strong>
            {t.colon}
            {calibrationSummary(bins, t)}
          </p>
          <div class="calibration">
            <div>
              <Plot chart={reliability} state={state} rows={() => ({ ...drawn(), diagonal: DIAGONAL })} />
              <Plot chart={confidences} state={state} rows={drawn} />
            </div>
            <Groups bins={bins} t={t} />
          </div>
        </>
      )}
      <Note sentences={[t.calibration.definition]} space="" />
    </>
  );
}

function Groups({ bins, t }: { bins: NonNullable<CalibratedTrial["bins"]>; t: Messages }): JSX.Element {
  const { titles, rows } = binTable(bins, t);
  return (
    <div>
      <h3 id="bins-title">{t.calibration.table}</h3>
      <Scrollable label={t.calibration.table}>
        <table class="bins" aria-labelledby="bins-title">
          <thead>
            <tr>{titles.map((title, i) => <Column key={title} text={title} words={i === 0} />)}</tr>
          </thead>
          <tbody>
            {rows.map(([range, ...cells]) => (
              <tr key={range}>
                <th scope="row" class="text">{range}</th>
                {cells.map((cell, i) => <td key={i}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </div>
  );
}

function binRows({ bins }: CalibratedTrial, t: Messages): BinRow[] {
  const all = (bins ?? []).reduce((sum, { count }) => sum + count, 0);
  return (bins ?? []).flatMap(({ count, accuracy, confidence }, i, { length }) => {
    if (accuracy === null || confidence === null) return [];
    const [right, mean] = [formatPercent(accuracy), formatPercent(confidence)];
    const tip = t.calibration.tip(binRange(i, length), count, right, mean);
    return [{ low: i / length, high: (i + 1) / length, accuracy, confidence, share: count / all, tip }];
  });
}
