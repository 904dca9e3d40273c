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

/** What an `inspection.npz` holds, told by the names of its arrays. @throws SyntaxError where the file is no zip of arrays */
export function closeLookKind(npz: Uint8Array): keyof CloseLook {
  const names = npzNames(npz);
  return names.has("field") ? "plane" : names.has("row") ? "rows" : "images";
}

/** @throws SyntaxError where the file is of no such kind, or not as its kind is written */
export function readCloseLook(npz: Uint8Array): CloseLook {
  const kind = closeLookKind(npz);
  if (kind === "plane") return { plane: readPlane(npz) };
  return kind === "rows" ? { rows: readJudgedRows(npz) } : { images: readInspection(npz) };
}
