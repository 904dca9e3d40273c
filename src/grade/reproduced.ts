import { RandomState } from "../random/random_state.ts";
import { readHistory } from "./answers/read_tables.ts";
import type { GradingContext } from "./grading_context.ts";
import type { CheckGrade } from "./submission_grade.ts";

/** How near each epoch's loss must be to ours: a run of other random numbers is some per cent off somewhere. */
const NEAR = 0.005;
/** So many first weights tell the seed. */
const WEIGHTS = 10;
/** Checks of the training; the others look at probe.npz. */
export const OF_TRAINING: ReadonlySet<string> = new Set(["recompute", "band", "history", "misclassified"]);

/**
 * The files of a submission that follow from its manifest: our own run with the same seeds gives the same, so that two students who did the
 * same have equal files. Null where it is not known what our own run gives.
 *
 * @param checks by kind, as they came out
 */
export async function reproducedFiles(
  context: GradingContext,
  checks: readonly (Pick<CheckGrade, "status" | "mistakes"> & { readonly kind: string })[],
): Promise<readonly string[] | null> {
  if (context.program !== null) return [];
  if (!checks.some(({ kind, status }) => kind === "history" && status !== "not_graded")) return null;
  const starts = startsAsOurs(context);
  if (starts !== true) return starts === null ? null : [];
  const probe = checks.every(({ kind, status, mistakes }) =>
    OF_TRAINING.has(kind) || status === "passed" || mistakes.length > 0
  );
  const training = await learnsAsOurs(context);
  if (training === null) return null;
  return [...(probe ? ["probe.npz"] : []), ...(training ? ["weights.npz", "predictions.csv"] : [])];
}

/** Whether the first weights are those that the manifest's seed gives; null where there are none. */
function startsAsOurs({ submission: { probe }, manifest: { seeds, sigma } }: GradingContext): boolean | null {
  const first = probe?.init_W1?.data;
  if (first === undefined || first.length < WEIGHTS) return null;
  const random = new RandomState(seeds.init);
  return Array.from({ length: WEIGHTS }, () => sigma * random.standardNormal())
    .every((weight, i) => Math.abs(first[i] - weight) <= 1e-5 * Math.abs(weight));
}

/**
 * By the learning curve, or by the loss of the weights that were handed in, for a curve may be wrong where the training is right. Null where
 * there is neither to tell it by, or none of ours that is worth comparing with.
 */
async function learnsAsOurs(context: GradingContext): Promise<boolean | null> {
  if (await context.incomparable() !== null) return null;
  const trace = await context.trace("own");
  if (!trace.ok) return null;
  const near = (found: number | null | undefined, ours: number | null) =>
    ours !== null && Math.abs((found ?? NaN) - ours) <= NEAR * ours;
  const history = readHistory(context.submission.history, context.t.files);
  const rows = new Map(history.ok ? history.value.map((row) => [row.epoch, row]) : []);
  const curve = (["train_loss", "val_loss"] as const).some((loss) =>
    trace.value.every((epoch, i) => near(rows.get(i + 1)?.[loss], epoch[loss]))
  );
  if (curve) return true;
  const evaluated = await context.evaluated();
  const last = trace.value.at(-1);
  if ("status" in evaluated || last === undefined || trace.value.length < context.settings.epochs) {
    return null;
  }
  const [found, ours] = last.val_loss === null
    ? [context.trainingLoss(evaluated), last.train_loss_after]
    : [context.validationLoss(evaluated), last.val_loss];
  return found === null ? null : near(found, ours);
}
