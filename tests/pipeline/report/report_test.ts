import assert from "node:assert/strict";
import { main } from "../../../pipeline/main.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const CONFIG = `name: tiny
dataset: strokes
preprocess: {limit: 300}
train: {epochs: 2}
sweep:
  parameters:
    model.hidden: [[8], []]
    train.learning_rate: [0.1, 1.0e+30]
`;

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams();
  const code = await main(args, { signal: new AbortController().signal, streams });
  return { code, out: streams.out, err: streams.err };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (
    const name of [
      "report.md",
      "report.html",
      ...Array.from(Deno.readDirSync(`${folder}/figures`), ({ name }) => `figures/${name}`).sort(),
    ]
  ) {
    files[name] = (await Deno.readFile(`${folder}/${name}`)).toHex();
  }
  return files;
}

Deno.test("a report is rendered again from its folder alone, to the same bytes, also in Japanese and without its extras", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tiny.yaml`, CONFIG);
    const out = `${folder}/results`;
    const swept = await run(
      "sweep",
      `${folder}/tiny.yaml`,
      "--out",
      out,
      "--store",
      `${folder}/store`,
      "--workers",
      "1",
    );
    assert.equal(swept.code, 0, swept.err);
    const before = await contents(out);
    const manifest = await Deno.readTextFile(`${out}/manifest.json`);
    await Deno.remove(`${folder}/store`, { recursive: true });
    await Deno.remove(`${out}/figures`, { recursive: true });
    await Deno.remove(`${out}/report.html`);

    const again = await run("report", out);
    assert.deepEqual([again.code, again.err], [0, ""]);
    assert.match(again.out, /report\.html\n/);
    assert.deepEqual(await contents(out), before);
    assert.equal(await Deno.readTextFile(`${out}/manifest.json`), manifest);
    const english = await Deno.readTextFile(`${out}/report.md`);
    assert.match(english, /diverged/);
    assert.match(english, /Time: .* of training over \d+ runs/);

    assert.equal((await run("report", out, "--language", "ja")).code, 0);
    assert.match(await Deno.readTextFile(`${out}/report.html`), /<html lang="ja">/);
    assert.notEqual(await Deno.readTextFile(`${out}/manifest.json`), manifest);

    await Deno.remove(`${out}/manifest.json`);
    await Deno.remove(`${out}/timings.csv`);
    await Deno.remove(`${out}/runs`, { recursive: true });
    const bare = await run("report", out);
    assert.equal(bare.code, 0);
    assert.match(
      bare.err,
      /^note: there is no manifest\.json: .*\nnote: there is no runs\/\d-0\/predictions\.csv/,
    );
    assert.match(await Deno.readTextFile(`${out}/report.md`), /^# results\n/);
  });
});

Deno.test("a folder that holds no results, or a table that is not one, is told in one line", async () => {
  await inTemporaryFolder(async (folder) => {
    const none = await run("report", `${folder}/nothing`);
    assert.equal(none.code, 2);
    assert.equal(
      none.err,
      `error: Cannot render a report: ${folder}/nothing must be a results folder, found no results.csv in it\n`,
    );
    await Deno.writeTextFile(`${folder}/results.csv`, "trial,seed\n1,2\n");
    const wrong = await run("report", folder);
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.err,
      /^error: Cannot render the report of .*: Cannot parse results\.csv: line 1 must be trial,seed,status,/,
    );
    const language = await run("report", folder, "--language", "de");
    assert.equal(language.code, 2);
    assert.match(language.err, /Allowed choices are en, ja/);
  });
});

Deno.test("a hostile manifest gets no markup into a report, and a link in its folder leads no writing out of it", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/results`;
    await copyFolder(new URL("../../fixtures/results_format_1", import.meta.url).pathname, out);
    await Deno.writeTextFile(`${folder}/precious`, "precious");
    const names = ["report.md.tmp", "report.html.tmp", "history.csv.tmp", "manifest.json.tmp", "report.html"];
    for (const name of names) await Deno.symlink(`${folder}/precious`, `${out}/${name}`);
    const html = "<img src=x onerror=alert(1)>";
    const manifest = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    await Deno.writeTextFile(
      `${out}/manifest.json`,
      JSON.stringify({
        ...manifest,
        config: `${html}/c.yaml`,
        versions: { deno: `${html}|` },
        command: `x</script>\`\n\n# H ![a](http://127.0.0.1/x) | ${html}`,
        data: { [html]: "0".repeat(64) },
      }),
    );
    const { code, err } = await run("report", out);
    assert.equal(code, 0, err);
    const markdown = await Deno.readTextFile(`${out}/report.md`);
    assert.match(markdown, /onerror/);
    assert.doesNotMatch(markdown.replaceAll(/^```\w*\n[^]*?\n```$/gm, ""), /(?<!\\)<img|^# H|(?<!\\)!\[a\]/m);
    const page = await Deno.readTextFile(`${out}/report.html`);
    assert.match(page, /onerror/);
    assert.doesNotMatch(page, /<img src=x|x<\/script>/);
    assert.equal(await Deno.readTextFile(`${folder}/precious`), "precious");
    assert.equal((await Deno.lstat(`${out}/report.html`)).isSymlink, false);
  }));

const REFERENCES = ["quickstart", "course-3", "sweep"].map((name) => `results/reference/${name}`);

for (const reference of REFERENCES) {
  const at = new URL(`../../../${reference}`, import.meta.url);
  const isThere = await Deno.stat(at).then(() => true, () => false);
  Deno.test({
    name: isThere
      ? `the figures of ${reference} are rendered again to the committed bytes`
      : `${reference}: SKIPPED, that folder is not there`,
    ignore: !isThere,
    fn: () =>
      inTemporaryFolder(async (folder) => {
        await copyFolder(at.pathname, `${folder}/results`);
        const { figures: before, page } = await looks(`${folder}/results`);
        const { code, err } = await run("report", `${folder}/results`);
        assert.equal(code, 0, err);
        const after = await looks(`${folder}/results`);
        assert.deepEqual(after.figures, before);
        // The predictions of the best run, of which some of the references have none, are left out then.
        if (err === "") assert.equal(after.page, page);
      }),
  });
}

/** The figures, and the two files for readers. */
async function looks(folder: string): Promise<{ figures: Record<string, string>; page: string }> {
  const { "report.md": text, "report.html": page, ...figures } = await contents(folder);
  return { figures, page: text + page };
}

Deno.test("a table of a hundred thousand runs is refused before it is read", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/results.csv`, "trial,seed\n" + "0,0\n".repeat(100_000));
    const { code, err } = await run("report", folder);
    assert.equal(code, 2);
    assert.match(
      err,
      /^error: Cannot render the report of \S+: Cannot parse results\.csv: it must have at most 50,000 rows, found 100,000\n$/,
    );
  }));
