import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { withoutControls } from "../../src/text/controls.ts";
import type { Messages } from "../messages/messages.ts";
import { formatBytes } from "../progress/format.ts";
import { parseAddress } from "../machines/address.ts";
import { teller, warner } from "../progress/warner.ts";
import { isFolder } from "../system/files.ts";
import { projectPath, shortPath } from "../system/place.ts";
import type { FileCount, GcReport } from "../gc/gc.ts";
import {
  caOption,
  credsOption,
  languageOption,
  onOption,
  pathParser,
  projectOption,
  storeOption,
} from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

export function gcCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  const { help } = t;
  const parsePath = pathParser(help);
  return createCommand("gc", context)
    .usage("[options]")
    .description(help.gc.about)
    .addOption(storeOption(help))
    .option(
      "--results <dir>",
      help.gc.results(projectPath("results")),
      (text: string, former: string[] = []) => [...former, parsePath(text)],
    )
    .addOption(onOption(help, help.machines.gcOn))
    .addOption(credsOption(help))
    .addOption(caOption(help))
    .addOption(projectOption(help))
    .option("--queued", help.machines.queued)
    .option("--dry-run", help.gc.dryRun)
    .option("--check", help.gc.check)
    .addOption(languageOption(help, help.languageAlone))
    .addHelpText("after", help.gc.examples)
    .action(async (
      {
        store,
        // That of a project without results is not there.
        results: folders = [projectPath("results")].filter(isFolder),
        on,
        creds,
        ca,
        project,
        queued = false,
        dryRun = false,
        check = false,
      },
    ) => {
      const { signal, streams } = context;
      if (on !== undefined) {
        const { cleanServer } = await import("../machines/clean_server.ts");
        const access = { address: parseAddress(on), creds, ca, project };
        const options = { dryRun, queued, signal, tell: teller(streams, t) };
        const { bytes, ...cleaned } = await cleanServer(access, options);
        return streams.stdout(`${t.machines.cleaned({ ...cleaned, bytes: formatBytes(bytes), dryRun })}\n`);
      }
      const { collectGarbage } = await import("../gc/gc.ts");
      const onWarning = warner(streams, t);
      const report = await collectGarbage({ store, results: folders, dryRun, check }, { signal, onWarning });
      streams.stdout(reportText(report, { store, dryRun, t }));
    });
}

function reportText(
  { references, removed, kept }: GcReport,
  { store, dryRun, t }: { store: string; dryRun: boolean; t: Messages },
): string {
  const lines = [
    references.length === 0 ? t.gc.unused(store) : t.gc.used(store, references.length),
    ...references.map(({ folder, unfinished }) =>
      `  ${unfinished ? t.gc.unfinished(shortPath(folder)) : shortPath(folder)}`
    ),
    (dryRun ? t.gc.wouldRemove : t.gc.removed)(countsText(removed, t)),
    t.gc.kept(countsText(kept, t)),
  ];
  return lines.map((line) => `${withoutControls(line)}\n`).join("");
}

function countsText(counts: readonly FileCount[], { gc, comma }: Messages): string {
  if (counts.length === 0) return gc.nothing;
  const bytes = counts.reduce((sum, count) => sum + count.bytes, 0);
  const files = counts.map(({ kind, files }) => gc.counted(files, kind)).join(comma);
  return `${files}: ${formatBytes(bytes)}`;
}
