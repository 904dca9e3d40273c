import assert from "node:assert/strict";
import { findNotebookTools } from "../../../../pipeline/grade/notebook/notebook_tools.ts";
import { NotebookGround } from "../../../../pipeline/grade/notebook/notebook_ground.ts";
import { type NotebookRun, runNotebook } from "../../../../pipeline/grade/notebook/run_notebook.ts";
import {
  DEFAULT_NOTEBOOK_LIMITS,
  type NotebookLimits,
  userOf,
} from "../../../../pipeline/grade/notebook/sandbox.ts";
import { tinyImages } from "./tiny_images.ts";
import { notebookOf } from "./made_notebooks.ts";

// What a hostile notebook can do is counted from outside, or told by itself in the message of an error, which is all that it can say.

const tools = await findNotebookTools();
const missing = "missing" in tools ? tools.missing : null;
const skipped = missing === null ? "" : ` (skipped: there is no ${missing})`;
const MIB = 1024 * 1024;
const LIMITS: NotebookLimits = {
  ...DEFAULT_NOTEBOOK_LIMITS,
  budget: 20,
  memoryBytes: 1024 * MIB,
  diskBytes: 32 * MIB,
  processes: 60,
};

function hostile(
  name: string,
  check: (run: (cells: string[]) => Promise<NotebookRun>, ground: NotebookGround) => Promise<void>,
): void {
  Deno.test({
    name: `a notebook that ${name}${skipped}`,
    ignore: missing !== null,
    fn: async () => {
      if ("missing" in tools) return;
      await using ground = await NotebookGround.make(tools, tinyImages());
      const signal = new AbortController().signal;
      await check(
        (cells) =>
          runNotebook(notebookOf(cells), {
            ground,
            limits: LIMITS,
            student: "s1",
            epochs: 1,
            language: "en",
            signal,
          }),
        ground,
      );
    },
  });
}

Deno.test({
  name: `a notebook is ended at once where grading was ended before it had begun${skipped}`,
  ignore: missing !== null,
  fn: async () => {
    if ("missing" in tools) return;
    await using ground = await NotebookGround.make(tools, tinyImages());
    const reason = new Error("Ctrl-C");
    const running = runNotebook(notebookOf(["while True: pass"]), {
      ground,
      limits: LIMITS,
      student: "s1",
      epochs: 1,
      language: "en",
      signal: AbortSignal.abort(reason),
    });
    const start = performance.now();
    await assert.rejects(running, reason);
    assert.ok(performance.now() - start < 500 * LIMITS.budget);
    await allGone(ground);
  },
});

/** What the last cell that raised an error says. */
function said(run: NotebookRun): string {
  return run.cells.findLast(({ status }) => status === "error")?.message ?? "";
}

/** The processes of a ground's sandboxes; where they are not of users of their own, all kernels of notebooks. */
async function processes({ first, tools: { asNobody } }: NotebookGround): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-e", "-o", "uid=,args="] }).output();
  const users = [0, 1, 2].map((i) => userOf(first + i));
  return new TextDecoder().decode(stdout).split("\n").filter((line) =>
    asNobody ? users.includes(Number.parseInt(line)) : line.includes("ipykernel_launcher")
  );
}

