import assert from "node:assert/strict";
import { main } from "../../../pipeline/main.ts";
import { renderLab } from "../../../src/lab/document.tsx";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";

const DIGITS = new URL("../../../results/reference/digits", import.meta.url).pathname;
/** A results folder as they are committed: its weights are not there. */

/** Streams whose standard output can be waited for. */
class AwaitedStreams extends RecordedStreams {
  readonly line = Promise.withResolvers<string>();

  override stdout = (text: string): Promise<void> => {
    this.line.resolve(text);
    return Promise.resolve();
  };
}

async function run(args: string[], environment: "en" | "ja" = "en") {
  const streams = new RecordedStreams({});
  const context = { signal: new AbortController().signal, streams, environment };
  const code = await main(["lab", ...args], context);
  return { code, out: streams.out, err: streams.err };
}

/** What a lab's file carries of a network. */
const trainedOf = (html: string) => JSON.parse(/id="lab-data"[^>]*>(.*?)<\/script>/.exec(html)![1]).trained;

Deno.test("the lab's program has at most 700 KB, weights aside", () => {
  const { length } = new TextEncoder().encode(renderLab({ language: "en", trained: null }));
  assert.ok(length <= 700_000, `${length} bytes`);
});

Deno.test("--out writes the lab as one file, with the network that comes with the project", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/lab.html`, '<!doctype html><div id="lab">');
    const { code, out, err } = await run(["--out", `${folder}/lab.html`, "--language", "ja"]);
    assert.deepEqual({ code, out, err }, { code: 0, out: `${folder}/lab.html に保存しました\n`, err: "" });
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["lab.html"]);
    const html = await Deno.readTextFile(`${folder}/lab.html`);
    assert.match(html, /^<!doctype html>\n<html lang="ja">/);
    const { source, activation, scale, test_accuracy, weights } = trainedOf(html);
    assert.deepEqual({ source, activation, scale, test_accuracy }, {
      source: "results/reference/digits, 0-0",
      activation: "tanh",
      scale: 255,
      test_accuracy: 0.979,
    });
    assert.deepEqual(Uint8Array.fromBase64(weights), await Deno.readFile(`${DIGITS}/runs/0-0/weights.npz`));
  }));

Deno.test("--weights takes those of the best run of a results folder, or of one of its trials", () =>
  inTemporaryFolder(async (folder) => {
    await copyFolder(DIGITS, `${folder}/mine`);
    for (const place of [`${folder}/mine`, `${folder}/mine#0`]) {
      const { code, err } = await run(["--weights", place, "--out", `${folder}/lab.html`]);
      assert.equal(code, 0, err);
      const trained = trainedOf(await Deno.readTextFile(`${folder}/lab.html`));
      assert.equal(trained.source, `${folder}/mine, 0-0`);
      assert.ok(trained.mistakes.length > 1000);
    }
    await Deno.remove(`${folder}/mine/runs/0-0/inspection.npz`);
    assert.equal((await run(["--weights", `${folder}/mine`, "--out", `${folder}/lab.html`])).code, 0);
    assert.equal(trainedOf(await Deno.readTextFile(`${folder}/lab.html`)).mistakes, null);
  }));

