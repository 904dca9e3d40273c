import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { readTextIfPresent } from "../system/files.ts";
import { projectPath } from "../system/place.ts";
import { languageOption } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

const FILES: Readonly<Record<string, () => Promise<string>>> = {
  "configs/schema.json": async () =>
    jsonText((await import("../../src/config/json_schema.ts")).experimentJsonSchema()),
  "configs/schema.ja.json": async () =>
    jsonText((await import("../../src/config/json_schema.ts")).experimentJsonSchema("ja")),
  "configs/rubrics/schema.json": async () =>
    jsonText((await import("../../src/grade/rubric.ts")).rubricJsonSchema()),
  "docs/config.md": async () => (await import("../../src/config/config_doc.ts")).configDoc("en"),
  "docs/config.ja.md": async () => (await import("../../src/config/config_doc.ts")).configDoc("ja"),
};

export function schemaCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  return createCommand("schema", context)
    .usage("[options]")
    .description(t.help.schema.about)
    .option("--check", t.help.schema.check)
    .addOption(languageOption(t.help))
    .action(async ({ check }) => {
      for (const [path, make] of Object.entries(FILES)) {
        const file = new URL(`../../${path}`, import.meta.url);
        const text = await make();
        if (check && await readTextIfPresent(file) !== text) {
          throw new UserError(say((t) => t.errors.stale(projectPath(path))), { exitCode: 1 });
        }
        if (!check) await Deno.writeTextFile(file, text);
        const { written, upToDate } = t.files;
        context.streams.stdout(`${(check ? upToDate : written)(projectPath(path))}\n`);
      }
    });
}

function jsonText(schema: object): string {
  return JSON.stringify(schema, null, 2) + "\n";
}