/** The kernel takes a moment to take down what was killed. */
async function allGone(ground: NotebookGround): Promise<void> {
  for (let i = 0; i < 100 && (await processes(ground)).length > 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.deepEqual(await processes(ground), []);
}

hostile(
  "reads what is not its own finds the system's programs, the images and itself, and nothing of anybody",
  async (run, ground) => {
    await ground.lay(new TextEncoder().encode("a neighbour's"));
    const secret = await Deno.makeTempFile({ prefix: "secret" });
    try {
      const found = JSON.parse(said(
        await run([`
import os, glob, json
def readable(path):
    try:
        return open(path, "rb").read(1000).decode("latin1")
    except Exception:
        return None
seen = {path: readable(path) for path in ["/etc/passwd", "/etc/shadow", "/etc/hostname", ${
          JSON.stringify(secret)
        }]}
seen["input"] = sorted(glob.glob("/input/*"))
seen["root"] = sorted(os.listdir("/"))
seen["homes"] = glob.glob("/root/*") + glob.glob("/home/*") + [path for path in glob.glob("/tmp/*") if not path.startswith("/tmp/tmp")] + glob.glob(${
          JSON.stringify(ground.path)
        } + "/*")
seen["environment"] = sorted(key for key in os.environ if not key.startswith(("JPY", "PYDEVD", "COLUMNS", "LINES", "PYTHONDONT")))
seen["others"] = sorted({int(path.split("/")[2]) for path in glob.glob("/proc/[0-9]*/cmdline")})[-1] < 100
raise ValueError(json.dumps(seen))`]),
      ));
      const { input, root, homes, environment, others, ...files } = found;
      assert.deepEqual(new Set(Object.values(files)), new Set([null]));
      assert.deepEqual(input, ["/input/notebook.ipynb"]);
      assert.deepEqual(homes, []);
      assert.equal(others, true);
      const allowed = [
        "bin",
        "data",
        "dev",
        "etc",
        "grader",
        "input",
        "lib",
        "lib64",
        "proc",
        "sbin",
        "submit",
        "tmp",
        "usr",
        "desk",
      ];
      assert.deepEqual(
        root.filter((name: string) => !allowed.includes(name)),
        ["root"].filter((name) => root.includes(name)),
      );
      const usual = [
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "GIT_PAGER",
        "HOME",
        "LANG",
        "MPLBACKEND",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "PAGER",
        "PATH",
        "PWD",
        "PYTHONHASHSEED",
        "TERM",
      ];
      assert.deepEqual(environment.filter((name: string) => !usual.includes(name)), []);
    } finally {
      await Deno.remove(secret);
    }
  },
);

hostile("looks for a network finds none, not even this machine", async (run) => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let reached = 0;
  const accepting = (async () => {
    for await (const connection of listener) {
      reached++;
      connection.close();
    }
  })();
  const message = said(
    await run([`
import socket
try:
    socket.create_connection(("127.0.0.1", ${(listener.addr as Deno.NetAddr).port}), 3)
except OSError as error:
    raise ValueError(type(error).__name__)`]),
  );
  listener.close();
  await accepting;
  assert.deepEqual([message, reached], ["ConnectionRefusedError", 0]);
});

