import { join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { formatCounted } from "../../src/text/numbers.ts";
import { withoutControls } from "../../src/text/controls.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";
import { SilentExit } from "../system/errors.ts";
import { projectPath, recordedPath } from "../system/place.ts";
import { formatSeconds } from "../../src/text/durations.ts";
import { commandLine } from "../results/recorded_command.ts";
import type { Streams } from "../progress/streams.ts";
import type { ExperimentStatus, RunState } from "../status/status.ts";
import type { SweepOptions } from "../sweep/sweep_options.ts";
import type { Estimate } from "../status/estimate.ts";
import { describeReason, type Reason, type StepState } from "../status/step_state.ts";
import { configArgument, outOption, setOption, storeOption, sweepOption } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

/** How many runs are listed, of those that are not up to date. */
const MAX_LISTED = 30;
const MAX_REASONS = 4;

const EXAMPLES = `
Examples:
  deno task status
  deno task status configs/course.yaml --set train.epochs=20
  deno task status configs/sweep.yaml --json

Exit codes: 0 nothing is to do, 1 something is, 2 the input is wrong`;

export function statusCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("status", context)
    .usage("[config] [options]")
    .description("Say of each step and run of an experiment whether it is up to date, and why not.")
    .addArgument(configArgument())
    .addOption(setOption())
    .addOption(sweepOption())
    .addOption(outOption())
    .addOption(storeOption())
    .option("--json", "print it as JSON, with every run")
    .addHelpText("after", EXAMPLES)
    .action(async (config, { set = [], sweep = [], out, store, json = false }) => {
      const { streams } = context;
      const status = await readStatus({ config, set, sweep, out, store }, streams);
      streams.stdout(json ? `${JSON.stringify(plainStatus(status))}\n` : statusText(status));
      if (!status.upToDate) throw new SilentExit(1);
    });
}

type StatusOptions = Pick<SweepOptions, "config" | "set" | "out" | "store"> & { sweep: string[] };

/** `deno task sweep --dry-run`: the same, and about how long the sweep would take. */
export async function printPlan(
  { workers, ...options }: StatusOptions & { workers: number },
  { json, streams }: { json: boolean; streams: Streams },
): Promise<void> {
  const { estimateTime } = await import("../status/estimate.ts");
  const status = await readStatus(options, streams);
  const estimate = await estimateTime(status, workers);
  if (json) return streams.stdout(`${JSON.stringify({ ...plainStatus(status), estimate })}\n`);
  const training = status.runs.some(({ train }) => train.state !== "up to date");
  streams.stdout(statusText(status) + (training ? `${estimateText(estimate, { status, workers })}\n` : ""));
}

async function readStatus(
  { config, set, sweep, out, store: root }: StatusOptions,
  streams: Streams,
): Promise<ExperimentStatus> {
  const [{ readExperiment }, { experimentStatus }, { Store }] = await Promise.all([
    import("../sweep/read_experiment.ts"),
    import("../status/status.ts"),
    import("../store/store.ts"),
  ]);
  const experiment = await readExperiment({ config, set, sweep });
  const onWarning = (message: string) => streams.stderr(`warning: ${withoutControls(message)}\n`);
  const store = await Store.open(root, { onWarning, create: false });
  return await experimentStatus(experiment, {
    store,
    out: out ?? projectPath(join("results", experiment.name)),
    command: commandLine({ config: recordedPath(config), set, sweep }),
  });
}

function plainStatus({ dataset: _, runs, ...status }: ExperimentStatus) {
  return {
    ...status,
    runs: runs.map(({ run: { trial, seed }, state, reasons, train, evaluate, epochsDone }) => ({
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
  };
}

function estimateText(
  estimate: Estimate,
  { status: { laterRungs }, workers }: { status: ExperimentStatus; workers: number },
): string {
  if (estimate.seconds === null) return `How long it takes cannot be said: ${estimate.reason}`;
  const { seconds, timedRuns, source } = estimate;
  const time = seconds < 0.995 ? "Less than a second" : `About ${formatSeconds(seconds)}`;
  return `${time} of training on ${formatCounted(workers, "worker")}${
    laterRungs.length > 0 ? ", the later rungs not counted" : ""
  }: by ${formatCounted(timedRuns, "timed run")} in ${source}, networks of other sizes by their weights`;
}

function statusText(status: ExperimentStatus): string {
  const { name, steps, runs, laterRungs, report } = status;
  const open = runs.filter(({ state }) => state !== "up to date");
  const lines = [
    `${name}: ${
      open.length === 0
        ? `${formatCounted(runs.length, "run")} up to date`
        : `${open.length} of ${formatCounted(runs.length, "run")} to do`
    }`,
    ...steps.map((step) => `  ${step.step}: ${stateText(step)}`),
    ...open.slice(0, MAX_LISTED).map((run) => `  ${runText(run)}`),
  ];
  const more = open.length - MAX_LISTED;
  if (more > 0) lines.push(`  and ${formatCounted(more, "more run")}; --json lists them all`);
  for (const { trials, epochs } of laterRungs) {
    lines.push(`  then the best ${formatCounted(trials, "trial")} of these for ${epochs} epochs in all`);
  }
  lines.push(`  report: ${stateText(report)}`);
  return lines.map((line) => `${withoutControls(line)}\n`).join("");
}

function runText(status: RunState): string {
  const label = trialLabel(status.run.trial);
  return `run ${status.run.name}${label && ` (${label})`}: ${stateText(status)}`;
}

function stateText({ state, reasons, nearest = [] }: StepState): string {
  const text = reasons.length === 0 ? state : `${state}: ${reasonsText(reasons)}`;
  return nearest.length === 0
    ? text
    : `${text}; the nearest in the store, of another experiment: ${reasonsText(nearest)}`;
}

function reasonsText(reasons: readonly Reason[]): string {
  const shown = reasons.slice(0, MAX_REASONS).map(describeReason);
  const more = reasons.length - shown.length;
  return (more > 0 ? [...shown, `${more} more`] : shown).join(", ");
}
