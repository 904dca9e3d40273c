import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { StepIdentity } from "../../../pipeline/store/fingerprint.ts";
import { Store } from "../../../pipeline/store/store.ts";
import type { StepRecord } from "../../../pipeline/store/records.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const BYTES = new TextEncoder().encode("abc");
// FIPS 180-2, appendix B.1.
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

const IDENTITY: StepIdentity = {
  step: "train",
  version: 2,
  parameters: { hidden: [400, 200], learning_rate: 0.01 },
  inputs: { dataset: "0".repeat(64) },
};
const RECORD: StepRecord = { ...IDENTITY, outputs: { weights: ABC }, facts: { loss: 0.5, note: "é" } };

Deno.test("an artifact lies under its SHA-256, and reads back", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(`${folder}/new/store`);
    assert.equal(store.hasArtifact(ABC), false);
    assert.equal(await store.putArtifact(BYTES), ABC);
    assert.equal(store.artifactPath(ABC), `${folder}/new/store/artifacts/ba/${ABC.slice(2)}`);
    assert.deepEqual(await Deno.readFile(store.artifactPath(ABC)), BYTES);
    assert.deepEqual(await store.readArtifact(ABC), BYTES);
    assert.equal(store.hasArtifact(ABC), true);
    assert.equal(await store.isArtifactIntact(ABC), true);
    assert.equal(await store.putArtifact(new Uint8Array()), createHash("sha256").digest("hex"));
    assert.deepEqual(names(`${folder}/new/store/tmp`), []);
  }));

Deno.test("an artifact with any byte flipped, cut, longer or gone is found on reading, and putting it again heals it", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    await store.putArtifact(BYTES);
    const path = store.artifactPath(ABC);
    const damages = [
      ...Array.from(BYTES, (_, at) => BYTES.map((byte, index) => index === at ? byte ^ 1 : byte)),
      BYTES.subarray(0, 2),
      new Uint8Array(),
      Uint8Array.of(...BYTES, 0),
    ];
    for (const damaged of damages) {
      await Deno.writeFile(path, damaged);
      assert.equal(store.hasArtifact(ABC), true);
      assert.equal(await store.isArtifactIntact(ABC), false);
      await assert.rejects(store.readArtifact(ABC), {
        name: "DamagedArtifactError",
        path,
        message: `Cannot read the artifact ${path}: its SHA-256 must be ${ABC}, found ${
          createHash("sha256").update(damaged).digest("hex")
        }`,
      });
      await store.putArtifact(BYTES);
      assert.deepEqual(await store.readArtifact(ABC), BYTES);
    }
    await Deno.remove(path);
    assert.equal(await store.isArtifactIntact(ABC), false);
    await assert.rejects(store.readArtifact(ABC), {
      name: "DamagedArtifactError",
      message: `Cannot read the artifact ${path}: its SHA-256 must be ${ABC}, found no file`,
    });
  }));

Deno.test("a temporary file becomes an artifact, also over a damaged one", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    for (const before of [null, Uint8Array.of(1)]) {
      if (before) await Deno.writeFile(store.artifactPath(ABC), before);
      const temporary = await store.createTemporary();
      await Deno.writeFile(temporary, BYTES);
      await store.adoptFile(temporary, ABC);
      assert.deepEqual(await store.readArtifact(ABC), BYTES);
      assert.deepEqual(names(`${folder}/tmp`), []);
    }
    assert.notEqual(await store.createTemporary(), await store.createTemporary());
    assert.equal(await store.createTemporary("x.part"), `${folder}/tmp/x.part`);
  }));

Deno.test("a record reads back by its step and fingerprint, and only by them", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    const key = await store.putRecord(RECORD);
    assert.deepEqual(store.readRecord("train", key), RECORD);
    assert.equal(store.readRecord("evaluate", key), null);
    assert.equal(store.readRecord("train", ABC), null);
    const path = `${folder}/steps/train/${key.slice(0, 2)}/${key.slice(2)}.json`;
    // The file is JSON that other tools can read.
    assert.deepEqual(JSON.parse(await Deno.readTextFile(path)).record, RECORD);
  }));

Deno.test("a record with any bit flipped, or cut anywhere, or of another name counts as none, and that is said", () =>
  inTemporaryFolder(async (folder) => {
    const warnings: string[] = [];
    const store = await Store.open(folder, { onWarning: (message) => warnings.push(message) });
    const key = await store.putRecord(RECORD);
    const path = `${folder}/steps/train/${key.slice(0, 2)}/${key.slice(2)}.json`;
    const bytes = await Deno.readFile(path);
    const expected = `The record ${path} is damaged; its step counts as not performed and runs again.`;
    const isRefused = (damaged: Uint8Array) => {
      Deno.writeFileSync(path, damaged);
      assert.equal(store.readRecord("train", key), null);
      assert.equal(warnings.pop(), expected);
    };
    for (let at = 0; at < bytes.length; at++) {
      isRefused(bytes.subarray(0, at));
      isRefused(bytes.map((byte, index) => index === at ? byte ^ (1 << (at % 8)) : byte));
    }
    const other = await store.putRecord({ ...RECORD, version: 3 });
    isRefused(await Deno.readFile(`${folder}/steps/train/${other.slice(0, 2)}/${other.slice(2)}.json`));
    await store.putRecord(RECORD);
    assert.deepEqual(store.readRecord("train", key), RECORD);
    assert.deepEqual(warnings, []);
  }));

