import { type Codec, count } from "../text/codecs.ts";
import { parseTable, type Table, wrongTable } from "./table.ts";

/** What a run predicted: sample `index` is of class `labels[index]` and was taken for `predictions[index]`. */
export interface Predictions {
  readonly labels: Uint8Array;
  readonly predictions: Uint8Array;
}

const classIndex: Codec<number> = {
  expects: "an integer from 0 to 255",
  write: count.write,
  read(cell) {
    const value = count.read(cell);
    return value !== undefined && value < 256 ? value : undefined;
  },
};

const TABLE: Table<{ index: number; label: number; predicted: number }> = {
  name: "predictions.csv",
  columns: { index: count, label: classIndex, predicted: classIndex },
  key: ["index"],
};

const HEADER = "index,label,predicted\n";
const [ZERO, COMMA, LINE_END] = [..."0,\n"].map((character) => character.charCodeAt(0));

/**
 * Writes `predictions.csv`: `index,label,predicted`, index from 0. Joined by hand: a sweep writes one for every run, all
 * cells are small integers, and csv-stringify takes 33 ms for 10,000 rows where this takes 1.4 ms.
 * @throws TypeError if there are not as many predictions as labels
 */
export function formatPredictions({ labels, predictions }: Predictions): string {
  if (labels.length !== predictions.length) {
    throw new TypeError(
      `Cannot format predictions.csv: predictions must be as many as labels, ${labels.length}, found ` +
        predictions.length,
    );
  }
  let text = HEADER;
  for (let i = 0; i < labels.length; i++) text += `${i},${labels[i]},${predictions[i]}\n`;
  return text;
}

/** Rows may stand in any order. @throws SyntaxError that names the line and column at fault, or the first index that is missing */
export function parsePredictions(text: string): Predictions {
  const written = readWritten(text);
  if (written !== null) return written;
  const rows = parseTable(TABLE, text);
  if (rows.length === 0) {
    throw wrongTable(TABLE, { en: "it must have a row or more, found none", ja: "行がひとつもありません" });
  }
  const missing = rows.findIndex((row, i) => row.index !== i);
  if (missing >= 0) {
    const last = rows.length - 1;
    throw wrongTable(TABLE, {
      en: `index must run from 0 to ${last}, found none that is ${missing}`,
      ja: `index は 0 から ${last} まで揃っていなければなりませんが、${missing} がありません`,
    });
  }
  return {
    labels: Uint8Array.from(rows, (row) => row.label),
    predictions: Uint8Array.from(rows, (row) => row.predicted),
  };
}

/** What formatPredictions() wrote, read in a tenth of the time, as a report reads dozens; null for any other text. */
function readWritten(text: string): Predictions | null {
  if (!text.startsWith(HEADER) || text.length === HEADER.length) return null;
  const labels: number[] = [];
  const predictions: number[] = [];
  let place = HEADER.length;
  /** The number before the character `end`, after which the next begins; -1 where there is none. */
  const number = (end: number) => {
    const start = place;
    let value = 0;
    for (let code = text.charCodeAt(place); code !== end; code = text.charCodeAt(++place)) {
      // Beyond the end it is NaN.
      if (!(code >= ZERO && code <= ZERO + 9) || value > 1e9 || (value === 0 && place > start)) return -1;
      value = 10 * value + code - ZERO;
    }
    return place++ > start ? value : -1;
  };
  while (place < text.length) {
    if (number(COMMA) !== labels.length) return null;
    const label = number(COMMA);
    const predicted = number(LINE_END);
    if (label < 0 || label > 255 || predicted < 0 || predicted > 255) return null;
    labels.push(label);
    predictions.push(predicted);
  }
  return { labels: Uint8Array.from(labels), predictions: Uint8Array.from(predictions) };
}
