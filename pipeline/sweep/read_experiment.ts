import { dirname } from "node:path";
import { parseExperiment, writtenLanguage } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { toldIn } from "../system/errors.ts";
import { readInputText } from "../system/read_input.ts";
import { say } from "../messages/messages.ts";

export { writtenLanguage } from "../../src/config/parse.ts";

/**
 * What a config says, with the hashes of its data files on this machine. Throws a UserError where there is no such file or a reference is
 * to a trial that there will not be, or a ConfigError that lists all that is wrong in it.
 */
export async function readExperiment(
  { config, set, sweep }: { config: string; set: readonly string[]; sweep?: readonly string[] | undefined },
): Promise<Experiment> {
  const experiment = parseExperiment(await readInputText(config, say((t) => t.errors.whats.config)), {
    file: config,
    set,
    sweep,
  });
  return await toldIn(writtenLanguage(experiment), async () => {
    if (experiment.reference?.some(({ trial }) => trial !== undefined)) {
      // Loaded where it is needed.
      const { refuseImpossibleReferences } = await import("./check_references.ts");
      refuseImpossibleReferences(experiment, expandSweep(experiment).count);
    }
    if (typeof experiment.dataset === "object" && !("points" in experiment.dataset)) {
      const { pinFiles } = await import("../steps/download/pin_files.ts");
      // In place: writtenLanguage() knows the experiment by its identity.
      experiment.dataset = await pinFiles(experiment.dataset, dirname(config));
    }
    return experiment;
  });
}