Deno.test("listRecords() gives a step's records in the order of their fingerprints, without damaged ones", () =>
  inTemporaryFolder(async (folder) => {
    const warnings: string[] = [];
    const store = await Store.open(folder, { onWarning: (message) => warnings.push(message) });
    assert.deepEqual([...store.listRecords("train")], []);
    const records = Array.from({ length: 20 }, (_, version) => ({ ...RECORD, version }));
    const keys = await Promise.all(records.map((record) => store.putRecord(record)));
    await store.putRecord({ ...RECORD, step: "evaluate" });
    const [gone = ""] = keys;
    await Deno.writeTextFile(`${folder}/steps/train/${gone.slice(0, 2)}/${gone.slice(2)}.json`, "{}");
    const order = keys.slice(1).sort();
    const listed = [...store.listRecords("train")];
    assert.deepEqual(listed.map(({ version }) => version), order.map((key) => keys.indexOf(key)));
    assert.equal(warnings.length, 1);
  }));

Deno.test("putRecord() refuses facts that are not JSON, and writes nothing", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    await assert.rejects(store.putRecord({ ...RECORD, facts: { loss: NaN } }), {
      name: "TypeError",
      message:
        "Cannot write canonical JSON: value.facts.loss must be a finite number, a string, a boolean, " +
        "null, an array or a plain object, found NaN",
    });
    assert.deepEqual(names(folder), []);
  }));

Deno.test("two stores on one folder put the same and different content at the same time", () =>
  inTemporaryFolder(async (folder) => {
    const stores = await Promise.all([Store.open(folder), Store.open(folder)]);
    const contents = Array.from({ length: 100 }, (_, index) => new Uint8Array(1000).fill(index));
    const hashes = await Promise.all(contents.flatMap((bytes) =>
      stores.map(async (store) => {
        const sha256 = await store.putArtifact(bytes);
        await store.putRecord({ ...RECORD, facts: bytes[0] });
        return sha256;
      })
    ));
    assert.equal(new Set(hashes).size, 100);
    for (const [index, sha256] of hashes.entries()) {
      assert.deepEqual(await stores[index % 2].readArtifact(sha256), contents[Math.floor(index / 2)]);
    }
    assert.equal([...stores[0].listRecords("train")].length, 1);
    assert.deepEqual(names(`${folder}/tmp`), []);
  }));

Deno.test("a store whose writer is killed holds whole artifacts and records only", () =>
  inTemporaryFolder(async (folder) => {
    const script = new URL("./store_writer.ts", import.meta.url);
    let found = 0;
    for (const bytesBeforeKill of [1, 60, 200]) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--allow-read", "--allow-write", script.pathname, folder],
        stdout: "piped",
      }).spawn();
      // A dot for each content put: so it dies in the middle of its work, however slow the machine is.
      const reader = child.stdout.getReader();
      for (let count = 0; count < bytesBeforeKill;) count += (await reader.read()).value?.length ?? Infinity;
      child.kill("SIGKILL");
      await reader.cancel();
      await child.status;
      const store = await Store.open(folder, { onWarning: assert.fail });
      for (const head of names(`${folder}/artifacts`)) {
        for (const name of names(`${folder}/artifacts/${head}`)) {
          await store.readArtifact(head + name);
          found++;
        }
      }
      assert.ok([...store.listRecords("write")].length > 0);
    }
    assert.ok(found > 260, `only ${found} artifacts were there to be looked at`);
  }));

Deno.test("a store that is only looked into is not made", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(`${folder}/nowhere`, { create: false });
    assert.equal(store.readRecord("train", ABC), null);
    assert.equal(store.hasArtifact(ABC), false);
    assert.deepEqual([[...store.listRecords("train")], store.stages("train", ABC), store.listResults()], [
      [],
      [],
      [],
    ]);
    assert.deepEqual(names(folder), []);
  }));

Deno.test("a store remembers results folders until it is to forget them, and says which note is damaged", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    const note = (name: string, epochs: number) => ({
      folder: `/results/${name}`,
      config: "x.yaml",
      experiment: { train: { epochs } },
    });
    await store.noteResults(note("a", 1));
    await store.noteResults(note("b", 2));
    await store.noteResults(note("a", 3));
    const byFolder = () => store.listResults().sort((a, b) => a.folder < b.folder ? -1 : 1);
    assert.deepEqual(byFolder(), [note("a", 3), note("b", 2)]);
    await store.forgetResults("/results/a");
    await store.forgetResults("/results/a");
    assert.deepEqual(byFolder(), [note("b", 2)]);
    const [name] = names(`${folder}/results`);
    for (const damaged of ["", "{}", '{"folder": 1, "config": "", "experiment": {}}']) {
      await Deno.writeTextFile(`${folder}/results/${name}`, damaged);
      assert.throws(() => store.listResults(), {
        name: "UserError",
        message:
          `Cannot tell which results folder ${folder}/results/${name} is about: it is damaged; remove it, ` +
          "and sweep again what it was about",
      });
    }
  }));

