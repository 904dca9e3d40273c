import { join } from "node:path";
import type { Experiment } from "../../src/config/schema.ts";
import type { PipelineEvent } from "../progress/events.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { lstatIfPresent, removeIfPresent } from "../system/files.ts";

/** What a sweep tells while it is at work, a line of JSON an event. It is there until the results are. */
export const JOURNAL_FILE = ".sweep.journal";

export const JOURNAL_FORMAT = 1;

/** The first line of each sweep that writes to a journal: an interrupted one leaves its lines, and the next goes on behind them. */
export interface BeginLine {
  readonly type: "begin";
  readonly format: number;
  /** The config's path, as the manifest has it. */
  readonly config: string;
  readonly experiment: Experiment;
}

/** A line of a journal: what happened, and when, in milliseconds since 1970 by the sweep's clock. */
export type JournalLine = (BeginLine | PipelineEvent) & { readonly at: number };

/** How long an event may wait for others that are written with it. */
const FLUSH_MS = 100;
/** How often a journal is touched while nothing happens, so that who looks at it from another machine sees that the sweep is alive. */
export const BEAT_MS = 1000;

/**
 * Keeps what a sweep tells in its results folder for those who look on: see view. Whole lines are appended; what a killed sweep left of a
 * last one is cut off first. Where it cannot be written the sweep goes on without it, and `onFailure` is told, once.
 */
export class Journal implements Disposable {
  readonly #path: string;
  readonly #onFailure: (error: Error) => void;
  #file: Deno.FsFile | null = null;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  /** Whether it says nothing yet of a run, neither of this sweep nor of one before it. */
  #isIdle = true;

  private constructor(path: string, onFailure: (error: Error) => void) {
    this.#path = path;
    this.#onFailure = onFailure;
  }

  /** Of a results folder that the caller holds the lock of. Throws a UserError where something else than a file is in its place. */
  static open(
    folder: string,
    begin: Omit<BeginLine, "type" | "format">,
    { onFailure }: { onFailure: (error: Error) => void },
  ): Journal {
    const path = join(folder, JOURNAL_FILE);
    if (lstatIfPresent(path)?.isFile === false) {
      throw new UserError(say(({ errors: t }) => t.cannotWrite(path, t.reasons.somethingElse)));
    }
    const journal = new Journal(path, onFailure);
    journal.#try(() => {
      const file = Deno.openSync(path, { read: true, write: true, create: true });
      journal.#file = file;
      const whole = wholeLines(file);
      file.truncateSync(whole);
      journal.#isIdle = whole === 0;
      file.seekSync(0, Deno.SeekMode.End);
    });
    journal.#append({ type: "begin", format: JOURNAL_FORMAT, ...begin });
    journal.#beat = setInterval(() => journal.#touch(), BEAT_MS);
    return journal;
  }

  handle(event: PipelineEvent): void {
    if (event.type === "run_start") this.#isIdle = false;
    this.#append(event);
  }

  /** The results are there: nobody needs it any more. */
  async complete(): Promise<void> {
    this.#close();
    await removeIfPresent(this.#path);
  }

  /** A sweep that ended before its first run goes without a trace: results that are there are not hidden by its journal. */
  [Symbol.dispose](): void {
    const isOurs = this.#file !== null;
    this.#close();
    if (isOurs && this.#isIdle) this.#try(() => Deno.removeSync(this.#path));
  }

  #close(): void {
    this.#flush();
    clearInterval(this.#beat);
    this.#file?.close();
    this.#file = null;
  }

  #append(line: BeginLine | PipelineEvent): void {
    if (this.#file === null) return;
    this.#waiting.push(JSON.stringify({ at: Date.now(), ...line }) + "\n");
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting.join("");
    this.#waiting = [];
    if (text !== "") this.#try(() => writeAll(this.#file, new TextEncoder().encode(text)));
  }

  #touch(): void {
    this.#try(() => {
      const now = new Date();
      this.#file?.utimeSync(now, now);
    });
  }

  #try(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#file?.close();
      this.#file = null;
      this.#onFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function writeAll(file: Deno.FsFile | null, bytes: Uint8Array): void {
  for (let at = 0; file !== null && at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}

const LINE_END = 10;

/** Bytes of a file up to the end of its last whole line. */
function wholeLines(file: Deno.FsFile): number {
  const block = new Uint8Array(65_536);
  for (let end = file.statSync().size; end > 0;) {
    const start = Math.max(0, end - block.length);
    file.seekSync(start, Deno.SeekMode.Start);
    const read = file.readSync(block.subarray(0, end - start)) ?? 0;
    const last = block.subarray(0, read).lastIndexOf(LINE_END);
    if (last >= 0) return start + last + 1;
    end = start;
  }
  return 0;
}
