import { messages } from "../../src/report/messages/messages.ts";
import type { Language } from "../../src/text/language.ts";
import { fillTimings } from "../../src/report/timings_slot.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { ReportArtifacts } from "./from_sweep.ts";
import type { ResultsFolder } from "../results/folder.ts";

/** Writes a report's files; those for readers get the times filled in, which no step knows. */
export async function writeReport(
  files: ReportArtifacts,
  { folder, timings, language }: {
    folder: Pick<ResultsFolder, "write">;
    timings: readonly TimingRow[];
    language: Language;
  },
): Promise<void> {
  for (const [name, artifact] of Object.entries(files)) {
    const bytes = await artifact.read();
    if (!/^report\.\w+$/.test(name)) {
      await folder.write(name, bytes);
      continue;
    }
    const text = new TextDecoder().decode(bytes);
    await folder.write(name, fillTimings(text, timings, messages(language)));
  }
}
