import type { JSX } from "preact";
import { type CalibrationBin, expectedCalibrationError } from "../../../metrics/calibration.ts";
import { formatCount, formatPercent, formatSigned } from "../../../text/numbers.ts";
import type { BinRow } from "../../charts/reliability_panel.ts";
import type { Messages } from "../../messages/en.ts";
import { Plot } from "../chart/plot.tsx";
import { ExaminedTrial } from "../examined_trial.tsx";
import type { PartProps } from "../island.tsx";
import { Column, Note, Scrollable } from "../parts.tsx";
import type { CalibratedTrial, CalibrationPart, PageBin } from "./calibration_part.ts";

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
            {summary(bins, t)}
          </p>
          <div class="calibration">
            <div>
              <Plot chart={reliability} state={state} rows={() => ({ ...drawn(), diagonal: DIAGONAL })} />
              <Plot chart={confidences} state={state} rows={drawn} />
            </div>
            <Bins bins={bins} t={t} />
          </div>
        </>
      )}
      <Note sentences={[t.calibration.definition]} space="" />
    </>
  );
}

function Bins({ bins, t }: { bins: readonly PageBin[]; t: Messages }): JSX.Element {
  const { confidence, images, accuracy, mean, gap } = t.calibration;
  return (
    <div>
      <h3 id="bins-title">{t.calibration.table}</h3>
      <Scrollable label={t.calibration.table}>
        <table class="bins" aria-labelledby="bins-title">
          <thead>
            <tr>
              <Column text={confidence} words />
              {[images, accuracy, mean, gap].map((title) => <Column key={title} text={title} />)}
            </tr>
          </thead>
          <tbody>
            {bins.map(([count, right, sum], i) =>
              count > 0 && (
                <tr key={i}>
                  <th scope="row" class="text">{range(i, bins.length)}</th>
                  <td>{formatCount(count)}</td>
                  <td>{shortPercent(right / count)}</td>
                  <td>{shortPercent(sum / count)}</td>
                  <td>{formatSigned((100 * (right - sum) / count).toFixed(1))}</td>
                </tr>
              )
            )}
          </tbody>
        </table>
      </Scrollable>
    </div>
  );
}

function binRows({ bins }: CalibratedTrial, t: Messages): BinRow[] {
  const all = (bins ?? []).reduce((sum, [count]) => sum + count, 0);
  return (bins ?? []).flatMap(([count, right, sum], i, { length }) => {
    if (count === 0) return [];
    const [accuracy, confidence] = [right / count, sum / count];
    const tip = t.calibration.tip(
      range(i, length),
      count,
      formatPercent(accuracy),
      formatPercent(confidence),
    );
    return [{ low: i / length, high: (i + 1) / length, accuracy, confidence, share: count / all, tip }];
  });
}

function shortPercent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** `93.3–100%` */
function range(index: number, bins: number): string {
  const [low, high] = [index, index + 1].map((bound) => String(Number((100 * bound / bins).toFixed(1))));
  return `${low}–${high}%`;
}

function summary(bins: readonly PageBin[], t: Messages): string {
  const [all, right, sum] = [0, 1, 2].map((i) => bins.reduce((total, bin) => total + bin[i], 0));
  const error = expectedCalibrationError(bins.map(([count, right, sum]): CalibrationBin => ({
    count,
    accuracy: count === 0 ? null : right / count,
    confidence: count === 0 ? null : sum / count,
  })));
  return t.calibration.summary(formatPercent(error), formatPercent(sum / all), formatPercent(right / all));
}
