import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { main } from "../main_in_process.ts";
import { copyFolder } from "../copy_folder.ts";
import {
  DIAGNOSTICS_COLUMNS,
  formatDiagnostics,
  parseDiagnostics,
} from "../../../src/tables/diagnostics_csv.ts";
import { parseSummary } from "../../../src/tables/summary_csv.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";

// The program before manifest.json had a format wrote it; of its 25 files those are left out that are large.
const OLD = new URL("../../fixtures/results_format_1", import.meta.url).pathname;
const CONFIG = "tests/fixtures/results_format_1/small.yaml";
const TEXTS = ["report.md", "results.csv", "history.csv", "summary.csv"];

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams });
  return { code, out: streams.out, err: streams.err };
}

/** The columns of the two tables, as their own first lines name them. */
function columnsOf(texts: Record<string, string>): { results: string[]; history: string[] } {
  const header = (name: string) => texts[name].split("\n")[0].split(",");
  return { results: header("results.csv"), history: header("history.csv") };
}

/** A copy of the old folder. */
async function inOldResults(test: (results: string, folder: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await copyFolder(OLD, `${folder}/results`);
    await test(`${folder}/results`, folder);
  });
}

async function readAll(folder: string, names: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of names) texts[name] = await Deno.readTextFile(`${folder}/${name}`);
  return texts;
}

