import { formatHistory } from "../../src/tables/history_csv.ts";
import { formatResults, runName } from "../../src/tables/results_csv.ts";
import type { Texts } from "../../src/text/language.ts";
import { type Messages, say } from "../messages/messages.ts";
import { describeRuns, runLines } from "../results/run_lines.ts";
import type { RunResult } from "../runs/runner.ts";
import type { Artifact } from "../steps/step.ts";
import type { Difference, RecordedResults } from "./recorded_results.ts";

/** What is different between a run as it was recorded and as it came out now; nothing where all its bytes are the same. */
export async function compareRun(recorded: RecordedResults, result: RunResult): Promise<Difference[]> {
  const { row, history, files } = result;
  const name = runName(row);
  const { columns } = recorded.manifest;
  const tables = {
    results: formatResults([row], columns.results),
    history: formatHistory(history, columns.history),
  };
  const now = describeRuns([row], tables)[name];
  const before = recorded.manifest.runs[name];
  const differences: Difference[] = [];
  for (const kind of ["results", "history"] as const) {
    if (now[kind] === before[kind]) continue;
    const file = `${kind}.csv`;
    const table = await recorded.readUnchanged(file);
    const was = table === null
      ? null
      : `${table.slice(0, table.indexOf("\n") + 1)}${runLines(table).get(name)?.join("") ?? ""}`;
    const text = say(({ verify: { difference: t } }) =>
      t.ofRun(name, was === null ? t.otherValues : firstCell(was, tables[kind], t))
    );
    differences.push({ file, run: name, text });
  }
  for (const [kind, artifact] of Object.entries(files)) {
    const file = `runs/${name}/${kind}.${kind === "weights" ? "npz" : "csv"}`;
    const sha256 = recorded.manifest.files[file]?.sha256;
    if (artifact === undefined || artifact.sha256 === sha256) continue;
    differences.push({ file, run: name, text: await describe(recorded, { file, artifact }) });
  }
  return differences;
}

async function describe(
  recorded: RecordedResults,
  { file, artifact }: { file: string; artifact: Artifact },
): Promise<Texts> {
  if (!Object.hasOwn(recorded.manifest.files, file)) {
    return say(({ verify }) => verify.difference.notRecorded);
  }
  const before = file.endsWith(".csv") ? await recorded.readUnchanged(file) : null;
  if (before === null) return say(({ verify }) => verify.difference.otherBytes);
  const now = new TextDecoder().decode(await artifact.read());
  return say(({ verify }) => firstCell(before, now, verify.difference));
}

/** The first place where two CSV texts of one header differ. */
function firstCell(before: string, now: string, t: Messages["verify"]["difference"]): string {
  const [old, fresh] = [before, now].map((text) => text.split("\n").map((line) => line.split(",")));
  for (let i = 0; i < Math.max(old.length, fresh.length); i++) {
    const [a = [], b = []] = [old[i], fresh[i]];
    const column = Array.from({ length: Math.max(a.length, b.length) }, (_, j) => j).find((j) =>
      a[j] !== b[j]
    );
    if (column === undefined) continue;
    const place = i === 0
      ? t.header
      : t.row(a.join() || b.join(), old[0][column] ?? fresh[0][column] ?? t.cell(column + 1));
    return t.was(place, a[column] ?? t.notThere, b[column] ?? t.notThere);
  }
  return t.sameValues;
}
