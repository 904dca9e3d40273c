import { say } from "../messages/messages.ts";
import { remark } from "../progress/events.ts";
import { countRows } from "../../src/data/split.ts";
import { RANDOM_SCHEME } from "../../src/random/seeds.ts";
import { needsTotal, SETTINGS, type Settings } from "../../src/settings/settings.ts";
import { usedSeeds } from "../../src/settings/used_seeds.ts";
import { WorkerDiedError, type WorkerPool } from "../workers/pool.ts";
import type { EpochReply } from "../workers/protocol.ts";
import type { Step, StepContext } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";
import type { TrainFacts, TrainOutput, TrainTables } from "./training_files.ts";

/** What matters to every epoch: all settings of the sections, but for how many epochs there are to be, which is the step's stage. */
export interface TrainParameters {
  model: Settings["model"];
  /** It has the epochs where a setting needs to know their total. */
  train: Omit<Settings["train"], "epochs"> & Partial<Settings["train"]>;
  preprocess: Settings["preprocess"];
  /** One that the training does not draw from does not matter to it: null. */
  seeds: { split: number; init: number; shuffle: number | null; noise?: number };
  /** How seeds turn into numbers. */
  random_scheme: number;
}

export interface TrainContext extends StepContext {
  pool(): Promise<WorkerPool>;
  /** What is trained, for people. */
  readonly label?: string | undefined;
  /** A checkpoint is kept after the epoch in which so many seconds have passed since the last one. */
  readonly checkpointSeconds?: number | undefined;
  onStart(worker: number): void;
  onEpoch(epoch: EpochReply, worker: number): void;
}

/** What training needs to know of a trial and a run's seeds. `registry` is of the settings that there are. */
export function trainParameters(
  { model, train, preprocess }: Settings,
  seeds: { split: number; init: number; shuffle: number; noise: number },
  registry = SETTINGS,
): TrainParameters {
  const { split, init } = seeds;
  const used = usedSeeds({ train });
  const { epochs: _stage, ...everyEpoch } = train;
  return {
    model,
    train: needsTotal({ model, train, preprocess }, registry) ? train : everyEpoch,
    preprocess,
    seeds: {
      split,
      init,
      shuffle: used.includes("shuffle") ? seeds.shuffle : null,
      ...used.includes("noise") && { noise: seeds.noise },
    },
    random_scheme: RANDOM_SCHEME,
  };
}

/** How many of the training part's rows a run trains on, and how many validate. */
export function rowCounts(
  { limit, validation }: Settings["preprocess"],
  trainCount: number,
): { train: number; validation: number } {
  return countRows({ count: Math.min(limit ?? Infinity, trainCount), validation });
}

/** How often a run is tried again on another worker, from its last checkpoint. */
const RETRIES = 2;
/** A crash costs no more than so much work, and an epoch. */
const CHECKPOINT_SECONDS = 3;

/** From the latest stage, an epoch, that the store has, or first weights. The optimizer's state is an output: a later stage goes on. */
export const trainStep: Step<TrainParameters, "dataset", TrainOutput, TrainFacts, TrainContext> = {
  name: "train",
  version: STEP_VERSIONS.train,
  async run({ parameters, stage, earlier, checkpoint, context }) {
    if (stage === undefined) {
      throw new TypeError("Cannot train: stage must be a number of epochs, found none");
    }
    // Not loaded where all is stored.
    const { diagnosticsRows, restoreDiagnostics, restoreState, trainingFiles } = await import(
      "./training_files.ts"
    );
    const history = [...earlier?.facts.history ?? []];
    const diagnostics = earlier ? await restoreDiagnostics(earlier) : [];
    // What diverged stays so.
    if (earlier?.facts.status === "diverged") return trainingFiles(null, { history, diagnostics });
    let from = earlier && await restoreState(earlier);
    // So does what was stopped, however many epochs are asked for now.
    if (from?.early && from.early.stopped !== null) return trainingFiles(from, { history, diagnostics });
    const saves: Promise<void>[] = [];
    const pool = await context.pool();
    for (let attempt = 0;; attempt++) {
      try {
        const { state } = await pool.train({
          type: "train",
          training: parameters,
          epochs: stage,
          from,
          checkpointSeconds: context.checkpointSeconds ?? CHECKPOINT_SECONDS,
        }, {
          onStart: context.onStart,
          onEpoch(reply, worker) {
            const { epoch, train_loss, val_loss, val_accuracy, learning_rate } = reply;
            history.push({
              epoch,
              train_loss,
              val_loss,
              val_accuracy,
              ...learning_rate !== undefined && { learning_rate },
            });
            diagnostics.push(...diagnosticsRows(reply.probes));
            context.onEpoch(reply, worker);
          },
          onCheckpoint({ state }) {
            from = state;
            const tables = upTo(state.epoch, { history, diagnostics });
            const saved = checkpoint(state.epoch, trainingFiles(state, tables));
            // What went wrong is said when the training has ended.
            saved.catch(() => {});
            saves.push(saved);
          },
        });
        await Promise.all(saves);
        return trainingFiles(state, { history, diagnostics });
      } catch (error) {
        if (!(error instanceof WorkerDiedError) || attempt === RETRIES) throw error;
        const kept = upTo(from?.epoch ?? -1, { history, diagnostics });
        history.length = 0;
        for (const row of kept.history) history.push(row);
        diagnostics.length = 0;
        for (const row of kept.diagnostics) diagnostics.push(row);
        const again = say((t) => t.sweep.triedAgain(error.message, history.length));
        context.emit(remark("warning", again));
      }
    }
  },
};

function upTo(last: number, { history, diagnostics }: TrainTables): TrainTables {
  return {
    history: history.filter(({ epoch }) => epoch <= last),
    diagnostics: diagnostics.filter(({ epoch }) => epoch <= last),
  };
}