Deno.test("results of format 1 are read by best, compare, verify and status", () =>
  inOldResults(async (results, folder) => {
    const best = await run("best", results);
    assert.deepEqual([best.code, best.err], [0, ""]);
    assert.match(best.out, /^# Trial 1 of small, the best of 2 by val_accuracy: hidden=8$/m);
    const compared = await run("compare", `${results}#0`, `${results}#1`);
    assert.deepEqual([compared.code, compared.err], [0, ""]);
    assert.match(compared.out, /^model\.hidden +5 +8$/m);

    const status = await run("status", CONFIG, "--out", results, "--store", `${folder}/store`);
    assert.equal(status.code, 1, status.err);
    assert.match(status.out, /^ *report: stale: .*its manifest\.json is of format 1, /m);
    const verified = await run("verify", results, "--quiet", "--workers", "1");
    assert.equal(verified.code, 0, verified.err);
    assert.match(
      verified.out,
      /: 4 of 4 runs computed again\n11 files of the manifest are not in the folder/,
    );
    assert.match(verified.out, /^The same bytes: /m);
  }));

Deno.test("a report of results of format 1 is rendered again, to the same bytes each time, and its manifest has format 2 then", () =>
  inOldResults(async (results) => {
    const before = await readAll(results, TEXTS.slice(1));
    const manifest = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
    const { code, err } = await run("report", results);
    assert.deepEqual([code, err], [0, ""]);
    assert.deepEqual(await readAll(results, TEXTS.slice(1)), before);
    const { files, ...rest } = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
    const { files: formerly, ...others } = manifest;
    assert.deepEqual(rest, { format: 2, columns: columnsOf(before), ...others });
    // The text and the figures are this version's; a figure that took another's place is listed alone.
    for (const name of Object.keys(formerly)) {
      if (!/^(report\.|figures\/)/.test(name)) assert.deepEqual(files[name], formerly[name], name);
    }
    assert.equal(files["figures/misclassified.png"], undefined);
    assert.match(Object.keys(files).join(), /figures\/misclassified\.svg/);
    const texts = await readAll(results, TEXTS);
    assert.equal((await run("report", results)).code, 0);
    assert.deepEqual(await readAll(results, TEXTS), texts);
  }));

Deno.test("a sweep into results of format 1 gives the same files, and a manifest of format 2", () =>
  inOldResults(async (results, folder) => {
    const before = await readAll(results, TEXTS.slice(1));
    const { "summary.csv": oldSummary, ...kept } = before;
    const manifest = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
    const places = ["--out", results, "--store", `${folder}/store`, "--workers", "1", "--quiet"];
    const { code, err } = await run("sweep", CONFIG, ...places);
    assert.equal(code, 0, err);
    const { "summary.csv": summary, ...now } = await readAll(results, TEXTS.slice(1));
    assert.deepEqual(now, kept);
    // It has a column more, and says the same in the others.
    const others = (text: string) => parseSummary(text).map(({ learned: _, ...row }) => row);
    assert.deepEqual(others(summary), others(oldSummary));
    const { format, files, ...rest } = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
    assert.equal(format, 2);
    assert.deepEqual({ ...rest.runs, ...rest.data }, { ...manifest.runs, ...manifest.data });
    for (const [name, entry] of Object.entries(files)) {
      // Times are never the same twice, reports and inspections are this version's.
      if (/^(report|timings|summary)\.|^figures\/|\/inspection\.npz$/.test(name)) continue;
      if (name.endsWith("/diagnostics.csv")) {
        // It has columns more, and says the same in the others.
        const text = await Deno.readTextFile(`${results}/${name}`);
        const columns = DIAGNOSTICS_COLUMNS.filter((name) => !name.endsWith("_histogram"));
        const others = formatDiagnostics(parseDiagnostics(text), columns);
        assert.notEqual(others, text);
        assert.equal(
          createHash("sha256").update(others).digest("hex"),
          manifest.files[name].sha256,
          name,
        );
      } else assert.deepEqual(entry, manifest.files[name], name);
    }
    const status = await run("status", CONFIG, "--out", results, "--store", `${folder}/store`);
    assert.equal(status.code, 0, status.out);
  }));

Deno.test("gc keeps what results of format 1 are made of", () =>
  inOldResults(async (results, folder) => {
    const store = ["--store", `${folder}/store`];
    const other = ["--out", `${folder}/other`, "--workers", "1", "--quiet"];
    assert.equal((await run("sweep", CONFIG, ...store, ...other)).code, 0);
    await Deno.remove(`${folder}/other`, { recursive: true });
    const gc = await run("gc", "--results", folder, ...store, "--dry-run");
    assert.deepEqual([gc.code, gc.err], [0, ""]);
    assert.match(
      gc.out,
      /: what 1 results folder may be made of is kept\n.*\/results\nwould remove nothing\n/,
    );
    await Deno.remove(results, { recursive: true });
    assert.match((await run("gc", "--results", folder, ...store, "--dry-run")).out, /would remove \d+ /);
  }));

Deno.test("results of a version that had no such column yet are verified by the columns that they have", () =>
  inOldResults(async (results) => {
    const texts = await readAll(results, ["results.csv", "history.csv"]);
    const columns = columnsOf(texts);
    const later = columns.results.indexOf("shuffle");
    const lines = texts["results.csv"].trimEnd().split("\n").map((line) =>
      line.split(",").toSpliced(later, 1).join(",") + "\n"
    );
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const manifest = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
    for (const line of lines.slice(1)) {
      const [trial, seed] = line.split(",");
      manifest.runs[`${trial}-${seed}`].results = sha256(line);
    }
    const text = lines.join("");
    manifest.files["results.csv"] = { sha256: sha256(text), bytes: text.length };
    await Deno.writeTextFile(`${results}/results.csv`, text);
    const write = (columns: object) =>
      Deno.writeTextFile(`${results}/manifest.json`, JSON.stringify({ format: 2, columns, ...manifest }));

    await write({ ...columns, results: columns.results.toSpliced(later, 1) });
    const verified = await run("verify", results, "--quiet", "--workers", "1");
    assert.deepEqual([verified.code, verified.err], [0, ""]);
    assert.match(verified.out, /^The same bytes: /m);

    await write(columns);
    assert.equal((await run("verify", results, "--quiet", "--workers", "1")).code, 1);
    await write({ ...columns, results: [...columns.results, "mood"] });
    const unknown = await run("verify", results, "--quiet");
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /found "mood" in the place of columns\.results, which are among trial, seed/);
  }));
