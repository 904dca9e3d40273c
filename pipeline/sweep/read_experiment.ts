import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { readInputText } from "../system/read_input.ts";

export { writtenLanguage } from "../../src/config/parse.ts";

/** Throws a UserError where there is no such file, or a ConfigError that lists all that is wrong in it. */
export async function readExperiment(
  { config, set, sweep }: { config: string; set: readonly string[]; sweep?: readonly string[] | undefined },
): Promise<Experiment> {
  return parseExperiment(await readInputText(config, "config"), { file: config, set, sweep });
}
