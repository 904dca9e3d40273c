import assert from "node:assert/strict";
import { readInputText } from "../../../pipeline/system/read_input.ts";
import { readReason, systemCode, systemReason } from "../../../pipeline/system/reasons.ts";
import { readIfPresent } from "../../../pipeline/system/files.ts";
import { readManifest } from "../../../pipeline/results/manifest.ts";
import { ResultsFolder } from "../../../pipeline/results/folder.ts";
import { hashFile } from "../../../pipeline/store/hash.ts";
import { main } from "../../../pipeline/main.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { unless, WINDOWS } from "../../skipped.ts";

const CONFIG = { en: "config", ja: "設定" };

async function run(...args: string[]): Promise<{ code: number; err: string }> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams });
  return { code, err: streams.err };
}

Deno.test(
  unless(WINDOWS, "a named pipe, a device or a folder in the place of a file is refused and never opened"),
  () =>
    inTemporaryFolder(async (folder) => {
      const pipe = `${folder}/pipe`;
      assert.ok((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
      const found = "it must be a regular file, found a named pipe";
      const message = `Cannot read ${pipe}: ${found}`;
      await assert.rejects(readInputText(pipe), { name: "UserError", message });
      await assert.rejects(readIfPresent(pipe), { name: "UserError", message });
      await assert.rejects(hashFile(pipe), { name: "UserError", message });
      await assert.rejects(readInputText("/dev/zero"), {
        message: /must be a regular file, found a device$/,
      });
      for (const verb of ["status", "sweep"]) {
        const { code, err } = await run(verb, pipe);
        assert.deepEqual([code, err], [2, `error: Cannot read the config ${pipe}: ${found}\n`]);
      }
      const rubric = await run("grade", pipe, folder);
      assert.deepEqual([rubric.code, rubric.err], [2, `error: Cannot read the rubric ${pipe}: ${found}\n`]);
      for (
        const [verb, file] of [["best", "manifest.json"], ["report", "results.csv"], [
          "verify",
          "manifest.json",
        ]]
      ) {
        await Deno.mkdir(`${folder}/${verb}`);
        await Deno.symlink(pipe, `${folder}/${verb}/${file}`);
        const { code, err } = await run(verb, `${folder}/${verb}`);
        assert.deepEqual([code, err], [2, `error: Cannot read ${folder}/${verb}/${file}: ${found}\n`]);
      }
    }),
);

Deno.test("a folder as config names the configs that are in it", () =>
  inTemporaryFolder(async (folder) => {
    const message = `Cannot read the config ${folder}: ${folder} is a folder`;
    await assert.rejects(readInputText(folder, CONFIG), { name: "UserError", message });
    for (const name of ["b.yaml", "a.yml", "schema.json", ".hidden.yaml"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    await assert.rejects(readInputText(folder, CONFIG), {
      message: `${message}; did you mean ${folder}/a.yml, ${folder}/b.yaml?`,
    });
    for (const name of ["c", "d", "e", "f"]) await Deno.writeTextFile(`${folder}/${name}.yaml`, "");
    await assert.rejects(readInputText(folder, CONFIG), { message: /e\.yaml, \.\.\.\?$/ });
  }));

Deno.test("of a config that is not there the nearest name is told, and why it is none", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/first.yaml`, "");
    const cases = {
      [`${folder}/first`]: `there is no such file; did you mean ${folder}/first.yaml?`,
      [`${folder}/frist.yaml`]: `there is no such file; did you mean ${folder}/first.yaml?`,
      [`${folder}/none/quickstart`]: "there is no such file; did you mean configs/quickstart.yaml?",
      [`${folder}/zzz.yaml`]: "there is no such file",
      [`${folder}/first.yaml/x`]: "a part of its path must be a folder, found a file",
      "-": "there is no such file; it is read from a file, not from standard input",
    };
    for (const [path, reason] of Object.entries(cases)) {
      const { code, err } = await run("status", path);
      assert.deepEqual([code, err], [2, `error: Cannot read the config ${path}: ${reason}\n`]);
    }
    const rubric = await run("grade", `${folder}/frist.yaml`, folder);
    assert.match(rubric.err, /Cannot read the rubric .*; did you mean \S*first\.yaml\?\n$/);
    assert.equal(readReason(new Deno.errors.NotCapable("")).en, "it must be a file on a disk");
    const starter = await run("template", `${folder}/first.yaml`);
    assert.deepEqual([starter.code, starter.err], [
      2,
      `error: Cannot make a starter in ${folder}/first.yaml: it must be a folder, found a file\n`,
    ]);
  }));

Deno.test("a file larger than any config is refused before it is read", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/x`, "");
    await Deno.truncate(`${folder}/x`, 2 ** 40);
    await assert.rejects(readInputText(`${folder}/x`), {
      name: "UserError",
      message: `Cannot read ${folder}/x: it must have at most 256 MiB, found ${2 ** 40} bytes`,
    });
  }));

Deno.test(
  unless(WINDOWS, "what the system refuses is told with its reason, not as a damaged manifest"),
  () =>
    inTemporaryFolder(async (folder) => {
      // Permissions do not hold for everybody; a circle does.
      await Deno.symlink("manifest.json", `${folder}/manifest.json`);
      const reason = "it must be a file, found symbolic links that lead in a circle";
      await assert.rejects(readManifest(folder), {
        name: "UserError",
        message: `Cannot read ${folder}/manifest.json: ${reason}`,
      });
      await assert.rejects(ResultsFolder.open(folder), {
        name: "UserError",
        message: `Cannot write results to ${folder}: ${reason}`,
      });
    }),
);

Deno.test(
  unless(WINDOWS, "codes that Deno does not name are known by their numbers, and each says what to do"),
  () => {
    const large = new Error("File too large (os error 27): writefile 'x'");
    assert.equal(systemCode(large), "EFBIG");
    assert.equal(systemCode(new Error("Cannot read x: File too large (os error 27)")), null);
    assert.match(systemReason(large, { code: "EFBIG", option: "--out DIR" }).en, /ulimit -f.*--out DIR$/);
    const refused = new Error("");
    assert.match(readReason(refused, "EACCES").en, /^permission denied; .*chmod/);
    for (const code of ["EMFILE", "ENFILE"]) assert.match(readReason(refused, code).en, /ulimit -n/);
  },
);

Deno.test(
  unless(
    WINDOWS,
    "with too few open files, and with files that may not grow, a sweep says how to allow more",
  ),
  () =>
    inTemporaryFolder(async (folder) => {
      const config = `${folder}/x.yaml`;
      await Deno.writeTextFile(
        config,
        "name: x\ndataset: strokes\nmodel: {hidden: [5]}\ntrain: {epochs: 1}\n",
      );
      const script = new URL("../../../pipeline/main.ts", import.meta.url).pathname;
      const sweep = async (limit: string) => {
        const { code, stderr } = await new Deno.Command("bash", {
          args: [
            "-c",
            `trap '' XFSZ; ${limit}; exec "$0" run -q -A "$@"`,
            Deno.execPath(),
            script,
            "sweep",
            config,
            ...["--store", `${folder}/store`, "--out", `${folder}/out`, "--quiet", "--workers", "1"],
          ],
        }).output();
        return { code, err: new TextDecoder().decode(stderr) };
      };
      const small = await sweep("ulimit -f 200");
      assert.equal(small.code, 2, small.err);
      assert.match(small.err, /^error: Cannot write to the store .*\(`ulimit -f`\)/m);
      const few = await sweep("ulimit -n 24");
      assert.equal(few.code, 2, few.err);
      assert.match(few.err, /^error: .*\(`ulimit -n 1024`\)/m);
      assert.doesNotMatch(small.err + few.err, /bug|must be a sweep's/);
    }),
);

Deno.test("a picture in the place of a config is not taken for Shift_JIS", () =>
  inTemporaryFolder(async (folder) => {
    const file = `${folder}/x.yaml`;
    const [png] = Array.from(Deno.readDirSync("docs/pictures"), ({ name }) => name).filter((name) =>
      name.endsWith(".png")
    );
    await Deno.copyFile(`docs/pictures/${png}`, file);
    const { code, err } = await run("status", file);
    assert.deepEqual([code, err], [
      2,
      `error: Cannot read the config ${file}: it must be text in UTF-8, found what is no text\n`,
    ]);
  }));

Deno.test("a config in Shift_JIS or EUC-JP is refused, as its texts would stand garbled in the report", () =>
  inTemporaryFolder(async (folder) => {
    const texts = {
      Shift_JIS: [0x8a, 0x77, 0x8f, 0x4b, 0x97, 0xa6], // 学習率
      "EUC-JP": [0xb3, 0xd8, 0xbd, 0xac, 0xce, 0xa8],
    };
    const file = `${folder}/x.yaml`;
    const start = new TextEncoder().encode("name: a\ndataset: strokes\ntitle: ");
    for (const [encoding, title] of Object.entries(texts)) {
      await Deno.writeFile(file, new Uint8Array([...start, ...title, 0x0a]));
      const english = await run("status", file);
      assert.deepEqual([english.code, english.err], [
        2,
        `error: Cannot read the config ${file}: it must be text in UTF-8, found what looks like ${encoding}; save it again in UTF-8\n`,
      ]);
      const { err } = await run("status", file, "--language", "ja");
      assert.equal(
        err,
        `エラー: 設定 ${file} を読み取れません。文字コードが UTF-8 ではありません（${encoding} のようです）。UTF-8 で保存し直してください\n`,
      );
    }
    await Deno.writeFile(file, new Uint8Array([...start, 0xff, 0xff, 0x0a]));
    assert.match(
      (await run("status", file)).err,
      /in UTF-8, found another encoding; save it again in UTF-8\n$/,
    );
  }));
