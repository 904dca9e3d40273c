import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import {
  configArgument,
  mirrorOption,
  outOption,
  quietOption,
  setOption,
  storeOption,
  sweepOption,
  workersOption,
} from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task sweep
  deno task sweep configs/course.yaml --set train.epochs=3 --set 'model.hidden=[100]'
  deno task sweep configs/course.yaml --sweep train.learning_rate=0.01,0.1 --sweep 'model.hidden=[100],[400,200]'
  deno task sweep configs/course.yaml --mirror ../mnist --out results/trial --workers 1

Exit codes: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted`;

export function sweepCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("sweep", context)
    .usage("[config] [options]")
    .description("Train and evaluate every trial of an experiment, and write its results and report.")
    .addArgument(configArgument())
    .addOption(setOption())
    .addOption(sweepOption())
    .option("--yes", "start more runs than the config's run_cap")
    .addOption(outOption())
    .option("--replace", "put the results in the place of another config's of the same name")
    .addOption(storeOption())
    .addOption(mirrorOption())
    .addOption(workersOption())
    .option("--fail-fast", "stop at the first run that fails, instead of going on with the others")
    .addOption(new Option("--open", "show the report in the browser at the end").conflicts("dryRun"))
    .option("--dry-run", "print what would be done and about how long it takes, and do nothing")
    .addOption(quietOption().conflicts("json"))
    .option("--json", "print every event as a line of JSON, for programs")
    .addHelpText("after", EXAMPLES)
    .action(
      async (
        config,
        { set = [], sweep = [], dryRun, open = false, quiet = false, json = false, ...options },
      ) => {
        const { signal, streams, args } = context;
        if (dryRun) {
          const { printPlan } = await import("./status.ts");
          return await printPlan({ config, set, sweep, ...options }, { json, streams });
        }
        const [{ runSweep }, { withReporter }] = await Promise.all([
          import("../sweep/sweep.ts"),
          import("./with_reporter.ts"),
        ]);
        await withReporter({ streams, json, quiet }, async (reporter) => {
          signal.addEventListener("abort", () => {
            reporter.handle({ type: "note", message: "Stopping; press Ctrl-C again to quit at once." });
          }, { once: true });
          try {
            const { report } = await runSweep({ config, set, sweep, ...options }, { signal, reporter });
            if (!open) return;
            reporter.close();
            const { openFile } = await import("../system/open_file.ts");
            if (!await openFile(report)) {
              streams.stderr(`note: the browser was not started; open ${report} in it\n`);
            }
          } catch (error) {
            if (signal.aborted) {
              const { shellCommand } = await import("../results/recorded_command.ts");
              reporter.handle({ type: "stop", command: shellCommand(args) });
            }
            throw error;
          }
        });
      },
    );
}
