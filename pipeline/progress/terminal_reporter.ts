import { type Messages, messages } from "../messages/messages.ts";
import { finishText, noteText, stepText, stopText, warningText } from "./event_text.ts";
import type { DownloadEvent, PipelineEvent, ProgressReporter, StepEvent } from "./events.ts";
import { downloadLine, sweepLine, workerLine } from "./lines.ts";
import { LiveRegion } from "./live_region.ts";
import type { Streams } from "./streams.ts";
import { SweepProgress } from "./sweep_progress.ts";

const FRAMES_A_SECOND = 10;

/** For a person at a terminal: downloads, the sweep and one line a worker, redrawn in place until the sweep has ended. */
export class TerminalReporter implements ProgressReporter {
  readonly #streams: Streams;
  readonly #now: () => number;
  readonly #t: Messages;
  readonly #region: LiveRegion;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Transfers under way, by file name, with where and when each one was first seen. */
  readonly #downloads = new Map<string, { event: DownloadEvent; firstBytes: number; since: number }>();
  #step: StepEvent | null = null;
  #progress: SweepProgress | null = null;
  #startedAt = 0;
  /** Lines that the next frame prints above the region. */
  #printed = "";
  #closed = false;

  /** `now` is a steady clock in milliseconds. */
  constructor(streams: Streams, now: () => number, t: Messages = messages("en")) {
    this.#streams = streams;
    this.#now = now;
    this.#t = t;
    this.#region = new LiveRegion(streams);
    this.#timer = setInterval(() => this.draw(), 1000 / FRAMES_A_SECOND);
  }

  handle(event: PipelineEvent): void {
    const now = this.#now() / 1000;
    if (event.type === "plan") {
      this.#progress = new SweepProgress(event, now);
      this.#startedAt = now;
    }
    this.#progress?.handle(event, now);
    if (event.type === "download") this.#handleDownload(event, now);
    else if (event.type === "step") this.#handleStep(event);
    else if (event.type === "finish") {
      this.close();
      this.#streams.stdout(finishText(event, this.#progress, this.#t));
    } else if (event.type === "stop") {
      this.close();
      this.#streams.stderr(stopText(event, this.#progress, this.#t));
    } else if (event.type === "note") this.#print(noteText(event, this.#t));
    else this.#print(warningText(event, this.#streams, this.#t));
  }

  /** With the next frame; at once where there will be none, as when an interrupted sweep has more to say than its last frame. */
  #print(text: string): void {
    if (this.#closed) this.#streams.stderr(text);
    else this.#printed += text;
  }

  draw(): void {
    if (this.#closed) return;
    const lines = this.#lines();
    if (lines.length > 0 || this.#printed !== "") this.#region.draw(lines, this.#printed);
    this.#printed = "";
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#region.close(this.#printed + this.#lastLine());
  }

  #handleDownload(event: DownloadEvent, now: number): void {
    const former = this.#downloads.get(event.file);
    if (event.bytes === event.total) this.#downloads.delete(event.file);
    else if (former === undefined) {
      this.#downloads.set(event.file, { event, firstBytes: event.bytes, since: now });
    } else former.event = event;
  }

  #handleStep(event: StepEvent): void {
    if (event.step === "download") this.#downloads.clear();
    this.#step = event.status === "started" ? event : null;
    if (event.status !== "started") this.#printed += `${stepText(event, this.#t)}\n`;
  }

  #lines(): string[] {
    const { columns, rows } = this.#streams.size();
    // A character in the last column makes some terminals wrap.
    const width = columns - 1;
    const now = this.#now() / 1000;
    const lines = [...this.#downloads.values()].map(({ event, firstBytes, since }) =>
      downloadLine({ ...event, bytesPerSecond: rate(event.bytes - firstBytes, now - since) }, width, this.#t)
    );
    if (this.#step !== null && lines.length === 0) lines.push(stepText(this.#step, this.#t));
    if (this.#progress === null) return lines;
    lines.push(sweepLine(this.#progress, { columns: width, now }, this.#t));
    if (this.#progress.fraction < 1) {
      lines.push(...this.#workerLines(this.#progress, width, rows - 2 - lines.length));
    }
    return lines;
  }

  /** One line a worker; where there are more workers than room, the busy ones first and a count of the rest. */
  #workerLines(progress: SweepProgress, width: number, room: number): string[] {
    const { workers } = progress;
    const line = (index: number) => workerLine(workers[index], width, this.#t, progress.machineOf(index));
    // Of machines that have gone, nobody waits for a worker's next run.
    const isThere = (index: number) => progress.machineOf(index) !== "" || workers[index] !== null;
    const all = [...workers.keys()].filter((index) => progress.machines.length === 0 || isThere(index));
    if (all.length <= room) return all.map(line);
    const shown = all.filter((index) => workers[index] !== null).slice(0, Math.max(0, room - 1)).map(line);
    return [...shown, ` ${this.#t.progress.moreWorkers(all.length - shown.length)}`];
  }

  #lastLine(): string {
    if (this.#progress === null) return "";
    const now = this.#now() / 1000;
    const columns = this.#streams.size().columns - 1;
    return sweepLine(this.#progress, { columns, now, seconds: now - this.#startedAt }, this.#t) + "\n";
  }
}

function rate(amount: number, seconds: number): number | null {
  return seconds >= 0.5 ? amount / seconds : null;
}
