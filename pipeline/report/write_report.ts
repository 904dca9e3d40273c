import { messages } from "../../src/report/messages/messages.ts";
import { fillTimings } from "../../src/report/timings_slot.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { Language } from "../../src/text/language.ts";
import type { ResultsFolder } from "../results/folder.ts";

/** Writes a report's files; those for readers get the times filled in, which no step knows. */
export async function writeReport(
  files: Readonly<Record<string, Uint8Array>>,
  { folder, timings, language }: {
    folder: Pick<ResultsFolder, "write">;
    timings: readonly TimingRow[];
    language: Language;
  },
): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    const isText = /^report\.\w+$/.test(name);
    await folder.write(
      name,
      isText ? fillTimings(new TextDecoder().decode(bytes), timings, messages(language)) : bytes,
    );
  }
}
