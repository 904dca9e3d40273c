import { type Inspection, readInspection } from "./inspection_npz.ts";
import { npzNames } from "./npz.ts";
import { type Plane, readPlane } from "./plane_npz.ts";
import { type JudgedRows, readJudgedRows } from "./rows_npz.ts";

/** What an `inspection.npz` holds of a run: one of these, by what its rows are. */
export interface CloseLook {
  readonly images?: Inspection;
  readonly plane?: Plane;
  readonly rows?: JudgedRows;
}

/** @throws SyntaxError where the file is of no such kind, or not as its kind is written */
export function readCloseLook(npz: Uint8Array): CloseLook {
  const names = npzNames(npz);
  if (names.has("field")) return { plane: readPlane(npz) };
  return names.has("row") ? { rows: readJudgedRows(npz) } : { images: readInspection(npz) };
}
