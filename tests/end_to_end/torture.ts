import assert from "node:assert/strict";
import { readResults } from "../pipeline/tiny_experiment.ts";
import { lines } from "../lines.ts";
import { ROOT, sweep } from "./command_line.ts";

/** A sweep to be killed, and how far it is let go. */
export interface Victim {
  /** What comes after `deno task sweep`. */
  readonly args: readonly string[];
  /** It is killed after at most so many epochs. */
  readonly epochs: number;
  /** Whether it is killed only while it makes and writes its report. */
  readonly reporting?: boolean;
}

export interface Torture {
  readonly victim: Victim;
  readonly kills: number;
  readonly seed: number;
  /** An empty folder. */
  readonly folder: string;
  log?(line: string): void;
}

/**
 * Kills a sweep at moments drawn by chance, the whole process group with SIGKILL, and starts the same command again each time, until it
 * has been killed `kills` times. Whenever it gets to its end, and at the last, its results must be those of a sweep that nobody
 * disturbed, and it begins anew with an empty store. Returns how often it got to its end.
 */
export async function torture({ victim, kills, seed, folder, log = () => {} }: Torture): Promise<number> {
  const random = generator(seed);
  const places = (name: string) => ["--out", `${folder}/${name}`, "--store", `${folder}/${name}-store`];
  const undisturbed = await sweep(...victim.args, ...places("undisturbed"));
  assert.equal(undisturbed.code, 0, undisturbed.err);
  const expected = await readResults(`${folder}/undisturbed`);
  const args = [...victim.args, ...places("tortured")];
  const check = async () => {
    assert.deepEqual(await readResults(`${folder}/tortured`), expected);
    for (const name of ["tortured", "tortured-store"]) {
      await Deno.remove(`${folder}/${name}`, { recursive: true });
    }
  };
  let ends = 0;
  for (let kill = 0; kill < kills;) {
    const moment = drawMoment(random, victim);
    const ended = await killSweep(args, moment);
    log(`${ended ? "ended before" : "killed"} ${describe(moment)}`);
    if (ended) {
      await check();
      ends++;
    } else {
      kill++;
    }
  }
  const { code, err } = await sweep(...args);
  assert.equal(code, 0, err);
  await check();
  return ends + 1;
}

/** Milliseconds after an event: after the n-th end of an epoch, the start of a step, or the end of all runs. */
interface Moment {
  readonly event: "epoch" | "step" | "report";
  readonly count: number;
  readonly delay: number;
}

function drawMoment(random: () => number, { epochs, reporting = false }: Victim): Moment {
  const lot = reporting ? 0.15 : random(), delay = random(), count = random();
  if (lot < 0.1) return { event: "step", count: 1, delay: 300 * delay };
  if (lot < 0.2) return { event: "report", count: 1, delay: 600 * delay };
  return { event: "epoch", count: 1 + Math.floor(epochs * count), delay: 30 * delay };
}

function describe({ event, count, delay }: Moment): string {
  return `${delay.toFixed(0)} ms after ${event === "epoch" ? `epoch ${count}` : `the first ${event}`}`;
}

/** Sweeps until the moment comes, then kills the process and all that belong to it. Returns whether it ended before. */
async function killSweep(args: readonly string[], moment: Moment): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    // As the task, without its look for V8's flags: they change no bit.
    args: ["run", "--quiet", "-P=sweep", "pipeline/main.ts", "sweep", ...args, "--json"],
    cwd: ROOT,
    detached: true,
    env: { NO_COLOR: "1", LC_ALL: "C.UTF-8" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen = 0;
  for await (const line of lines(child.stdout)) {
    const event = JSON.parse(line);
    if (isCounted(event, moment.event) && ++seen === moment.count) {
      // A negative number is a process group's.
      timer = setTimeout(() => Deno.kill(-child.pid, "SIGKILL"), moment.delay);
    }
  }
  const { success, signal } = await child.status;
  clearTimeout(timer);
  assert.ok(success || signal === "SIGKILL", `the sweep ended by itself, and not well`);
  return success;
}

function isCounted({ type, step, status }: Record<string, unknown>, event: Moment["event"]): boolean {
  if (event === "report") return type === "step" && step === "report" && status === "started";
  return type === event;
}

/** Numbers from 0 to below 1, by a seed: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
