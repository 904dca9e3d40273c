import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { UserError } from "../system/errors.ts";
import { readTextIfPresent } from "../system/files.ts";
import { type CommandContext, createCommand } from "./command.ts";

/** The files, and what makes each of them. */
const SCHEMAS: readonly { path: string; make(): Promise<object> }[] = [
  {
    path: "configs/schema.json",
    make: async () => (await import("../../src/config/json_schema.ts")).experimentJsonSchema(),
  },
  {
    path: "configs/rubrics/schema.json",
    make: async () => (await import("../../src/grade/rubric.ts")).rubricJsonSchema(),
  },
];

/** `deno task schema`: writes the JSON Schemas by which editors complete and check configs and rubrics. */
export function schemaCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("schema", context)
    .usage("[options]")
    .description(
      "Write configs/schema.json and configs/rubrics/schema.json, by which editors complete and check.",
    )
    .option("--check", "write nothing; exit with 1 if a file is stale")
    .action(async ({ check }) => {
      for (const { path, make } of SCHEMAS) {
        const file = new URL(`../../${path}`, import.meta.url);
        const schema = JSON.stringify(await make(), null, 2) + "\n";
        if (check && await readTextIfPresent(file) !== schema) {
          throw new UserError(`${path} is stale: run \`deno task schema\` and commit it`, { exitCode: 1 });
        }
        if (!check) await Deno.writeTextFile(file, schema);
        context.streams.stdout(`${path} ${check ? "is up to date" : "written"}\n`);
      }
    });
}
