import { dirname } from "node:path";
import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { Language, Texts } from "../../src/text/language.ts";
import type { Detached } from "../machines/remote_workplace.ts";
import { type Messages, say } from "../messages/messages.ts";
import { type ProgressReporter, remark } from "../progress/events.ts";
import type { Streams } from "../progress/streams.ts";
import { toldIn, UserError } from "../system/errors.ts";
import {
  caOption,
  configArgument,
  credsOption,
  languageOption,
  mirrorOption,
  onOption,
  outOption,
  projectOption,
  quietOption,
  sampleOption,
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
    .addOption(onOption(help))
    .addOption(credsOption(help))
    .addOption(caOption(help))
    .addOption(projectOption(help))
    .option("--detach", help.machines.detach)
    .addOption(sampleOption(help, "--verify-remote <k>", help.machines.verifyRemote))
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
          verifyRemote,
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
        if (options.on === undefined && (options.detach || verifyRemote !== undefined)) {
          throw new UserError(say((t) => t.errors.withoutMachines));
        }
        if (dryRun) {
          const { printPlan } = await import("./status.ts");
          return await printPlan({ config, set, sweep, ...options }, { json, context });
        }
        const [{ runSweep }, { resultsPlace }, { readExperiment, writtenLanguage }, { withReporter }] =
          await Promise.all([
            import("../sweep/sweep.ts"),
            import("../sweep/results_place.ts"),
            import("../sweep/read_experiment.ts"),
            import("./with_reporter.ts"),
          ]);
        const experiment = await readExperiment({ config, set, sweep });
        const language = writtenLanguage(experiment);
        const t = messagesFor(context, language);
        const perform = async (reporter: ProgressReporter) => {
          signal.addEventListener("abort", () => {
            reporter.handle(remark("note", say(({ sweep }) => sweep.stopping)));
          }, { once: true });
          await using _viewer = view
            ? await viewSweep(resultsPlace(options, experiment), { reporter, language: t.language })
            : null;
          try {
            const keepQueued = Deno.stdin.isTerminal() && streams.terminal
              ? (runs: number) => {
                reporter.close();
                return askToKeep(runs, { streams, t });
              }
              : undefined;
            const task = { signal, reporter, experiment, keepQueued };
            const { report } = await runSweep({ config, set, sweep, ...options }, task);
            if (verifyRemote !== undefined) {
              reporter.close();
              const { verifyAndTell } = await import("./verify.ts");
              const again = { results: dirname(report), sample: verifyRemote, mirror: options.mirror };
              await verifyAndTell({ ...again, workers: options.workers }, { context, quiet });
            }
            if (!open) return;
            reporter.close();
            await showPage(report, { streams, t });
          } catch (error) {
            const { shellCommand } = await import("../results/recorded_command.ts");
            if (error instanceof Error && error.name === "Detached") {
              const command = shellCommand(args.filter((word) => word !== "--detach"));
              const { queued } = error as Detached;
              return reporter.handle(remark("note", say((t) => t.machines.detached(queued, command))));
            }
            if (signal.aborted) {
              reporter.handle({ type: "stop", command: shellCommand(args) });
            }
            throw error;
          }
        };
        await toldIn(language, () => withReporter({ streams, json, quiet, t }, perform));
      },
    );
}

/** Whether runs stay in the queue of machines, which is what happens where nobody answers. */
async function askToKeep(runs: number, { streams, t }: { streams: Streams; t: Messages }): Promise<boolean> {
  streams.stderr(t.machines.keepQueued(runs));
  const answer = new Uint8Array(64);
  const length = await Deno.stdin.read(answer) ?? 0;
  return !/^\s*(n|no|いいえ)\s*$/i.test(new TextDecoder().decode(answer.subarray(0, length)));
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
    onFailure(say((t) => t.errors.notAllowed(error.message)));
    return null;
  }
}
