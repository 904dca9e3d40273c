import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { UserError } from "../errors.ts";
import { type CommandContext, createCommand } from "./command.ts";

const SCHEMA_FILE = new URL("../../configs/schema.json", import.meta.url);

/** `deno task schema`: writes the JSON Schema by which editors complete and check configs. */
export function schemaCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("schema", context)
    .usage("[options]")
    .description("Write configs/schema.json, by which editors complete and check configs.")
    .option("--check", "write nothing; exit with 1 if the file is stale")
    .action(async ({ check }) => {
      const { experimentJsonSchema } = await import("../../src/config/json_schema.ts");
      const schema = JSON.stringify(experimentJsonSchema(), null, 2) + "\n";
      if (check && await readIfPresent(SCHEMA_FILE) !== schema) {
        throw new UserError("configs/schema.json is stale: run `deno task schema` and commit it", {
          exitCode: 1,
        });
      }
      if (!check) await Deno.writeTextFile(SCHEMA_FILE, schema);
      context.streams.stdout(`configs/schema.json ${check ? "is up to date" : "written"}\n`);
    });
}

async function readIfPresent(file: URL): Promise<string | null> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
