import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { withoutControls } from "../../src/text/controls.ts";
import { type Messages, say } from "../messages/messages.ts";
import { toldIn, UserError } from "../system/errors.ts";
import type { Verification, VerifyOptions } from "../verify/verify.ts";
import type { Difference } from "../verify/recorded_results.ts";
import {
  languageOption,
  mirrorOption,
  pathParser,
  quietOption,
  sampleOption,
  workersOption,
} from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

const MAX_NAMED = 10;

export function verifyCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("verify", context)
    .usage("<results> [options]")
    .description(help.verify.about)
    .argument("<results>", help.verify.results, pathParser(help))
    .addOption(sampleOption(help, "--sample <k>", help.verify.sample))
    .addOption(mirrorOption(help))
    .addOption(workersOption(help))
    .addOption(quietOption(help, help.verify.quiet))
    .addOption(languageOption(help))
    .addHelpText("after", help.verify.examples)
    .action(async (results, { sample, mirror, workers, quiet = false }) => {
      await verifyAndTell({ results, sample, mirror, workers }, { context, quiet });
    });
}

/** Throws a UserError where something differs. */
export async function verifyAndTell(
  options: VerifyOptions,
  { context, quiet }: { context: CommandContext; quiet: boolean },
): Promise<void> {
  const [{ verifyResults }, { resultsLanguageOf }, { withReporter }] = await Promise.all([
    import("../verify/verify.ts"),
    import("../results/manifest.ts"),
    import("./with_reporter.ts"),
  ]);
  const { signal, streams } = context;
  const language = await resultsLanguageOf(options.results);
  const t = messagesFor(context, language);
  await toldIn(language, async () => {
    const verification = await withReporter(
      { streams, quiet, t },
      (reporter) => verifyResults(options, { signal, reporter }),
    );
    streams.stdout(verificationText(options.results, verification, t));
    const { differences } = verification;
    if (differences.length > 0) {
      throw new UserError(say((t) => differencesText(differences, t)), { exitCode: 1 });
    }
  });
}

function verificationText(
  folder: string,
  { recomputed, runs, failed, diverged, absent, differences }: Verification,
  { verify: t, comma }: Messages,
): string {
  const named = recomputed.length < runs && recomputed.length <= MAX_NAMED ? recomputed.join(comma) : "";
  const lines = [t.computed({ folder, computed: recomputed.length, runs, named })];
  if (failed > 0) lines.push(t.failed(failed));
  if (diverged > 0) lines.push(t.diverged(diverged));
  if (absent > 0) lines.push(t.absent(absent));
  if (differences.length === 0) lines.push(t.same({ runs: recomputed.length, diverged }));
  return lines.map((line) => `${withoutControls(line)}\n`).join("");
}

function differencesText(differences: readonly Difference[], { language, verify: t }: Messages): string {
  const files = Map.groupBy(differences, ({ file }) => file);
  const lines = Array.from(
    files,
    ([file, [first, ...others]]) =>
      `  ${file}: ${first.text[language]}${others.length > 0 ? t.moreRuns(others.length) : ""}`,
  );
  const more = lines.length - MAX_NAMED;
  const shown = more > 0 ? [...lines.slice(0, MAX_NAMED), `  ${t.moreFiles(more)}`] : lines;
  return `${t.differs(files.size)}\n${shown.join("\n")}`;
}
