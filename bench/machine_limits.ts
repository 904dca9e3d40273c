import { markdownTable, right } from "../src/text/markdown.ts";
import { formatCount } from "../src/text/numbers.ts";

/** What a sweep over machines took, from its plan to the end of its last run. */
export interface Cost {
  readonly runs: number;
  readonly seconds: number;
  /** Of the processor, by the sweep's and by the server's process. */
  readonly sweepCpu: number;
  readonly serverCpu: number;
  /** Messages and bytes, those that the server took and those that it sent. */
  readonly messages: number;
  readonly bytes: number;
  /** Of the sweep's own store at the end. */
  readonly stored: number;
}

const WORKERS = 1000;
/** Bytes a second of a network of 1 Gbit/s, both ways together, and of the disk of a sweep's machine. */
const NETWORK = 2 * 125e6;
const DISK = 500e6;

/** A thing that all workers share, and how much of it one worker takes. */
export interface Share {
  readonly what: string;
  /** Of one run, in words. */
  readonly perRun: string;
  /** What one worker takes of it, where 1 is all. */
  readonly load: number;
}

/**
 * What one worker that is never idle takes of all that is shared, by the costs of a run that were measured.
 * @param workerSeconds what one run takes one worker
 * @param beats messages a second of a worker that does nothing
 */
export function shares(
  cost: Cost,
  { workerSeconds, beats }: { workerSeconds: number; beats: number },
): Share[] {
  const { runs, sweepCpu, serverCpu, messages, bytes, stored } = cost;
  // Every message costs the server alike, those of idle workers too.
  const beating = messages === 0 ? 0 : beats * serverCpu / messages;
  const ms = (seconds: number) => `${(1000 * seconds / runs).toFixed(1)} ms`;
  const mega = (bytes: number) => `${(bytes / runs / 1e6).toFixed(2)} MB`;
  const each = (use: number) => use / runs / workerSeconds;
  return [
    {
      what: `the server's messages, on one core (${(messages / runs).toFixed(0)} a run)`,
      perRun: ms(serverCpu),
      load: each(serverCpu) + beating,
    },
    { what: "the server's network, 1 Gbit/s", perRun: mega(bytes), load: each(bytes) / NETWORK },
    { what: "the sweep, on one core", perRun: ms(sweepCpu), load: each(sweepCpu) },
    { what: "the sweep's store, 500 MB/s", perRun: mega(stored), load: each(stored) / DISK },
  ];
}

export function limitsTable(cost: Cost, times: { workerSeconds: number; beats: number }): string {
  const rows = shares(cost, times).toSorted((a, b) => b.load - a.load).map(({ what, perRun, load }) => [
    what,
    perRun,
    `${(100 * WORKERS * load).toFixed(0)}%`,
    load === 0 ? "" : formatCount(Math.floor(1 / load)),
  ]);
  const columns = [
    { title: "shared by all" },
    ...["a run takes", `with ${formatCount(WORKERS)} workers`, "full at workers"].map(right),
  ];
  return `A run takes a worker ${times.workerSeconds.toFixed(1)} s, so ${formatCount(WORKERS)} workers end ` +
    `${(WORKERS / times.workerSeconds).toFixed(0)} runs a second.\n\n${markdownTable(columns, rows)}`;
}
