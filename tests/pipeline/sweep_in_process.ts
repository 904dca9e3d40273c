import { main } from "./main_in_process.ts";
import type { PipelineEvent } from "../../pipeline/progress/events.ts";
import { sweepCommand } from "../../pipeline/commands/sweep.ts";
import { RecordedStreams } from "./progress/virtual_terminal.ts";

/** What a sweep told, and how it ended. */
export interface SweepOutcome {
  code: number;
  err: string;
  events: PipelineEvent[];
  /** Epochs that were trained now, of all runs. */
  epochs: number;
}

/** Writes a config into the folder and sweeps it there: results in `<folder>/<out>`, the store in `<folder>/<store>`. */
export async function sweepIn(folder: string, options: {
  config: object;
  out?: string | undefined;
  store?: string;
  workers?: number;
  flags?: string[];
}): Promise<SweepOutcome> {
  const { config, out = "results", store = "store", workers = 2, flags = [] } = options;
  const path = `${folder}/${out}.json`;
  await Deno.writeTextFile(path, JSON.stringify(config));
  const streams = new RecordedStreams({});
  const args = ["sweep", path, "--out", `${folder}/${out}`, "--store", `${folder}/${store}`, "--json"];
  const code = await main([...args, "--workers", String(workers), ...flags], {
    signal: new AbortController().signal,
    streams,
  }, [sweepCommand]);
  const events: PipelineEvent[] = streams.out.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return { code, err: streams.err, events, epochs: events.filter(({ type }) => type === "epoch").length };
}
