import assert from "node:assert/strict";
import { connect } from "@nats-io/transport-node";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { connectTo } from "../../../pipeline/machines/connect.ts";
import { serveMachine } from "../../../pipeline/machines/serve_machine.ts";
import { UserError } from "../../../pipeline/system/errors.ts";
import { NATS_SERVER, NatsServer, testWithNats } from "../../nats_server.ts";
import { testMachines } from "./with_machines.ts";
import { unless } from "../../skipped.ts";

const ROOT = new URL("../../../", import.meta.url);
const NO_SERVER = NATS_SERVER === undefined ? "there is no nats-server (apt-get install nats-server)" : null;

Deno.test("an address is a host and a port, and what lets in stays out of what is shown", () => {
  assert.deepEqual(parseAddress("nats://lab"), {
    host: "lab",
    port: 4222,
    tls: false,
    shown: "nats://lab:4222",
    secret: null,
  });
  assert.deepEqual(parseAddress("lab:5000").shown, "nats://lab:5000");
  const { secret, shown, tls } = parseAddress("tls://ann:p%40ss@[::1]:7000");
  assert.deepEqual([secret, shown, tls], [{ user: "ann", pass: "p@ss" }, "tls://[::1]:7000", true]);
  assert.deepEqual(parseAddress("nats://s3cret@lab").secret, { token: "s3cret" });
  const wrongs = [
    "http://lab",
    "nats://",
    "nats://s3cret@lab/path",
    "nats://s3cret@lab:99999",
    "nats://s3cret%zz@lab",
    "nats://:s3cret@lab",
    "nats://s3cret@lab?x",
    "nats://s3cret@lab#y",
  ];
  for (const wrong of wrongs) {
    assert.throws(() => parseAddress(wrong), (error: Error) => {
      assert.match(error.message, /^Cannot reach machines: the address must be nats:\/\/HOST:PORT/);
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
  }
});

Deno.test({
  ...unless(NO_SERVER, "a token lets in, and stands nowhere in what a sweep prints or writes"),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await using server = await NatsServer.start(folder, { args: ["--auth", "s3cret"] });
      const url = server.url.replace("//", "//s3cret@");
      const config = { ...await tinyExperiment(folder), sweep: undefined };
      await using _worker = startWorker(url, folder);
      const wrong = await sweepIn(folder, {
        config,
        flags: ["--on", url.replace("s3cret", "an0ther")],
      });
      assert.equal(wrong.code, 2);
      assert.match(
        wrong.err,
        /^error: Cannot use nats:\/\/127\.0\.0\.1:\d+: the server was reached, but the token.* wrong$/m,
      );
      const none = await sweepIn(folder, { config, flags: ["--on", server.url] });
      assert.equal(none.code, 2);
      assert.match(
        none.err,
        /^error: .*it asks for a token .*; pass nats:\/\/TOKEN@127\.0\.0\.1:\d+, or --creds/,
      );
      assert.doesNotMatch(wrong.err, /an0ther/);
      const away = await sweepIn(folder, { config, out: "results", flags: ["--on", url, "--detach"] });
      const done = await sweepIn(folder, { config, out: "results", flags: ["--on", url] });
      assert.deepEqual([away.code, done.code, done.err], [0, 0, ""]);
      const told = JSON.stringify([wrong, away, done]);
      assert.match(told, /--on nats:\/\/TOKEN@127\.0\.0\.1/);
      assert.doesNotMatch(told, /s3cret/);
      for await (const path of filesBelow(folder)) {
        assert.doesNotMatch(await Deno.readTextFile(path), /s3cret/, path);
      }
    }),
});

testWithNats(
  "a server that does not let in and hangs up is an error like any other, however often",
  async ({ server }) => {
    const access = {
      address: parseAddress(server.url.replace("//", "//an0ther@")),
      project: "nn-experiments",
    };
    const { signal } = new AbortController();
    for (let i = 0; i < 100; i++) {
      await assert.rejects(
        connectTo(access, { signal, tell() {} }),
        /Cannot use nats:.*reached, but the token/,
      );
    }
  },
  { args: ["--auth", "s3cret"] },
);

Deno.test({
  ...unless(NO_SERVER, "a worker that may not take jobs says so and ends, and what it may not is no bug"),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const users = "[{ user: all, password: all }, { user: worker, password: worker, permissions: " +
        '{ publish: { deny: ["$JS.API.CONSUMER.>"] } } }]';
      await Deno.writeTextFile(`${folder}/nats.conf`, `authorization { users = ${users} }`);
      await using server = await NatsServer.start(folder, { args: ["-c", `${folder}/nats.conf`] });
      const access = {
        address: parseAddress(server.url.replace("//", "//worker:worker@")),
        project: "nn-experiments",
      };
      const { signal } = new AbortController();
      const told: string[] = [];
      await assert.rejects(
        serveMachine({ access, workers: 4, folder: `${folder}/one`, name: "one" }, {
          signal,
          tell: ({ en }) => void told.push(en),
        }),
        (error: Error) => {
          assert.ok(error instanceof UserError);
          assert.match(
            error.message,
            /^Cannot use nats:\/\/127.0.0.1:\d+: the server must do .*: Permissions Violation .*CONSUMER/,
          );
          return true;
        },
      );
      assert.equal(told.length, 1);
    }),
});

