import { join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Experiment } from "../../src/config/schema.ts";
import { withoutControls } from "../../src/text/controls.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";
import { SilentExit, toldIn } from "../system/errors.ts";
import { projectPath, recordedPath } from "../system/place.ts";
import type { Messages } from "../messages/messages.ts";
import { commandLine } from "../results/recorded_command.ts";
import type { RunState } from "../status/run_looks.ts";
import type { ExperimentStatus } from "../status/status.ts";
import type { SweepOptions } from "../sweep/sweep_options.ts";
import type { Estimate } from "../status/estimate.ts";
import { describeReason, type Reason, type StepState } from "../status/step_state.ts";
import {
  caOption,
  configArgument,
  credsOption,
  languageOption,
  onOption,
  outOption,
  projectOption,
  setOption,
  storeOption,
  sweepOption,
} from "./options.ts";
import { warner } from "../progress/warner.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

/** How many runs are listed, of those that are not up to date. */
const MAX_LISTED = 30;
const MAX_REASONS = 4;

export function statusCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("status", context)
    .usage("[config] [options]")
    .description(help.status.about)
    .addArgument(configArgument(help))
    .addOption(setOption(help))
    .addOption(sweepOption(help))
    .addOption(outOption(help))
    .addOption(storeOption(help))
    .addOption(onOption(help, help.machines.statusOn))
    .addOption(credsOption(help))
    .addOption(caOption(help))
    .addOption(projectOption(help))
    .option("--json", help.status.json)
    .addOption(languageOption(help))
    .addHelpText("after", help.status.examples)
    .action(async (config, { set = [], sweep = [], out, store, on, creds, ca, project, json = false }) => {
      const { streams } = context;
      if (on !== undefined) {
        const { printMachines } = await import("./machines_status.ts");
        return await printMachines({ on, creds, ca, project }, { json, context });
      }
      await withStatus({ config, set, sweep, out, store }, context, ({ status, t }) => {
        streams.stdout(json ? `${JSON.stringify(plainStatus(status))}\n` : statusText(status, t));
        if (!status.upToDate) throw new SilentExit(1);
      });
    });
}

type StatusOptions = Pick<SweepOptions, "config" | "set" | "out" | "store"> & { sweep: string[] };
type PlanOptions = StatusOptions & Pick<SweepOptions, "workers" | "replace" | "on">;

/** `deno task sweep --dry-run`: the same, and about how long the sweep would take. */
export async function printPlan(
  { workers, ...options }: PlanOptions,
  { json, context }: { json: boolean; context: CommandContext },
): Promise<void> {
  const { streams } = context;
  const { estimateTime } = await import("../status/estimate.ts");
  await withStatus(options, context, async ({ experiment, status, t }) => {
    const { checkSweep } = await import("../sweep/results_place.ts");
    await checkSweep(options, experiment);
    const { experimentAdvice } = await import("../../src/config/advice.ts");
    const warn = warner(streams, t);
    for (const { en, ja } of experimentAdvice(experiment)) warn(en, ja);
    const estimate = await estimateTime(status, workers);
    if (json) {
      const plain = { ...plainStatus(status), estimate: { ...estimate, ja: undefined } };
      return streams.stdout(`${JSON.stringify(plain)}\n`);
    }
    const time = status.runs.needTraining ? `${estimateText(estimate, { status, workers, t })}\n` : "";
    streams.stdout(statusText(status, t) + time);
  });
}

interface ReadStatus {
  readonly experiment: Experiment;
  readonly status: ExperimentStatus;
  readonly t: Messages;
}

/** Reads the status for `tell`; what goes wrong once the config is read is told in its language. */
async function withStatus(
  { config, set, sweep, out, store: root }: StatusOptions,
  context: CommandContext,
  tell: (read: ReadStatus) => void | Promise<void>,
): Promise<void> {
  const [{ readExperiment, writtenLanguage }, { experimentStatus }, { Store }] = await Promise.all([
    import("../sweep/read_experiment.ts"),
    import("../status/status.ts"),
    import("../store/store.ts"),
  ]);
  const experiment = await readExperiment({ config, set, sweep });
  const language = writtenLanguage(experiment);
  const t = messagesFor(context, language);
  await toldIn(language, async () => {
    const store = await Store.open(root, { onWarning: warner(context.streams, t), create: false });
    const status = await experimentStatus(experiment, {
      store,
      out: out ?? projectPath(join("results", experiment.name)),
      command: commandLine({ config: recordedPath(config), set, sweep }),
    });
    await tell({ experiment, status, t });
  });
}

/** As programs read it: in English. */
function plainStatus({ dataset: _, runs, ...status }: ExperimentStatus) {
  return withoutJapanese({
    ...status,
    runs: Array.from(runs, ({ run: { trial, seed }, state, reasons, train, evaluate, epochsDone }) => ({
      trial: trial.index,
      seed,
      label: trialLabel(trial),
      state,
      reasons,
      epochs: trial.train.epochs,
      epochsDone,
      train,
      evaluate,
    })),
  });
}

function withoutJapanese<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (key, inner) => key === "ja" ? undefined : inner));
}

function estimateText(
  estimate: Estimate,
  { status: { laterRungs }, workers, t }: { status: ExperimentStatus; workers: number; t: Messages },
): string {
  if (estimate.seconds === null) {
    return t.status.noEstimate(t.language === "ja" ? estimate.ja : estimate.reason);
  }
  return t.status.estimate({ ...estimate, workers, laterRungs: laterRungs.length > 0 });
}

function statusText(status: ExperimentStatus, t: Messages): string {
  const { name, steps, runs, laterRungs, report } = status;
  const lines = [
    t.status.summary(name, runs.openCount, runs.count),
    ...steps.map((step) => `  ${t.status.line(t.steps[step.step], stateText(step, t))}`),
    ...runs.open().take(MAX_LISTED).map((run) => `  ${runText(run, t)}`),
  ];
  const more = runs.openCount - MAX_LISTED;
  if (more > 0) lines.push(`  ${t.status.moreRuns(more)}`);
  for (const { trials, epochs } of laterRungs) {
    lines.push(`  ${t.status.laterRung(trials, epochs)}`);
  }
  lines.push(`  ${t.status.line(t.steps.report, stateText(report, t))}`);
  return lines.map((line) => `${withoutControls(line)}\n`).join("");
}

function runText(status: RunState, t: Messages): string {
  const { name, trial } = status.run;
  return t.status.line(t.status.run(name, trialLabel(trial)), stateText(status, t));
}

function stateText({ state, reasons, nearest = [] }: StepState, t: Messages): string {
  const shown = t.status.states[state];
  const text = reasons.length === 0 ? shown : t.status.because(shown, reasonsText(reasons, t));
  return nearest.length === 0 ? text : t.status.nearest(text, reasonsText(nearest, t));
}

function reasonsText(reasons: readonly Reason[], t: Messages): string {
  const shown = reasons.slice(0, MAX_REASONS).map((reason) => describeReason(reason, t));
  const more = reasons.length - shown.length;
  return (more > 0 ? [...shown, t.status.moreReasons(more)] : shown).join(t.comma);
}
