import { type CommandUnknownOpts, InvalidArgumentError } from "@commander-js/extra-typings";
import { withoutControls } from "../../src/text/controls.ts";
import { formatCounted } from "../../src/text/numbers.ts";
import { UserError } from "../system/errors.ts";
import type { Verification } from "../verify/verify.ts";
import type { Difference } from "../verify/recorded_results.ts";
import { mirrorOption, parsePath, quietOption, workersOption } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const MAX_NAMED = 10;

const EXAMPLES = `
Examples:
  deno task verify results/quickstart
  deno task verify results/reference/course-3 --mirror ../mnist
  deno task verify results/sweep --sample 3

With --sample K, the runs whose SHA-256 of "<SHA-256 of results.csv> <trial>-<seed>" is smallest are taken: the same each time, and
nobody who wrote the results could choose them. The folder's manifest.json is enough; what else is there is compared with it.

Exit codes: 0 the same bytes, 1 something differs, 2 the input is wrong, 130 interrupted`;

export function verifyCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("verify", context)
    .usage("<results> [options]")
    .description("Compute runs of a results folder again, from scratch, and compare every byte.")
    .argument(
      "<results>",
      "the results folder, or a copy of its manifest.json in a folder of its own",
      parsePath,
    )
    .option("--sample <k>", "compute so many runs again instead of all", parseSample)
    .addOption(mirrorOption())
    .addOption(workersOption())
    .addOption(quietOption("print the result only"))
    .addHelpText("after", EXAMPLES)
    .action(async (results, { sample, mirror, workers, quiet = false }) => {
      const [{ verifyResults }, { withReporter }] = await Promise.all([
        import("../verify/verify.ts"),
        import("./with_reporter.ts"),
      ]);
      const { signal, streams } = context;
      const verification = await withReporter(
        { streams, quiet },
        (reporter) => verifyResults({ results, sample, mirror, workers }, { signal, reporter }),
      );
      streams.stdout(verificationText(results, verification));
      const { differences } = verification;
      if (differences.length > 0) throw new UserError(differencesText(differences), { exitCode: 1 });
    });
}

function parseSample(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number of 1 or more.");
  return Number(text);
}

function verificationText(
  folder: string,
  { recomputed, runs, failed, absent, differences }: Verification,
): string {
  const named = recomputed.length < runs && recomputed.length <= MAX_NAMED
    ? ` (${recomputed.join(", ")})`
    : "";
  const lines = [`${folder}: ${recomputed.length} of ${formatCounted(runs, "run")} computed again${named}`];
  if (failed > 0) lines.push(`${formatCounted(failed, "run")} had failed and cannot be compared`);
  if (absent > 0) {
    lines.push(
      `${formatCounted(absent, "file")} of the manifest ${
        absent === 1 ? "is not in the folder; its hash was" : "are not in the folder; their hashes were"
      } compared`,
    );
  }
  if (differences.length === 0) {
    lines.push(
      "The same bytes: data set, weights, predictions, diagnostics, rows of results.csv and history.csv",
    );
  }
  return lines.map((line) => `${withoutControls(line)}\n`).join("");
}

function differencesText(differences: readonly Difference[]): string {
  const files = Map.groupBy(differences, ({ file }) => file);
  const lines = Array.from(
    files,
    ([file, [first, ...others]]) =>
      `  ${file}: ${first.text}${
        others.length > 0 ? ` (and ${formatCounted(others.length, "run")} more)` : ""
      }`,
  );
  const more = lines.length - MAX_NAMED;
  const shown = more > 0
    ? [...lines.slice(0, MAX_NAMED), `  and ${formatCounted(more, "file")} more`]
    : lines;
  return `${formatCounted(files.size, "file")} differ${files.size === 1 ? "s" : ""}:\n${shown.join("\n")}`;
}
