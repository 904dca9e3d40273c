import { relative } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { withoutControls } from "../../src/text/controls.ts";
import { formatCounted } from "../../src/text/numbers.ts";
import { formatBytes } from "../progress/format.ts";
import { projectPath } from "../system/place.ts";
import type { FileCount, GcReport } from "../gc/gc.ts";
import { parsePath, storeOption } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task gc --dry-run
  deno task gc --results results --results /data/results

A results folder that a sweep wrote is remembered by the store, wherever it is, also while its sweep has not finished. What a later
sweep needs again after all is computed again.

Exit codes: 0 done, 2 the input is wrong, or a sweep is using the store`;

export function gcCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("gc", context)
    .usage("[options]")
    .description("Remove from the store what no results folder is made of.")
    .addOption(storeOption())
    .option(
      "--results <dir>",
      `folder to look for results in; may be repeated (default: ${projectPath("results")})`,
      addFolder,
    )
    .option("--dry-run", "say what would be removed, and remove nothing")
    .option("--check", "read every artifact, and remove damaged ones: the next sweep makes them again")
    .addHelpText("after", EXAMPLES)
    .action(async ({ store, results = [projectPath("results")], dryRun = false, check = false }) => {
      const { signal, streams } = context;
      const { collectGarbage } = await import("../gc/gc.ts");
      const onWarning = (message: string) => streams.stderr(`warning: ${withoutControls(message)}\n`);
      const report = await collectGarbage({ store, results, dryRun, check }, { signal, onWarning });
      streams.stdout(reportText(report, { store, dryRun }));
    });
}

function addFolder(text: string, former: string[] = []): string[] {
  return [...former, parsePath(text)];
}

function reportText(
  { references, removed, kept }: GcReport,
  { store, dryRun }: { store: string; dryRun: boolean },
): string {
  const lines = [
    references.length === 0
      ? `${store}: no results folder refers to it`
      : `${store}: what ${formatCounted(references.length, "results folder")} may be made of is kept`,
    ...references.map(({ folder, unfinished }) =>
      `  ${shortPath(folder)}${unfinished ? " (its sweep has not finished)" : ""}`
    ),
    countsText(dryRun ? "would remove" : "removed", removed),
    countsText("kept", kept),
  ];
  return lines.map((line) => `${withoutControls(line)}\n`).join("");
}

function shortPath(folder: string): string {
  const path = relative(Deno.cwd(), folder);
  return path.startsWith("..") ? folder : path;
}

function countsText(verb: string, counts: readonly FileCount[]): string {
  if (counts.length === 0) return `${verb} nothing`;
  const bytes = counts.reduce((sum, count) => sum + count.bytes, 0);
  const files = counts.map(({ kind, files }) => formatCounted(files, kind)).join(", ");
  return `${verb} ${files}: ${formatBytes(bytes)}`;
}
