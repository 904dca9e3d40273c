import { type CommandUnknownOpts, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { type CommandContext, createCommand } from "./command.ts";

/** What `deno task sweep` is told on the command line. */
export interface SweepOptions {
  /** The experiment's YAML file. */
  config: string;
  /** Overrides as `path=value`, in the order given. */
  set: string[];
  /** The results folder; by default `results/<name>`. */
  out?: string;
  /** The store's folder. */
  store: string;
  /** A folder or URL that holds the data set's files. */
  mirror?: string;
  workers: number;
}

const MAX_WORKERS = 256;

const EXAMPLES = `
Examples:
  deno task sweep
  deno task sweep configs/course.yaml --set train.epochs=3 --set 'model.hidden=[100]'
  deno task sweep configs/course.yaml --mirror ../mnist --out results/trial --workers 1

Exit codes: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted`;

/** `deno task sweep`: trains and evaluates every trial of an experiment. */
export function sweepCommand(context: CommandContext): CommandUnknownOpts {
  const cores = Math.min(MAX_WORKERS, navigator.hardwareConcurrency);
  return createCommand("sweep", context)
    .usage("[config] [options]")
    .description("Train and evaluate every trial of an experiment, and write its results and report.")
    .argument("[config]", "the experiment, a YAML file", "configs/quickstart.yaml")
    .option("--set <path=value>", "change a setting of the config; may be repeated", addOverride)
    .option("--out <dir>", "folder for the results (default: results/<name>)", parsePath)
    .option("--store <dir>", "folder for what need not be computed twice", parsePath, ".store/")
    .option(
      "--mirror <dir|url>",
      "where to take the data set's files from, instead of the network",
      parsePath,
    )
    .addOption(
      new Option("--workers <n>", "runs to train at once").argParser(parseWorkers).default(
        cores,
        `${cores}, the cores`,
      ),
    )
    .addOption(new Option("--quiet", "print warnings and the result only").conflicts("json"))
    .option("--json", "print every event as a line of JSON, for programs")
    .addHelpText("after", EXAMPLES)
    .action(async (config, { set = [], out, store, mirror, workers, quiet = false, json = false }) => {
      const [{ runSweep }, { createReporter }] = await Promise.all([
        import("../sweep.ts"),
        import("../progress/create_reporter.ts"),
      ]);
      const { signal, streams } = context;
      const reporter = createReporter({ json, quiet, streams, now: () => performance.now() });
      const close = () => reporter.close();
      // A second Ctrl-C exits at once: the terminal gets its cursor back all the same.
      addEventListener("unload", close);
      signal.addEventListener("abort", () => {
        reporter.handle({ type: "note", message: "Stopping; press Ctrl-C again to quit at once." });
      }, { once: true });
      try {
        await runSweep({ config, set, out, store, mirror, workers }, { signal, reporter });
      } finally {
        removeEventListener("unload", close);
        close();
      }
    });
}

function addOverride(text: string, former: string[] = []): string[] {
  if (!/^[^=]*[^=\s][^=]*=/.test(text)) {
    throw new InvalidArgumentError("It must be path=value, such as train.epochs=3.");
  }
  return [...former, text];
}

function parsePath(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

function parseWorkers(text: string): number {
  const workers = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_WORKERS}.`);
  }
  return workers;
}
