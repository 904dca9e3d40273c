import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { UserError } from "../system/errors.ts";
import { readTextIfPresent } from "../system/files.ts";
import { projectPath } from "../system/place.ts";
import { type CommandContext, createCommand } from "./command.ts";

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
  return createCommand("schema", context)
    .usage("[options]")
    .description(
      "Write configs/schema.json, schema.ja.json and configs/rubrics/schema.json, by which editors complete and check, " +
        "and docs/config.md and docs/config.ja.md, which list every key of a config.",
    )
    .option("--check", "write nothing; exit with 1 if a file is stale")
    .action(async ({ check }) => {
      for (const [path, make] of Object.entries(FILES)) {
        const file = new URL(`../../${path}`, import.meta.url);
        const text = await make();
        if (check && await readTextIfPresent(file) !== text) {
          throw new UserError(`${projectPath(path)} is stale: run \`deno task schema\` and commit it`, {
            exitCode: 1,
          });
        }
        if (!check) await Deno.writeTextFile(file, text);
        context.streams.stdout(`${projectPath(path)} ${check ? "is up to date" : "written"}\n`);
      }
    });
}

function jsonText(schema: object): string {
  return JSON.stringify(schema, null, 2) + "\n";
}
