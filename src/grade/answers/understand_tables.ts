import type { GradeMessages } from "../messages/messages.ts";
import { type CsvTable, linesOf } from "../submission.ts";
import { isDecimal, wholeNumber } from "./read_tables.ts";

interface Understanding {
  /** Where what was understood is noted. */
  readonly notes: string[];
  readonly t: GradeMessages["files"];
}

/** The columns of each file, with what they are called besides: small letters and digits alone. */
const COLUMNS = {
  "predictions.csv": {
    index: ["id", "imageid", "image", "idx", "番号", "画像番号"],
    label: [
      "predicted",
      "prediction",
      "predictions",
      "predictedlabel",
      "pred",
      "ypred",
      "class",
      "ラベル",
      "予測",
      "予測ラベル",
    ],
  },
  "misclassified.csv": {
    index: ["id", "imageid", "image", "idx", "番号", "画像番号"],
    predicted: ["prediction", "predictions", "predictedlabel", "pred", "ypred", "予測", "予測ラベル"],
    label: [
      "true",
      "truelabel",
      "ytrue",
      "actual",
      "answer",
      "correct",
      "target",
      "ラベル",
      "正解",
      "正解ラベル",
    ],
  },
  "history.csv": {
    epoch: ["epochs", "エポック"],
    train_loss: ["trainloss", "losstrain", "trainingloss", "loss", "訓練損失", "学習損失"],
    val_loss: ["valloss", "lossval", "validationloss", "検証損失"],
  },
  "validation.csv": { index: ["id", "imageid", "image", "idx", "番号", "画像番号"] },
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>;

type TableFile = keyof typeof COLUMNS;

/** A table with the columns that its file should have, where others can only mean those. */
export function understandTable(table: CsvTable, file: TableFile, { notes, t }: Understanding): CsvTable {
  const names = Object.keys(COLUMNS[file]);
  const known: Readonly<Record<string, readonly string[]>> = COLUMNS[file];
  const { header, separator } = table;
  if (separator !== undefined) notes.push(t.separatedBy(file, separator === "\t" ? "tab" : "semicolon"));
  if (header.every(isDecimal) && header.length === names.length) {
    notes.push(t.noHeader(file, names));
    return { header: names, ...withHeaderAsRow(table) };
  }
  const renamed: [from: string, to: string][] = [];
  const meant = [...header];
  for (const name of names) {
    if (header.includes(name)) continue;
    const words = [name.replaceAll("_", ""), ...known[name]];
    const places = header.flatMap((title, i) =>
      words.includes(plain(title)) && !names.includes(title) ? [i] : []
    );
    if (places.length !== 1) continue;
    renamed.push([header[places[0]], name]);
    meant[places[0]] = name;
  }
  if (renamed.length === 0) return table;
  notes.push(t.columnsRenamed(file, renamed.map(([from]) => from), renamed.map(([, to]) => to)));
  return { ...table, header: meant };
}

/** predictions.csv, also with indices from 1, or with the labels alone in the order of the images. */
export function understandPredictions(given: CsvTable, context: Understanding): CsvTable {
  const { notes, t } = context;
  const file = "predictions.csv";
  const table = understandTable(given, file, context);
  const { header, rows } = table;
  if (header.length === 1 && (header[0] === "label" || isDecimal(header[0]))) {
    notes.push(t.noIndex(file));
    const { rows: labels, lines } = header[0] === "label" ? table : withHeaderAsRow(table);
    return { header: ["index", "label"], rows: labels.map(([label], i) => [String(i), label]), lines };
  }
  const column = header.indexOf("index");
  const numbers = rows.map((row) => wholeNumber(row[column] ?? ""));
  const fromOne = rows.length > 0 && numbers.every((i) => i !== null && i >= 1 && i <= rows.length) &&
    new Set(numbers).size === rows.length;
  if (!fromOne) return table;
  notes.push(t.indexFromOne(file));
  return withColumn(table, column, numbers.map((i) => String((i ?? 1) - 1)));
}

/** history.csv with its rows in the order of their epochs, from 1; a row 0 besides is of before the training. */
export function understandHistory(given: CsvTable, epochs: number, context: Understanding): CsvTable {
  const { notes, t } = context;
  const file = "history.csv";
  const table = understandTable(given, file, context);
  const column = table.header.indexOf("epoch");
  const numbered = table.rows.map((row) => ({ row, epoch: wholeNumber(row[column] ?? "") ?? NaN }));
  if (new Set(numbered.map(({ epoch }) => epoch)).size < numbered.length) return table;
  if (numbered.some(({ epoch }) => Number.isNaN(epoch))) return table;
  numbered.sort((a, b) => a.epoch - b.epoch);
  const sorted = { header: table.header, rows: numbered.map(({ row }) => row) };
  const [first, last] = [numbered[0]?.epoch, numbered.at(-1)?.epoch];
  if (first !== 0) return sorted;
  if (last === epochs - 1) {
    notes.push(t.epochsFromZero(file));
    return withColumn(sorted, column, numbered.map(({ epoch }) => String(epoch + 1)));
  }
  if (last !== epochs) return sorted;
  notes.push(t.epochZero(file));
  return { header: sorted.header, rows: sorted.rows.slice(1) };
}

function withColumn(table: CsvTable, column: number, cells: readonly string[]): CsvTable {
  return { ...table, rows: table.rows.map((row, i) => row.with(column, cells[i])) };
}

/** The rows where the first line is one too. */
function withHeaderAsRow(table: CsvTable): Pick<CsvTable, "rows" | "lines"> {
  return { rows: [table.header, ...table.rows], lines: [0, ...linesOf(table)] };
}

/** A title without what NumPy and pandas put around it: `# Image_Id` is `imageid`. */
function plain(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
