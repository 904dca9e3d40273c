import { runName } from "../../src/tables/results_csv.ts";
import { type Messages, messages } from "../messages/messages.ts";
import { formatClock } from "../../src/text/durations.ts";
import { formatAccuracy, formatBytes, formatLoss, formatPercent } from "./format.ts";
import { unitOf } from "./event_text.ts";
import type { RunProgress, SweepProgress } from "./sweep_progress.ts";
import { withoutControls } from "../../src/text/controls.ts";
import { cutToWidth, fitToWidth, padToWidth, textWidth } from "../../src/text/text_width.ts";

const MAX_BAR = 40;
const MIN_BAR = 8;
const MIN_LABEL = 20;

/** With `seconds`, how long the sweep took: the time taken and the throughput of the whole, not the time left and that of late. */
export function sweepLine(
  progress: SweepProgress,
  { columns, now, seconds }: { columns: number; now: number; seconds?: number },
  t: Messages = messages("en"),
): string {
  const { plan, fraction } = progress;
  const done = String(progress.done).padStart(String(plan.legs).length);
  const rate = seconds === undefined ? progress.imagesPerSecond : progress.trainedImages / seconds;
  return barLine(withoutControls(plan.name), fraction, columns, [
    t.progress.done(done, plan.legs, unitOf(plan)),
    seconds === undefined ? timeLeft(progress, now, t) : t.progress.took(t.seconds(seconds)),
    rate === null || !(rate > 0) ? "" : t.progress.rate(Math.round(rate), plan.rows ?? "images"),
  ]);
}

/** `machine` is the name of the worker's, where there are others. */
export function workerLine(
  run: RunProgress | null,
  columns: number,
  { progress: t }: Messages = messages("en"),
  machine = "",
): string {
  const place = machine === "" ? "" : ` ${withoutControls(machine)}`;
  if (run === null) return cutToWidth(`${place} ${t.idle}`, columns);
  const { start, epoch } = run;
  const label = `${place} ${runName(start).padEnd(4)} ${withoutControls(start.label)}`;
  const digits = String(start.epochs).length;
  return labelledLine(label, columns, [
    t.epoch(String(epoch?.epoch ?? 0).padStart(digits), start.epochs),
    // As wide without a value as with one, so that the columns stand still.
    padToWidth(epoch === null ? "" : t.loss(formatLoss(epoch.train_loss)), textWidth(t.loss("0.0000"))),
    padToWidth(
      epoch === null || epoch.val_accuracy === null ? "" : t.accuracy(formatAccuracy(epoch.val_accuracy)),
      textWidth(t.accuracy("0.0000")),
    ),
  ]);
}

export function downloadLine(
  download: { file: string; bytes: number; total: number | null; bytesPerSecond: number | null },
  columns: number,
  t: Messages = messages("en"),
): string {
  const { bytes, total, bytesPerSecond } = download;
  const file = withoutControls(download.file);
  const rate = bytesPerSecond === null ? "" : `${formatBytes(bytesPerSecond)}/s`;
  if (total === null) return labelledLine(file, columns, [formatBytes(bytes).padStart(8), rate]);
  const fraction = total === 0 ? 1 : Math.min(1, bytes / total);
  return barLine(file, fraction, columns, [t.progress.bytes(formatBytes(bytes), formatBytes(total)), rate]);
}

function timeLeft(progress: SweepProgress, now: number, t: Messages): string {
  if (progress.fraction === 1) return "";
  const seconds = progress.secondsLeft(now);
  return t.progress.left((seconds === null ? "-:--" : formatClock(seconds)).padStart(5));
}

/** A name, a bar, a percentage and fields; the last fields go first where the line is too narrow. */
function barLine(name: string, fraction: number, columns: number, fields: string[]): string {
  const label = cutToWidth(name, Math.max(12, Math.floor(columns / 3)));
  const kept = fields.filter((field) => field !== "");
  for (;;) {
    const right = [formatPercent(fraction), ...kept].join("  ");
    const room = columns - textWidth(label) - 2 - textWidth(right);
    if (room >= MIN_BAR) return `${label} ${bar(fraction, Math.min(room, MAX_BAR))} ${right}`;
    if (kept.pop() === undefined) return cutToWidth(`${label} ${right}`, columns);
  }
}

/** A label that fills the line, and fields at its right; the last fields go first where the line is too narrow. */
function labelledLine(label: string, columns: number, fields: string[]): string {
  const kept = [...fields];
  for (;;) {
    const right = kept.map((field) => `  ${field}`).join("");
    const room = columns - textWidth(right);
    if (room >= MIN_LABEL) return (fitToWidth(label, room) + right).trimEnd();
    if (kept.pop() === undefined) return cutToWidth(label, columns);
  }
}

function bar(fraction: number, width: number): string {
  const full = Math.floor(fraction * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
