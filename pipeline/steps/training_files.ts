import {
  type DiagnosticsRow,
  formatDiagnostics,
  parseDiagnostics,
} from "../../src/report/diagnostics_csv.ts";
import { writeWeights } from "../weights_npz.ts";
import type { TrainingState } from "../workers/protocol.ts";
import type { EarlierStage, StepOutcome } from "./step.ts";
import type { TrainFacts, TrainOutput, TrainTables } from "./train.ts";

/** What is stored of a training up to an epoch; `state` is null for one that diverged. */
export function trainingFiles(
  state: TrainingState | null,
  { history, diagnostics: rows }: TrainTables,
): StepOutcome<TrainOutput, TrainFacts> {
  const nothing = writeWeights([]);
  const { weights, optimizer, weights_sha256, shuffle } = state ??
    { weights: nothing, optimizer: nothing, weights_sha256: null, shuffle: null };
  const status = state ? "ok" : "diverged";
  const diagnostics = new TextEncoder().encode(formatDiagnostics(rows));
  return {
    outputs: { weights, optimizer, diagnostics },
    facts: { status, history, weights_sha256, shuffle },
  };
}

/** The rows of diagnostics.csv that a stage was kept with. */
export async function restoreDiagnostics(
  { outputs }: EarlierStage<TrainOutput, TrainFacts>,
): Promise<DiagnosticsRow[]> {
  return parseDiagnostics(new TextDecoder().decode(await outputs.diagnostics.read()));
}

/** The state that a stage was kept with. */
export async function restoreState(
  { stage, outputs, facts: { weights_sha256, shuffle } }: EarlierStage<TrainOutput, TrainFacts>,
): Promise<TrainingState> {
  const [weights, optimizer] = await Promise.all([outputs.weights.read(), outputs.optimizer.read()]);
  return { epoch: stage, weights, optimizer, weights_sha256: weights_sha256 ?? "", shuffle };
}