hostile("forks without end gets no more processes than it may, and none is left", async (run, ground) => {
  let most = 0;
  let counting = true;
  const counter = (async () => {
    while (counting) {
      // They may be ended soon after they are many, for the memory that they hold.
      most = Math.max(most, (await processes(ground)).length);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const { cells, ending } = await run([
    "import os, time\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        time.sleep(0.05)",
  ]);
  counting = false;
  await counter;
  assert.ok(most > 5 && most <= LIMITS.processes + 5, `${most} processes at once, ${ending}`);
  await allGone(ground);
  assert.ok(cells.every(({ status }) => status !== "ok"));
});

hostile("asks for 8 GiB is told that there are not so many, and goes on", async (run) => {
  const { cells } = await run(["import numpy as np\nnp.ones(1 << 30)", "1 + 1"]);
  assert.deepEqual(cells.map(({ status }) => status), ["error", "ok"]);
  assert.match(cells[0].name ?? "", /MemoryError$/);
});

hostile("has many processes hold as much as they may is ended", async (run, ground) => {
  const began = Date.now();
  const { ending } = await run([`
import os, time
import numpy as np
for _ in range(6):
    if os.fork() == 0:
        held = np.ones(50 << 20)
        time.sleep(100)
time.sleep(100)`]);
  assert.deepEqual(ending, ["tooMuchMemory"]);
  assert.ok(Date.now() - began < 30_000);
  await allGone(ground);
});

hostile("fills the disk gets so much of it and no more, wherever it writes", async (run) => {
  const found = JSON.parse(said(
    await run([`
import json, os
def fill(folder):
    total, k = 0, 0
    try:
        while total < (1 << 30):
            with open(os.path.join(folder, "f%d" % k), "wb", buffering=0) as file:
                for _ in range(64):
                    total += file.write(b"x" * (1 << 20))
            k += 1
    except OSError:
        pass
    return total >> 20
places = {folder: fill(folder) for folder in ["/desk", "/tmp", "/dev/shm", "/dev", "/", "/data", "/grader", "/usr", "/etc", "/submit", "/input", "/proc"]}
for folder in ("/desk", "/tmp", "/dev/shm"):
    for name in os.listdir(folder):
        if name.startswith("f"): os.remove(os.path.join(folder, name))
raise ValueError(json.dumps(places))`]),
  ));
  const { "/desk": work, "/tmp": tmp, "/dev/shm": shared, ...others } = found;
  assert.ok(work <= 32 && tmp <= 32 && shared <= 64 && work > 16, JSON.stringify(found));
  assert.deepEqual(new Set(Object.values(others)), new Set([0]));
});

hostile("kills whatever it can loses itself alone", async (run, ground) => {
  const kill =
    "import os, signal\nfor pid in range(2, 100):\n    try:\n        if pid != os.getpid(): os.kill(pid, signal.SIGKILL)\n    except OSError:\n        pass";
  const [killed, neighbour] = await Promise.all([run([kill]), run(["1 + 1"])]);
  assert.equal(killed.collected, null);
  assert.deepEqual(neighbour.cells.map(({ status }) => status), ["ok"]);
  await allGone(ground);
});

hostile("forges what its runner gives is believed in nothing but its own files", async (run) => {
  const forged = await run([`
import glob, io, json, os, zipfile
memory = io.BytesIO()
with zipfile.ZipFile(memory, "w") as archive:
    archive.writestr("notebook.json", json.dumps({"cells": [], "collected": {"status": "ok"}, "points": 100}))
    archive.writestr("../../../../tmp/escaped", "x")
    archive.writestr("manifest.yaml", "schema: 1")
for path in glob.glob("/proc/%d/fd/*" % os.getppid()):
    try:
        if os.readlink(path).startswith("pipe:"):
            with open(path, "wb", buffering=0) as pipe: pipe.write(memory.getvalue())
    except OSError: pass`]);
  // Either nothing of it got through, or what did is two zips in one, or is not as a runner's report must be.
  assert.ok(forged.collected === null || forged.cells.length === 1, JSON.stringify(forged.cells));
  assert.deepEqual([...forged.files.keys()].filter((path) => path.includes("..")), []);
});

hostile("prints gigabytes fills no memory but its own, and ends", async (run) => {
  // Of this file's isolate alone: the process's memory is other test files' too.
  const held = () => {
    const { heapTotal, external } = Deno.memoryUsage();
    return heapTotal + external;
  };
  let most = 0;
  const before = held();
  const watch = setInterval(() => most = Math.max(most, held()), 50);
  const { cells, ending } = await run(["line = 'x' * 100000\nwhile True: print(line)", "2"]);
  clearInterval(watch);
  // Ended with what lay in its own memory, or interrupted at its time; the runner passes nothing of it on.
  const end = ending?.[0] ?? cells[0].name ?? cells[0].status;
  assert.ok(["tooMuchMemory", "notebookDied", "MemoryError", "budget", "died"].includes(end), end);
  assert.ok(most - before < 100 * MIB, `${(most - before) / MIB} MiB more than before`);
});

hostile(
  "replaces NumPy and submit.py is still asked by ours, and has at most wrong files of its own",
  async (run) => {
    const { collected, ending } = await run([
      "import numpy as np, sys, types\nnp.allclose = lambda *a, **k: True\nnp.savez = lambda *a, **k: None\nsys.modules['submit'] = types.ModuleType('submit')",
    ]);
    assert.ok(collected !== null || ending !== null);
  },
);
