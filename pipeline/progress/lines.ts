import { runName } from "../../src/tables/results_csv.ts";
import { formatSeconds } from "../../src/text/durations.ts";
import { formatCount } from "../../src/text/numbers.ts";
import { formatAccuracy, formatBytes, formatClock, formatLoss, formatPercent } from "./format.ts";
import { unitOf } from "./event_text.ts";
import type { RunProgress, SweepProgress } from "./sweep_progress.ts";
import { cutToWidth, fitToWidth, textWidth, withoutControls } from "./text_width.ts";

const MAX_BAR = 40;
const MIN_BAR = 8;
const MIN_LABEL = 20;

/** With `seconds`, how long the sweep took: the time taken and the throughput of the whole, not the time left and that of late. */
export function sweepLine(
  progress: SweepProgress,
  { columns, now, seconds }: { columns: number; now: number; seconds?: number },
): string {
  const { plan, fraction } = progress;
  const done = String(progress.done).padStart(String(plan.legs).length);
  const rate = seconds === undefined ? progress.imagesPerSecond : progress.trainedImages / seconds;
  return barLine(withoutControls(plan.name), fraction, columns, [
    `${done}/${plan.legs} ${unitOf(plan)}s`,
    seconds === undefined ? timeLeft(progress, now) : `in ${formatSeconds(seconds)}`,
    rate === null || !(rate > 0) ? "" : `${formatCount(Math.round(rate))} images/s`,
  ]);
}

export function workerLine(run: RunProgress | null, columns: number): string {
  if (run === null) return cutToWidth(" idle", columns);
  const { start, epoch } = run;
  const label = ` ${runName(start).padEnd(4)} ${withoutControls(start.label)}`;
  const digits = String(start.epochs).length;
  return labelledLine(label, columns, [
    `epoch ${String(epoch?.epoch ?? 0).padStart(digits)}/${start.epochs}`,
    (epoch === null ? "" : `loss ${formatLoss(epoch.train_loss)}`).padEnd(11),
    (epoch === null || epoch.val_accuracy === null ? "" : `acc ${formatAccuracy(epoch.val_accuracy)}`)
      .padEnd(10),
  ]);
}

export function downloadLine(
  download: { file: string; bytes: number; total: number | null; bytesPerSecond: number | null },
  columns: number,
): string {
  const { bytes, total, bytesPerSecond } = download;
  const file = withoutControls(download.file);
  const rate = bytesPerSecond === null ? "" : `${formatBytes(bytesPerSecond)}/s`;
  if (total === null) return labelledLine(file, columns, [formatBytes(bytes).padStart(8), rate]);
  const fraction = total === 0 ? 1 : Math.min(1, bytes / total);
  return barLine(file, fraction, columns, [`${formatBytes(bytes)} of ${formatBytes(total)}`, rate]);
}

function timeLeft(progress: SweepProgress, now: number): string {
  if (progress.fraction === 1) return "";
  const seconds = progress.secondsLeft(now);
  return `ETA ${(seconds === null ? "-:--" : formatClock(seconds)).padStart(5)}`;
}

/** A name, a bar, a percentage and fields; the last fields go first where the line is too narrow. */
function barLine(name: string, fraction: number, columns: number, fields: string[]): string {
  const label = cutToWidth(name, Math.max(12, Math.floor(columns / 3)));
  const kept = fields.filter((field) => field !== "");
  for (;;) {
    const right = [formatPercent(fraction), ...kept].join("  ");
    const room = columns - textWidth(label) - 2 - right.length;
    if (room >= MIN_BAR) return `${label} ${bar(fraction, Math.min(room, MAX_BAR))} ${right}`;
    if (kept.pop() === undefined) return cutToWidth(`${label} ${right}`, columns);
  }
}

/** A label that fills the line, and fields at its right; the last fields go first where the line is too narrow. */
function labelledLine(label: string, columns: number, fields: string[]): string {
  const kept = [...fields];
  for (;;) {
    const right = kept.map((field) => `  ${field}`).join("");
    const room = columns - right.length;
    if (room >= MIN_LABEL) return (fitToWidth(label, room) + right).trimEnd();
    if (kept.pop() === undefined) return cutToWidth(label, columns);
  }
}

function bar(fraction: number, width: number): string {
  const full = Math.floor(fraction * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
