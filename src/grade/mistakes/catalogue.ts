import { BATCHES } from "./batches.ts";
import { FIT } from "./fit.ts";
import { FORWARD } from "./forward.ts";
import { GRADIENTS } from "./gradients.ts";
import { HISTORY } from "./history.ts";
import { LOSS } from "./loss.ts";
import type { Mistake } from "./mistake.ts";
import { PIXELS } from "./pixels.ts";
import { PREDICT } from "./predict.ts";
import { START } from "./start.ts";
import { UPDATE } from "./update.ts";

/** Every mistake that is looked for. Of two that explain numbers equally well the earlier one is named. */
export const CATALOGUE: readonly Mistake[] = [
  FORWARD,
  UPDATE, // an update alone does not tell a step uphill from gradients of the wrong sign: a student's own gradients do
  GRADIENTS,
  BATCHES,
  FIT,
  LOSS,
  HISTORY,
  PREDICT,
  START,
  PIXELS,
].flatMap((table): Mistake[] => Object.values(table));
