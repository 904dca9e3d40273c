import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { UserError } from "../system/errors.ts";
import { readWrittenText } from "../system/files.ts";

/** Throws a UserError where there is no such file, or a ConfigError that lists all that is wrong in it. */
export async function readExperiment(
  { config, set, sweep }: { config: string; set: readonly string[]; sweep?: readonly string[] | undefined },
): Promise<Experiment> {
  return parseExperiment(await readConfig(config), { file: config, set, sweep });
}

async function readConfig(path: string): Promise<string> {
  try {
    return await readWrittenText(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UserError(`Cannot read the config ${path}: there is no such file`);
    }
    throw new UserError(`Cannot read the config ${path}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
