import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { addOverride, parsePath, workersOption } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task sweep
  deno task sweep configs/course.yaml --set train.epochs=3 --set 'model.hidden=[100]'
  deno task sweep configs/course.yaml --sweep train.learning_rate=0.01,0.1 --sweep 'model.hidden=[100],[400,200]'
  deno task sweep configs/course.yaml --mirror ../mnist --out results/trial --workers 1

Exit codes: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted`;

/** `deno task sweep`: trains and evaluates every trial of an experiment. */
export function sweepCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("sweep", context)
    .usage("[config] [options]")
    .description("Train and evaluate every trial of an experiment, and write its results and report.")
    .argument("[config]", "the experiment, a YAML file", "configs/quickstart.yaml")
    .option("--set <path=value>", "change a setting of the config; may be repeated", addOverride)
    .option("--sweep <path=values>", "try these values, split by commas; may be repeated", addOverride)
    .option("--yes", "start more runs than the config's run_cap")
    .option("--out <dir>", "folder for the results (default: results/<name>)", parsePath)
    .option("--store <dir>", "folder for what need not be computed twice", parsePath, ".store/")
    .option(
      "--mirror <dir|url>",
      "where to take the data set's files from, instead of the network",
      parsePath,
    )
    .addOption(workersOption())
    .option("--fail-fast", "stop at the first run that fails, instead of going on with the others")
    .option("--dry-run", "print what would be done and about how long it takes, and do nothing")
    .addOption(new Option("--quiet", "print warnings and the result only").conflicts("json"))
    .option("--json", "print every event as a line of JSON, for programs")
    .addHelpText("after", EXAMPLES)
    .action(
      async (
        config,
        {
          set = [],
          sweep = [],
          yes = false,
          out,
          store,
          mirror,
          workers,
          failFast,
          dryRun,
          quiet = false,
          json = false,
        },
      ) => {
        if (dryRun) {
          const { printPlan } = await import("./status.ts");
          return await printPlan({ config, set, sweep, out, store, workers }, {
            json,
            streams: context.streams,
          });
        }
        const [{ runSweep }, { createReporter }] = await Promise.all([
          import("../sweep/sweep.ts"),
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
          await runSweep({ config, set, sweep, yes, out, store, mirror, workers, failFast }, {
            signal,
            reporter,
          });
        } finally {
          removeEventListener("unload", close);
          close();
        }
      },
    );
}
