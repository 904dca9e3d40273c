import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../../src/grade/fault.ts";
import type { Language } from "../../../src/settings/setting.ts";
import { delay } from "../../system/delay.ts";
import { killChild } from "../../system/kill_child.ts";
import { DEFAULT_SUBMISSION_LIMITS } from "../submission/handed_in.ts";
import { readZip } from "../submission/read_zip.ts";
import type { NotebookGround } from "./notebook_ground.ts";
import { inSandbox, type NotebookLimits } from "./sandbox.ts";

const text = z.string().max(2000);

const cellSchema = z.strictObject({
  /** Its number among the cells of code, from 1. */
  cell: z.int().min(1),
  /** Lines that are no Python and were passed over. */
  skipped: z.array(text).max(1000),
  /** `unrun` where it was not begun, as the time was up or Python had ended. */
  status: z.enum(["ok", "error", "budget", "died", "unrun"]),
  name: text.optional(),
  message: text.optional(),
  line: z.int().nullish(),
});

const reportSchema = z.strictObject({
  cells: z.array(cellSchema).max(5000),
  collected: z.looseObject({
    status: z.enum(["ok", "error", "budget", "died"]),
    name: text.optional(),
    message: text.optional(),
  }),
});

const collectedSchema = z.strictObject({
  /** What a pixel is divided by. */
  scale: z.number(),
  /** For how many epochs we trained it, as no cell did to the end. */
  trained_by_us: z.int().nullable(),
  /** How many epochs were wanted, where the time that we had was not enough for them. */
  short_of: z.int().nullable(),
  /** The first and the last learning rate of a training in the course of which it changes. */
  rates: z.tuple([z.number(), z.number()]).nullable(),
  /** What it was trained on, where that is not pixels by 255. */
  pixels: z.enum(["as_they_are", "divided_twice", "other"]).nullable(),
  /** What makes its updates, where those are not the course's: its class's name, empty where it has none. */
  optimizer: text.nullable(),
  network: z.strictObject({ name: text, class: text.nullable() }).nullable(),
  /** Other networks that were trained in it, and are not the one that was taken. */
  other_networks: z.array(text).max(100),
  /** Whether the notebook called submit.export() itself. */
  called: z.boolean(),
  /** Whether it was found, what, and how or what would give it. */
  checklist: z.array(z.tuple([z.enum(["ok", "--"]), text, text])).max(100),
  /** What the student's functions are called, by what they do. */
  functions: z.record(text, text.nullable()),
  /** Imports of packages that are not here. */
  passed_over: z.array(text).max(100),
});

/** How a cell of a notebook ended. */
type CellRun = z.infer<typeof cellSchema>;

/** What became of a notebook. */
export interface NotebookRun {
  /** The files of a submission, as submit.py writes them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly cells: readonly CellRun[];
  /** Null where nothing could be taken from it. */
  readonly collected: z.infer<typeof collectedSchema> | null;
  /** How it ended where it did not get so far. */
  readonly ending: Fault | null;
}

/** Beyond the budget: for starting, for what is taken from the notebook at the end, and for a training of ours. */
const GRACE_SECONDS = 150;
const WATCH_MS = 1000;
const MOST_OUTPUT = 128 * 1024 * 1024;

/** Runs a notebook in a sandbox and takes from it what a student would hand in. Nothing that comes out is believed. */
export async function runNotebook(
  notebook: Uint8Array,
  { ground, limits, student, epochs, language, signal }: {
    ground: NotebookGround;
    limits: NotebookLimits;
    /** The id for its manifest. */
    student: string;
    /** Of a training of ours, where none of its own came to an end. */
    epochs: number;
    language: Language;
    signal: AbortSignal;
  },
): Promise<NotebookRun> {
  const { file, number } = await ground.lay(notebook);
  const settings = JSON.stringify({
    budget: limits.budget,
    training_seconds: 0.5 * limits.budget,
    epochs,
    student,
    language,
  });
  const [program, ...args] = await inSandbox(
    [ground.tools.python, "/grader/runner.py", "/input/notebook.ipynb", settings],
    {
      tools: ground.tools,
      limits,
      number,
      laid: {
        "/grader": join(ground.path, "grader"),
        "/submit": join(ground.path, "submit"),
        "/data": join(ground.path, "data"),
        "/input/notebook.ipynb": file,
      },
    },
  );
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin" },
  })
    .spawn();
  const end = () => killChild(child);
  const seconds = 1.5 * limits.budget + GRACE_SECONDS;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, 1000 * seconds);
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  let greedy = false;
  const watched = new AbortController();
  const watching = (async () => {
    while (!watched.signal.aborted) {
      if (await memoryOf(child.pid) > limits.memoryBytes) {
        greedy = true;
        end();
      }
      await delay(WATCH_MS, watched.signal);
    }
  })();
  try {
    const bytes = await readAll(child.stdout, end);
    await child.status;
    signal.throwIfAborted();
    if (greedy) return nothing(["tooMuchMemory"]);
    if (late) return nothing(["tookLonger", seconds]);
    return bytes === null ? nothing(["notebookGaveTooMuch"]) : unpack(bytes);
  } finally {
    clearTimeout(timer);
    watched.abort();
    await watching;
    signal.removeEventListener("abort", end);
    await Deno.remove(file);
  }
}

/** Bytes that a process and all that descend from it hold in memory, what they share counted each time; 0 where the system does not say. */
async function memoryOf(pid: number): Promise<number> {
  const args = ["-e", "-o", "pid=,ppid=,rss="];
  const ask = async () => await new Deno.Command("ps", { args, stderr: "null" }).output();
  const listed = await ask().catch(() => null); // on a machine without processes to spare it cannot even be started
  if (listed === null) return 0;
  const rows = new TextDecoder().decode(listed.stdout).trim().split("\n").map((line) =>
    line.trim().split(/ +/).map(Number)
  );
  const inside = new Set([pid]);
  // A process comes after its parent, but where numbers began anew.
  for (const _ of [1, 2, 3]) for (const [child, parent] of rows) if (inside.has(parent)) inside.add(child);
  return rows.reduce((sum, [child, , kib]) => inside.has(child) ? sum + 1024 * kib : sum, 0);
}

/** Null where it is more than anybody's submission is. */
async function readAll(stream: ReadableStream<Uint8Array>, end: () => void): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > MOST_OUTPUT) end();
    else parts.push(part);
  }
  if (size > MOST_OUTPUT) return null;
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function unpack(bytes: Uint8Array): NotebookRun {
  try {
    const { files } = readZip(bytes, DEFAULT_SUBMISSION_LIMITS);
    const report = parsed(reportSchema, files.get("notebook.json"));
    if (report === null) return nothing(["notebookBrokeOff"]);
    const collected = parsed(collectedSchema, files.get("collected.json"));
    return {
      files: new Map([...files].filter(([path]) => !path.endsWith(".json"))),
      cells: report.cells,
      collected,
      ending: collected !== null ? null : endingOf(report.collected),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return nothing(["notebookBrokeOff"]);
  }
}

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array | undefined): T | null {
  if (bytes === undefined) return null;
  return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
}

function endingOf({ status, name = "", message = "" }: z.infer<typeof reportSchema>["collected"]): Fault {
  switch (status) {
    case "died":
      return ["notebookDied"];
    case "budget":
      return ["notebookTakingLate"];
    case "error":
      return ["notebookTakingFailed", `${name}: ${message}`];
    case "ok":
      return ["noReply"];
  }
}

function nothing(ending: Fault): NotebookRun {
  return { files: new Map(), cells: [], collected: null, ending };
}