Deno.test("a store that cannot be opened says why in a sentence", () =>
  inTemporaryFolder(async (folder) => {
    const file = `${folder}/file`;
    await Deno.writeTextFile(file, "");
    await assert.rejects(Store.open(file), {
      name: "UserError",
      message:
        `Cannot open the store ${file}: it must be a folder, found a file; pass a writable folder with --store DIR`,
    });
    await assert.rejects(Store.open(""), {
      name: "UserError",
      message: "Cannot open the store: its path must not be empty; pass a folder with --store DIR",
    });
    await assert.rejects(Store.open(`${file}/below`), {
      name: "UserError",
      message: `Cannot open the store ${file}/below: a part of its path must be a folder, found a file; ` +
        "pass a writable folder with --store DIR",
    });
  }));

/** Mounts need a namespace of their own, which a test may not have. */
const canMount = await new Deno.Command("unshare", { args: ["-m", "true"], stderr: "null" }).output()
  .then(({ success }) => success, () => false);

Deno.test({
  name: canMount
    ? "a full disk and a read-only file system are said in a sentence, and what was stored before stays"
    : "a full disk and a read-only file system: SKIPPED, this machine lets the test mount nothing (unshare -m)",
  ignore: !canMount,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const script = new URL("./store_filler.ts", import.meta.url).pathname;
      const fill = '"$2" run --allow-read --allow-write "$3" "$1"';
      const commands = [
        'mount -t tmpfs -o size=256k none "$1"',
        fill,
        'mount -o remount,ro "$1"',
        fill,
      ].join(" && ");
      const { stdout, stderr } = await new Deno.Command("unshare", {
        args: ["-m", "sh", "-c", commands, "sh", folder, Deno.execPath(), script],
      }).output();
      assert.equal(new TextDecoder().decode(stderr), "");
      assert.deepEqual(new TextDecoder().decode(stdout).split("\n"), [
        `UserError: Cannot write to the store ${folder}: no space is left on the disk; free some and run the ` +
        "same command again (what is stored stays), or pass a folder on another disk with --store DIR",
        "still there: true, left in tmp: 0",
        `UserError: Cannot write to the store ${folder}: its file system is read-only; pass a writable ` +
        "folder with --store DIR",
        "still there: true, left in tmp: 0",
        "",
      ]);
    }),
});

Deno.test("a store that counts keeps what two have put until both have removed it, also where it is put while it is removed", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder, { counts: true });
    const bytes = Uint8Array.of(1, 2, 3);
    const sha256 = await store.putArtifact(bytes);
    await store.putArtifact(bytes);
    await store.removeArtifact(sha256);
    assert.deepEqual(await store.readArtifact(sha256), bytes);
    await Promise.all([store.removeArtifact(sha256), store.putArtifact(bytes)]);
    assert.deepEqual(await store.readArtifact(sha256), bytes);
    await store.removeArtifact(sha256);
    assert.equal(store.hasArtifact(sha256), false);
    // What is removed once more than it was put, as a run that two asked for, is owed nothing.
    await store.removeArtifact(sha256);
    await store.putArtifact(bytes);
    await store.putArtifact(bytes);
    await store.removeArtifact(sha256);
    assert.equal(store.hasArtifact(sha256), true);
  }));

function names(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

Deno.test("a folder that holds somebody's files is no store; an empty one, one with hidden files and an earlier store are", () =>
  inTemporaryFolder(async (folder) => {
    const made = async (name: string, files: readonly string[]) => {
      for (const file of files) {
        await Deno.mkdir(dirname(`${folder}/${name}/${file}`), { recursive: true });
        await Deno.writeTextFile(`${folder}/${name}/${file}`, "");
      }
      return `${folder}/${name}`;
    };
    const project = await made("project", ["tmp/thesis.txt", "notes.md"]);
    const results = await made("results", ["manifest.json", "results.csv"]);
    for (const [path, found] of [[project, "notes.md"], [results, "manifest.json"]]) {
      for (const create of [true, false]) {
        await assert.rejects(Store.open(path, { create }), {
          message:
            `Cannot open the store ${path}: it must be empty or an earlier store, found ${found} and no ` +
            "artifacts; pass another folder with --store DIR",
        });
      }
    }
    assert.equal((await Store.open(await made("hidden", [".gitignore", "lock"]))).exists, true);
    const earlier = await Store.open(`${folder}/earlier`);
    await earlier.putArtifact(BYTES);
    await Deno.writeTextFile(`${folder}/earlier/note.txt`, "");
    assert.equal((await Store.open(`${folder}/earlier`, { create: false })).hasArtifact(ABC), true);
    assert.equal((await Store.open(`${folder}/nowhere`, { create: false })).exists, false);
  }));
