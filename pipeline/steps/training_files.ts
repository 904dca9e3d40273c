import type { RandomSnapshot } from "../../src/random/random_state.ts";
import {
  type DiagnosticsRow,
  formatDiagnostics,
  parseDiagnostics,
  QUANTILE_NAMES,
} from "../../src/tables/diagnostics_csv.ts";
import { writeWeights } from "../../src/numpy/weights_npz.ts";
import type { EpochProbe, TrainingState } from "../workers/protocol.ts";
import type { EarlierStage, StepOutcome } from "./step.ts";

/** A row of history.csv without the run it belongs to. */
interface EpochFacts {
  epoch: number;
  train_loss: number;
  val_loss: number | null;
  val_accuracy: number | null;
  /** Only where a schedule is set. */
  learning_rate?: number;
}

export interface TrainFacts {
  /** diverged: a loss was no longer finite, in the epoch after the history's last. */
  status: "ok" | "diverged";
  history: EpochFacts[];
  /** See hashWeights(). Null for a diverged training. */
  weights_sha256: string | null;
  shuffle: RandomSnapshot | null;
  /** Only where there is noise. */
  noise?: RandomSnapshot;
  /** Only where early stopping is set: the epoch after which it ended the training, and the one whose weights are kept. */
  early?: { stopped: number | null; kept: number };
}

export type TrainOutput = "weights" | "optimizer" | "diagnostics";

/** A training's tables up to an epoch: history.csv's rows, and those of the run's diagnostics.csv. */
export interface TrainTables {
  history: EpochFacts[];
  diagnostics: DiagnosticsRow[];
}

/** What is stored of a training up to an epoch; `state` is null for one that diverged. */
export function trainingFiles(
  state: TrainingState | null,
  { history, diagnostics: rows }: TrainTables,
): StepOutcome<TrainOutput, TrainFacts> {
  const nothing = writeWeights([]);
  const { weights, optimizer, weights_sha256, shuffle, noise, early } = state ??
    { weights: nothing, optimizer: nothing, weights_sha256: null, shuffle: null };
  const status = state ? "ok" : "diverged";
  const diagnostics = new TextEncoder().encode(formatDiagnostics(rows));
  return {
    outputs: { weights, optimizer, diagnostics },
    facts: { status, history, weights_sha256, shuffle, ...noise && { noise }, ...early && { early } },
  };
}

export function diagnosticsRows(probes: readonly EpochProbe[]): DiagnosticsRow[] {
  return probes.flatMap(({ epoch, layers }) =>
    layers.map(({ layer, units, activation, saturated, gradient }) => ({
      epoch,
      layer,
      units,
      activation_mean: activation.mean,
      activation_std: activation.std,
      ...quantileCells("activation", activation.magnitudes),
      saturated,
      gradient_std: gradient.std,
      ...quantileCells("gradient", gradient.magnitudes),
      activation_histogram: activation.histogram,
      gradient_histogram: gradient.histogram,
    }))
  );
}

function quantileCells<Name extends string>(name: Name, magnitudes: readonly number[]) {
  const cells = QUANTILE_NAMES.map((quantile, i) => [`${name}_${quantile}`, magnitudes[i]]);
  return Object.fromEntries(cells) as Record<`${Name}_${(typeof QUANTILE_NAMES)[number]}`, number>;
}

export async function restoreDiagnostics(
  { outputs }: EarlierStage<TrainOutput, TrainFacts>,
): Promise<DiagnosticsRow[]> {
  return parseDiagnostics(new TextDecoder().decode(await outputs.diagnostics.read()));
}

export async function restoreState(
  { outputs, facts: { weights_sha256, shuffle, noise, early, history } }: EarlierStage<
    TrainOutput,
    TrainFacts
  >,
): Promise<TrainingState> {
  const [weights, optimizer] = await Promise.all([outputs.weights.read(), outputs.optimizer.read()]);
  // One that has been stopped has fewer than its stage.
  const epoch = history.length;
  const losses = history.map(({ val_loss }) => val_loss ?? NaN);
  return { epoch, weights, optimizer, weights_sha256: weights_sha256 ?? "", shuffle, noise, losses, early };
}
