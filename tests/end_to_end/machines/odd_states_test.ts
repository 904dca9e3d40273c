import assert from "node:assert/strict";
import { copyFolder } from "../../pipeline/copy_folder.ts";
import { testWithNats } from "../../nats_server.ts";
import { readResults } from "../../pipeline/tiny_experiment.ts";
import { ROOT } from "../command_line.ts";
import { startSweep, startWorker, sweepToEnd } from "./machines.ts";
import { Program } from "./program.ts";
import { ServerState } from "./server_state.ts";
import { grid, slow } from "./small_experiments.ts";
import { until } from "./until.ts";

/** The runs of a sweep that were trained for it, by the events that it told. */
function ended(sweep: Program): Record<string, unknown>[] {
  return sweep.lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "run_end");
}

testWithNats(
  "a server without room is told of and waited for; gc --on makes room while runs are in the queue",
  async ({ folder, server }) => {
    // 2.2 MB a run.
    const config = await slow(folder, { epochs: 5, width: 500, runs: 20 });
    await sweepToEnd(null, { config, folder, out: "local" });
    const worker = await startWorker(server.url, { name: "desk", folder });
    const sweep = startSweep(server.url, { config, folder, out: "out" });
    await worker.says(/no room/);
    await sweep.says(/"note".*no room for what comes from desk/);
    const gc = Program.deno(["task", "--quiet", "gc", "--on", server.url]);
    assert.equal((await gc.ended).code, 0, gc.lines.join("\n"));
    await worker.says(/room again/);
    await sweep.says(/"note".*room again/);
    assert.equal((await sweep.ended).code, 0, sweep.lines.slice(-10).join("\n"));
    assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
    await worker.end();
  },
  { args: ["-c", new URL("./little_room.conf", import.meta.url).pathname] },
);

testWithNats(
  "a worker of another version gets no run, and is told of by the sweep; one of the right version does them all",
  async ({ folder, server }) => {
    const config = await grid(folder);
    const copy = `${folder}/other version`;
    for (const place of ["pipeline", "src", "packages"]) {
      await copyFolder(new URL(place, ROOT).pathname, `${copy}/${place}`);
    }
    for (const file of ["deno.json", "deno.lock"]) {
      await Deno.copyFile(new URL(file, ROOT), `${copy}/${file}`);
    }
    const versions = `${copy}/pipeline/steps/step_versions.ts`;
    const text = await Deno.readTextFile(versions);
    const raised = text.replace(/\btrain: (\d+)/, (_, version) => `train: ${Number(version) + 1}`);
    assert.notEqual(raised, text);
    await Deno.writeTextFile(versions, raised);

    const other = await startWorker(server.url, { name: "other", folder, cwd: copy });
    const sweep = startSweep(server.url, { config, folder, out: "out" });
    await sweep.says(/"(note|warning)".*other/);
    assert.deepEqual(ended(sweep), []);
    const right = await startWorker(server.url, { name: "right", folder });
    assert.equal((await sweep.ended).code, 0, sweep.lines.slice(-10).join("\n"));
    assert.ok(other.running);
    await Promise.all([other.end(), right.end()]);
  },
);

const FAKETIME = "/usr/bin/faketime";
const hasFaketime = await Deno.stat(FAKETIME).then(() => true, () => false);
const CLOCKS =
  "machines whose clocks are an hour apart give the same bytes, and a dead one's run goes to the other";
if (!hasFaketime) {
  Deno.test({
    name: `${CLOCKS}: skipped, as there is no faketime (apt-get install faketime)`,
    ignore: true,
    fn() {},
  });
} else {
  testWithNats(CLOCKS, async ({ folder, server }) => {
    const config = await slow(folder, { epochs: 300, runs: 4 });
    await sweepToEnd(null, { config, folder, out: "local" });
    // Not by the task: the process that it starts is told nothing of the clock. It ends with its input.
    const command = ["run", "--quiet", "-A", "--deny-run", "pipeline/main.ts", "worker"];
    const at = (offset: string) => ["sh", "-c", `tail -f /dev/null | ${FAKETIME} -f ${offset} "$@"`, "sh"];
    const fast = await startWorker(server.url, { name: "fast", folder, command, within: at("+1h") });
    const late = await startWorker(server.url, { name: "late", folder, command, within: at("-1h") });
    const sweep = startSweep(server.url, { config, folder, out: "out" });
    await sweep.says(/"run_start"/, 2);
    await fast.end("SIGKILL");
    assert.equal((await sweep.ended).code, 0, sweep.lines.slice(-10).join("\n"));
    assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
    await late.end();
  });
}

testWithNats(
  "garbage on every subject is dropped with a line, ends nothing and changes no byte",
  async ({ folder, server }) => {
    const config = await slow(folder, { epochs: 200 });
    await sweepToEnd(null, { config, folder, out: "local" });
    await using state = await ServerState.open(server.url);
    const { connection } = state;
    // Whatever the two say to one another, the same subject gets garbage soon after.
    const seen = new Set<string>();
    connection.subscribe("nn-experiments.>", {
      callback: (_, { subject, data }) => {
        if (seen.has(subject)) return;
        seen.add(subject);
        for (const garbage of spoil(data)) connection.publish(subject, garbage);
      },
    });
    const worker = await startWorker(server.url, { name: "desk", folder });
    const sweep = startSweep(server.url, { config, folder, out: "out" });
    await sweep.says(/"run_start"/);
    const stranger = `nn-experiments.jobs.${(await state.subjects(".jobs."))[0].split(".")[2]}`;
    for (
      const key of [
        "x",
        "..",
        `${"0".repeat(64)}.1`,
        `${"f".repeat(64)}.7.8`,
        `${"0".repeat(64)}.99999999999`,
      ]
    ) {
      for (const garbage of spoil(new TextEncoder().encode("{}"))) {
        connection.publish(
          `${stranger}.${key}`,
          garbage,
        );
      }
    }
    const { code } = await sweep.ended;
    assert.ok(worker.running, worker.lines.join("\n"));
    assert.equal(code, 0, sweep.lines.slice(-10).join("\n"));
    assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
    assert.ok([...seen].some((subject) => subject.includes(".results.")), [...seen].join());
    await until(async () => await state.jobs() === 0);
    await worker.end();
  },
);

/** What is not, or no longer, a message of the project. */
function spoil(message: Uint8Array): Uint8Array[] {
  const flipped = message.slice();
  if (flipped.length > 0) flipped[flipped.length >> 1] ^= 0xff;
  const text = (text: string) => new TextEncoder().encode(text);
  return [
    new Uint8Array(),
    text("\x1b[31mnot JSON"),
    text(`{"format":1,"type":"epoch","kind":"state","stage":1e99}`),
    text("[".repeat(100_000)),
    crypto.getRandomValues(new Uint8Array(65_536)),
    message.slice(0, message.length >> 1),
    flipped,
    new Uint8Array(900_000),
  ];
}