Deno.test("what is wrong with --weights or --out is said in one line, in English and in Japanese", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/lab.html`;
    await Deno.mkdir(`${folder}/empty`);
    await copyFolder(DIGITS, `${folder}/damaged`);
    await Deno.writeTextFile(`${folder}/damaged/runs/0-0/weights.npz`, "no zip");
    await copyFolder(DIGITS, `${folder}/weightless`);
    await Deno.remove(`${folder}/weightless/runs/0-0/weights.npz`);
    await copyFolder(DIGITS, `${folder}/failed`);
    const results = await Deno.readTextFile(`${folder}/failed/results.csv`);
    await Deno.writeTextFile(
      `${folder}/failed/results.csv`,
      results.replace(",ok,", ",failed,").replace(
        /,\d\.\d+,\d\.\d+,\d\.\d+,\d\.\d+,\d\.\d+,[0-9a-f]{64}/,
        ",,,,,,",
      ),
    );
    const cases: [string[], RegExp, RegExp?][] = [
      [["--weights", `${folder}/empty`], /Cannot read results from \S+empty: there is no manifest\.json/],
      [["--weights", `${folder}/nowhere`], /Cannot read results from \S+nowhere: there is no such file or folder/],
      [["--weights", `${DIGITS}#7`], /Cannot find trial 7 of \S+: it must be 0, the only one/],
      [["--weights", `${folder}/failed`], /Cannot find the best trial of \S+failed: a run must have ended/],
      [
        ["--weights", `${folder}/failed#0`],
        /Cannot take weights from \S+failed#0: a run must have ended ok, found none/,
        /failed#0 から重みを取り出せません: 正常に終わった訓練が 1 つもありません/,
      ],
      [
        ["--weights", `${folder}/weightless`],
        /there is no \S+runs\/0-0\/weights\.npz; sweep again .*: deno task sweep configs\/lab\/digits\.yaml/,
        /weights\.npz がありません。もとのスイープを実行し直してください: deno task sweep/,
      ],
      [
        ["--weights", `${folder}/damaged`],
        /Cannot read \S+weights\.npz: Cannot read an \.npz: it must be a zip file/,
        /weights\.npz を読み取れません。NumPy の \.npz ファイルとして/,
      ],
      [
        ["--out", folder],
        /Cannot write \S+: it must be a file, found a folder/,
        /書き込めません.*フォルダです/,
      ],
      [
        ["--out", `${DIGITS}/results.csv`],
        /Cannot write \S+results\.csv: it must be a new file or a lab, found another file; pass another name or remove it/,
        /実験室ではないファイルがすでにあります/,
      ],
      [["--out", `${folder}/no/lab.html`], /there is no folder \S+\/no$/, /フォルダ \S+\/no がありません/],
      [
        ["--out", `${DIGITS}/manifest.json/lab.html`],
        /a part of its path must be a folder, found a file/,
        /パスの途中がフォルダではなく/,
      ],
      [["--port", "70000"], /argument '70000' is invalid\. It must be a whole number from 0 to 65535\./],
    ];
    for (const [args, english, japanese] of cases) {
      const all = args.includes("--out") || args.includes("--port") ? args : [...args, "--out", out];
      const { code, out: printed, err } = await run(all);
      assert.deepEqual({ code, printed }, { code: 2, printed: "" }, args.join(" "));
      assert.match(err, /^error: [^\n]*\n(See [^\n]*\n)?$/);
      assert.match(err.split("\n")[0], english);
      if (japanese) assert.match((await run(all, "ja")).err, japanese);
    }
  }));

Deno.test("the lab is served to this machine alone, at the next free port, until it is interrupted", async () => {
  const taken = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("taken"));
  const controller = new AbortController();
  const streams = new AwaitedStreams({});
  const served = main(["lab", "--port", String(taken.addr.port)], { signal: controller.signal, streams });
  try {
    const line = await streams.line.promise;
    const [, address, port] = /^The lab is at (http:\/\/127\.0\.0\.1:(\d+)\/) \(Ctrl-C ends it\)\n$/.exec(
      line,
    )!;
    assert.ok(Number(port) > taken.addr.port);
    const response = await fetch(address);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.match(await response.text(), /^<!doctype html>\n<html lang="en">/);
    for (const path of ["favicon.ico", "../deno.json", "?lang=ja/x"]) {
      const { status, body } = await fetch(address + path);
      await body?.cancel();
      assert.equal(status, path.startsWith("?") ? 200 : 404, path);
    }
    for (const host of ["example.com", "127.0.0.1.example.com", "localhost.example.com:80"]) {
      assert.match(await ask(Number(port), host), /^HTTP\/1\.1 421 /, host);
    }
    assert.match(await ask(Number(port), `localhost:${port}`), /^HTTP\/1\.1 200 /);
  } finally {
    controller.abort();
    await taken.shutdown();
  }
  assert.equal(await served, 0);
});

/** A request by another name for this machine, which fetch() does not send; the first bytes of the answer. */
async function ask(port: number, host: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(64);
  const length = await connection.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, length ?? 0));
}
