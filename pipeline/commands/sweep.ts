import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { Language, Texts } from "../../src/text/language.ts";
import { type ProgressReporter, remark } from "../progress/events.ts";
import { say } from "../messages/messages.ts";
import {
  configArgument,
  languageOption,
  mirrorOption,
  outOption,
  quietOption,
  setOption,
  storeOption,
  sweepOption,
  workersOption,
} from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";
import { showPage } from "./show_page.ts";

export function sweepCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("sweep", context)
    .usage("[config] [options]")
    .description(help.sweep.about)
    .addArgument(configArgument(help))
    .addOption(setOption(help))
    .addOption(sweepOption(help))
    .option("--yes", help.sweep.yes)
    .addOption(outOption(help))
    .option("--replace", help.sweep.replace)
    .addOption(storeOption(help))
    .addOption(mirrorOption(help))
    .addOption(workersOption(help))
    .option("--fail-fast", help.sweep.failFast)
    .addOption(new Option("--view", help.sweep.view).conflicts(["dryRun", "quiet"]))
    .addOption(new Option("--open", help.sweep.open).conflicts("dryRun"))
    .option("--dry-run", help.sweep.dryRun)
    .addOption(quietOption(help).conflicts("json"))
    .option("--json", help.sweep.json)
    .addOption(languageOption(help))
    .addHelpText("after", help.sweep.examples)
    .action(
      async (
        config,
        {
          set = [],
          sweep = [],
          dryRun,
          view = false,
          open = false,
          quiet = false,
          json = false,
          language: _,
          ...options
        },
      ) => {
        const { signal, streams, args } = context;
        if (dryRun) {
          const { printPlan } = await import("./status.ts");
          return await printPlan({ config, set, sweep, ...options }, { json, context });
        }
        const [{ resultsPlace, runSweep }, { readExperiment, writtenLanguage }, { withReporter }] =
          await Promise.all([
            import("../sweep/sweep.ts"),
            import("../sweep/read_experiment.ts"),
            import("./with_reporter.ts"),
          ]);
        const experiment = await readExperiment({ config, set, sweep });
        const t = messagesFor(context, writtenLanguage(experiment));
        await withReporter({ streams, json, quiet, t }, async (reporter) => {
          signal.addEventListener("abort", () => {
            reporter.handle(remark("note", say(({ sweep }) => sweep.stopping)));
          }, { once: true });
          await using _viewer = view
            ? await viewSweep(resultsPlace(options, experiment), { reporter, language: t.language })
            : null;
          try {
            const task = { signal, reporter, experiment };
            const { report } = await runSweep({ config, set, sweep, ...options }, task);
            if (!open) return;
            reporter.close();
            await showPage(report, { streams, t });
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

/** Shows the sweep in the browser while it runs. A viewer that cannot start is no reason not to sweep. */
async function viewSweep(
  out: string,
  { reporter, language }: { reporter: Pick<ProgressReporter, "handle">; language: Language },
): Promise<AsyncDisposable | null> {
  const { SweepViewer } = await import("../view/sweep_viewer.ts");
  const onServed = (address: string) => reporter.handle(remark("note", say((t) => t.sweep.viewed(address))));
  const onFailure = ({ en, ja }: Texts) =>
    reporter.handle(remark("warning", say((t) => t.sweep.noViewer(t.language === "ja" ? ja : en))));
  try {
    return new SweepViewer({ out, language, onServed, onFailure });
  } catch (error) {
    // Deno was not given what the worker is to have.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    onFailure({ en: error.message, ja: error.message });
    return null;
  }
}