Deno.test({
  ...unless(
    NO_SERVER ?? (Deno.build.os === "linux" ? null : "only the ps of Linux finds a process's children"),
    "the worker's process may talk to one address and write into one folder, and computes the same bytes",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await using server = await NatsServer.start(folder);
      const config = await tinyExperiment(folder);
      await using worker = startWorker(server.url, folder);
      const remote = await sweepIn(folder, { config, out: "remote", flags: ["--on", server.url] });
      const local = await sweepIn(folder, { config, out: "local", store: "local-store" });
      assert.deepEqual([remote.code, remote.err, local.code], [0, "", 0]);
      assert.deepEqual(await readResults(`${folder}/remote`), await readResults(`${folder}/local`));
      const args = await childArguments(worker.pid);
      const permissions = args.filter((arg) => arg.startsWith("--allow"));
      const { port } = parseAddress(server.url);
      assert.deepEqual(permissions.map((arg) => arg.split("=")[0]).sort(), [
        "--allow-env",
        "--allow-net",
        "--allow-read",
        "--allow-write",
      ]);
      assert.ok(permissions.includes(`--allow-net=127.0.0.1:${port}`));
      assert.ok(permissions.includes(`--allow-write=${folder}/worker`));
      const [read] = permissions.filter((arg) => arg.startsWith("--allow-read="));
      assert.ok(!read.split(/[=,]/).some((path) => new URL(`file://${path}/`).href === ROOT.href), read);
    }),
});

Deno.test({
  ...unless(
    NO_SERVER ?? (hasOpenssl() ? null : "there is no openssl"),
    "over TLS a server is known by its authority, and one that is not is refused",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      makeCertificate(folder);
      await using server = await NatsServer.start(folder, {
        args: ["--tls", "--tlscert", `${folder}/cert.pem`, "--tlskey", `${folder}/key.pem`],
      });
      const url = server.url.replace("nats:", "tls:");
      const config = { ...await tinyExperiment(folder), sweep: undefined };
      const unknown = await sweepIn(folder, { config, flags: ["--on", url, "--detach"] });
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /^error: Cannot reach tls:.*certificate/i);
      await using plain = await NatsServer.start(`${folder}/plain`);
      const bare = plain.url.replace("nats:", "tls:");
      const unsafe = await sweepIn(folder, { config, flags: ["--on", bare, "--detach"] });
      assert.deepEqual(
        [unsafe.code, /^error: Cannot reach tls:.*tls/i.test(unsafe.err)],
        [2, true],
        unsafe.err,
      );
      await using _worker = startWorker(url, folder, ["--ca", `${folder}/cert.pem`]);
      const known = await sweepIn(folder, { config, flags: ["--on", url, "--ca", `${folder}/cert.pem`] });
      assert.deepEqual([known.code, known.err], [0, ""]);
    }),
});

testMachines(
  "a machine of other bits is not asked, and the sweep says what it runs",
  async ({ folder, server, start }) => {
    const config = { ...await tinyExperiment(folder), sweep: undefined };
    const machine = start("one");
    const first = await sweepIn(folder, { config, flags: ["--on", server.url] });
    assert.equal(first.code, 0);
    await machine.stop();
    const connection = await connect({ servers: server.url });
    connection.publish(
      "nn-experiments.machines.old-1",
      JSON.stringify({
        format: 1,
        id: "old-1",
        name: "old",
        workers: 4,
        core: "0123456789abcdef",
        versions: { deno: "2.0.0" },
        images_per_second: 0,
        doing: [null, null, null, null],
      }),
    );
    await connection.flush();
    await connection.close();
    const again = { ...config, seeds: [7] };
    const away = await sweepIn(folder, {
      config: again,
      out: "other",
      flags: ["--on", server.url, "--detach"],
    });
    const notes = away.events.flatMap((event) => event.type === "note" ? [event.message] : []);
    assert.match(notes.join("\n"), /No machine computes the same bits .* there are old \(0123456789abcdef\)/);
    const machines = away.events.filter((event) => event.type === "machines");
    assert.deepEqual(machines, [{ type: "machines", machines: [] }]);
  },
);

/** The real thing, launched as the task does. */
function startWorker(url: string, folder: string, more: string[] = []) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=worker", "pipeline/main.ts", "worker", url],
      ...["--workers", "1", "--folder", `${folder}/worker`, "--name", "launched", ...more],
    ],
    cwd: ROOT,
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

/** Of the process that another one has started. */
async function childArguments(parent: number): Promise<string[]> {
  const args = ["-ww", "-o", "args=", "--ppid", String(parent)];
  const { stdout } = await new Deno.Command("ps", { args }).output();
  return new TextDecoder().decode(stdout).trim().split(/\s+/);
}

function hasOpenssl(): boolean {
  try {
    return new Deno.Command("openssl", { args: ["version"] }).outputSync().success;
  } catch {
    return false;
  }
}

function makeCertificate(folder: string): void {
  const { success } = new Deno.Command("openssl", {
    args: [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"],
      ...[
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        `${folder}/key.pem`,
        "-out",
        `${folder}/cert.pem`,
      ],
    ],
    stderr: "null",
  }).outputSync();
  assert.ok(success);
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesBelow(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}
