import type { JudgedRows } from "../../numpy/rows_npz.ts";
import { withoutControls } from "../../text/controls.ts";
import { formatCount, shortNumber } from "../../text/numbers.ts";
import { classNames, type ReportModel } from "../report_model.ts";
import { formatShare } from "./judged_images.ts";

/** How many rows are listed, and how many of a row's numbers. */
const MOST_ROWS = 20;
const MOST_NUMBERS = 8;

/** The most confident mistakes on rows of numbers, as a table. */
export interface RowMistakes {
  readonly header: readonly string[];
  readonly lines: readonly (readonly string[])[];
  /** How many there are of how many, and what is left out. */
  readonly note: string;
}

/** The most confident mistakes of a run whose rows nobody can draw. */
export function rowMistakes(model: ReportModel, rows: JudgedRows): RowMistakes {
  const { t, input: { images } } = model;
  const { indices, labels, predictions, probabilities, numbers, features } = rows;
  const classes = indices.length === 0 ? 0 : probabilities.length / indices.length;
  const names = classNames(model, classes);
  const wrong = Array.from(labels, (_, i) => i).filter((i) => labels[i] !== predictions[i]);
  const shown = Math.min(features, MOST_NUMBERS);
  const inputs = Array.from(
    { length: shown },
    (_, j) => withoutControls(images?.input_names?.[j] ?? `x${j}`),
  );
  const { index, confidence, trueConfidence, rowsShown, inputsLeftOut } = t.mistakes;
  return {
    header: [index, t.confusion.predicted, t.confusion.true, confidence, trueConfidence, ...inputs],
    lines: wrong.slice(0, MOST_ROWS).map((i) => [
      formatCount(indices[i]),
      names[predictions[i]],
      names[labels[i]],
      formatShare(probabilities[i * classes + predictions[i]]),
      formatShare(probabilities[i * classes + labels[i]]),
      ...Array.from(
        numbers.subarray(i * features, i * features + shown),
        (value) => String(shortNumber(value)),
      ),
    ]),
    note: [
      rowsShown(Math.min(wrong.length, MOST_ROWS)),
      features > shown ? inputsLeftOut(features - shown) : "",
    ].filter((part) => part !== "").join(t.space),
  };
}
