import { summarize } from "../../../metrics/classification.ts";
import type { ErrorsPart } from "./errors_part.ts";
import type { Judgement } from "./judged_code.ts";

/** A cell of the confusion matrix. */
export interface Cell {
  readonly label: number;
  readonly predicted: number;
}

/** Images of the page, and of how many they are. */
export interface ImageView {
  /** Null where they are the most confident mistakes of all cells. */
  readonly cell: Cell | null;
  /** Null where the page does not hold this trial's. */
  readonly shown: readonly Judgement[] | null;
  readonly all: number;
}

/** What the page has of a cell, or of the mistakes of all cells. @param held of the trial; null where the page has none */
export function viewOf(
  { classes, most, labels }: ErrorsPart,
  { matrix, cell, held }: { matrix: Uint32Array; cell: Cell | null; held: readonly Judgement[] | null },
): ImageView {
  if (cell === null) {
    const mistakes = held?.filter(({ image, predicted }) => labels[image] !== predicted).slice(0, most);
    return { cell, shown: mistakes ?? null, all: summarize(matrix).misclassified };
  }
  const isIn = ({ image, predicted }: Judgement) =>
    labels[image] === cell.label && predicted === cell.predicted;
  return {
    cell,
    shown: held?.filter(isIn) ?? null,
    all: matrix[cell.label * classes + cell.predicted],
  };
}

/** What the classes of a part are called. */
export function namesOf({ classes, names }: ErrorsPart): readonly string[] {
  return names ?? Array.from({ length: classes }, (_, label) => String(label));
}
