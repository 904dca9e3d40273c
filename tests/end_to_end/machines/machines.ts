import { Program, type ProgramOptions } from "./program.ts";

export interface WorkerPlace extends ProgramOptions {
  /** What the machine is called, and its folder below `folder`. */
  readonly name: string;
  readonly folder: string;
  readonly args?: readonly string[];
  /** What comes before the URL; by default, the task. */
  readonly command?: readonly string[];
}

/** `deno task worker URL`, as on a machine of its own, and waits until it is there. */
export async function startWorker(url: string, place: WorkerPlace): Promise<Program> {
  const { name, folder, args = ["--workers", "1"], command = ["task", "--quiet", "worker"], ...options } =
    place;
  const flags = ["--name", name, "--folder", `${folder}/${name}`, ...args];
  const worker = Program.deno([...command, url, ...flags], options);
  await worker.says(WORKER_IS_READY);
  return worker;
}
/** What a worker prints when it begins to wait for runs. */
const WORKER_IS_READY = /Ctrl-C gives back/;

export interface SweepPlace extends ProgramOptions {
  readonly config: string;
  /** Results go to `<folder>/<out>`, the store is `<folder>/<out>-store`. */
  readonly folder: string;
  readonly out: string;
  readonly args?: readonly string[];
}

/** `deno task sweep CONFIG --on URL`, or without a URL on this machine alone; its events come as lines of JSON. */
export function startSweep(url: string | null, place: SweepPlace): Program {
  const { config, folder, out, args = [], ...options } = place;
  const places = ["--out", `${folder}/${out}`, "--store", `${folder}/${out}-store`];
  const on = url === null ? [] : ["--on", url];
  return Program.deno(["task", "--quiet", "sweep", config, ...on, ...places, "--json", ...args], options);
}

/** Sweeps to the end; throws Error with what was printed where that is not well. */
export async function sweepToEnd(url: string | null, place: SweepPlace): Promise<Program> {
  const sweep = startSweep(url, place);
  const { code } = await sweep.ended;
  if (code !== 0) throw new Error(`The sweep ended with ${code}:\n${sweep.lines.slice(-20).join("\n")}`);
  return sweep;
}
