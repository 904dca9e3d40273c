import type { Diagnostics, DiagnosticsRow } from "../../src/tables/diagnostics_csv.ts";
import type { EpochRow } from "../../src/tables/history_csv.ts";
import type { Inspection } from "../../src/numpy/inspection_npz.ts";
import type { ReportInput } from "../../src/report/report_model.ts";
import { inspectedRuns, rankTrials } from "../../src/analysis/ranking.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";

const RATES = [0.01, 0.05, 0.1, 5];
const SIZES = [[100], [200, 100]];
const BATCHES = [10, 20];

/**
 * Sixteen trials of three parameters and two seeds. Those of the highest rate diverge, half of them with one seed only; the others are
 * the better the higher the rate.
 */
export function sampleRows(): RunRow[] {
  const rows: RunRow[] = [];
  let trial = 0;
  for (const hidden of SIZES) {
    for (const learning_rate of RATES) {
      for (const batch_size of BATCHES) {
        for (const seed of [0, 1]) {
          const changes = { trial, seed, hidden, learning_rate, batch_size, sigma: 0.01 };
          const broken = learning_rate === 5 && (batch_size === 10 || seed === 1);
          const val_accuracy = learning_rate === 5
            ? 0.1
            : 0.9 + learning_rate / 2 + hidden.length / 100 + seed / 500 + lean(changes);
          rows.push(
            broken ? divergedRow(changes) : runRow({
              ...changes,
              val_accuracy,
              test_accuracy: val_accuracy - 0.01,
              val_loss: 1 - val_accuracy,
            }),
          );
        }
        trial++;
      }
    }
  }
  return rows;
}

/**
 * By how much a seed suits a trial: so that differences between trials have a spread, but neither the means of trials nor those of values
 * change. The best two are equal.
 */
function lean(
  { hidden, learning_rate, batch_size, seed }: Pick<
    RunRow,
    "hidden" | "learning_rate" | "batch_size" | "seed"
  >,
): number {
  const of = hidden.length === 1 ? 1 : learning_rate === 0.1 ? 0 : learning_rate === 0.05 ? -2 : -1;
  return 0.0002 * of * (batch_size === 10 ? 1 : -1) * (seed === 0 ? 1 : -1);
}

/** Losses that fall with the epoch; those of a diverged run end after the first. */
export function sampleHistory(rows: readonly RunRow[], epochs = 3): EpochRow[] {
  return rows.flatMap(({ trial, seed, status, learning_rate }) =>
    Array.from({ length: status === "ok" ? epochs : 1 }, (_, i): EpochRow => {
      const loss = (2.3 - Math.min(1, learning_rate * 10)) / (1 + 2 * i) + seed / 20;
      return {
        trial,
        seed,
        epoch: i + 1,
        train_loss: loss,
        val_loss: loss * 1.1,
        val_accuracy: 0.5 + i / 10,
        learning_rate: null,
      };
    })
  );
}

/** Probes of a network with one hidden layer. */
export function diagnosticsRows(epochs = 3): DiagnosticsRow[] {
  return Array.from({ length: 2 * (epochs + 1) }, (_, i): DiagnosticsRow => {
    const [epoch, layer] = [i >> 1, (i & 1) + 1];
    const size = layer === 1 ? 0.1 * (epoch + 1) : 2;
    return {
      epoch,
      layer,
      units: layer === 1 ? 100 : 10,
      activation_mean: 0.01,
      activation_std: size,
      activation_p05: size / 20,
      activation_p25: size / 4,
      activation_p50: size / 2,
      activation_p75: size,
      activation_p95: 2 * size,
      saturated: layer === 1 ? 0.125 : 0,
      gradient_std: 0.01,
      gradient_p05: 0,
      gradient_p25: 1e-4,
      gradient_p50: 1e-3,
      gradient_p75: 1e-2,
      gradient_p95: 0.1,
      activation_histogram: { zeros: 0, first: -5, counts: [1, 0, 3, 4] },
      gradient_histogram: { zeros: 2, first: -9, counts: [4, 2] },
    };
  });
}

/** Of a file that holds no other epochs. */
export function allEpochsOf(rows: readonly DiagnosticsRow[]): Diagnostics {
  return { rows, epochs: new Set(rows.map(({ epoch }) => epoch)).size };
}

/** Three misclassified images of 4 x 4 and one that is right, and two units. */
export function sampleInspection(): Inspection {
  return {
    judged: {
      indices: Uint32Array.of(4, 1, 5, 3),
      labels: Uint8Array.of(2, 0, 2, 1),
      predictions: Uint8Array.of(0, 1, 0, 1),
      probabilities: Float32Array.of(0.75, 0, 0.25, 0.25, 0.5, 0.25, 0.5, 0, 0.5, 0.0001, 0.9995, 0.0004),
      images: { count: 4, rows: 4, columns: 4, pixels: Uint8Array.from({ length: 64 }, (_, i) => 4 * i) },
    },
    filters: {
      units: Uint32Array.of(7, 3),
      weights: Float32Array.from({ length: 32 }, (_, i) => (i - 16) / 16),
      total: 200,
    },
  };
}

/** Of the ten best trials' best runs, each a little different: the best lacks nothing. */
function sampleInspections(rows: readonly RunRow[]): Map<string, Inspection> {
  const runs = inspectedRuns(rankTrials(rows, OBJECTIVE), OBJECTIVE);
  return new Map(runs.map((run, i) => {
    const { judged, filters } = sampleInspection();
    return [runName(run), { judged, filters: { ...filters, units: Uint32Array.of(7, (3 + i) % 7) } }];
  }));
}

const OBJECTIVE = { metric: "val_accuracy", goal: "maximize" } as const;

/** A whole report, changed as asked. */
export function sampleReport(changes: Partial<ReportInput> = {}): ReportInput {
  const rows = sampleRows();
  return {
    name: "sample",
    language: "en",
    objective: OBJECTIVE,
    rows,
    history: sampleHistory(rows),
    predictions: {
      labels: Uint8Array.of(0, 0, 1, 1, 2, 2),
      predictions: Uint8Array.of(0, 1, 1, 1, 0, 0),
      classes: 3,
    },
    matrices: new Map(
      rows.filter(({ status }) => status === "ok")
        .map((run) => [runName(run), Uint32Array.of(1, 1, 0, 0, 2, 0, 2, 0, 0)]),
    ),
    inspections: sampleInspections(rows),
    diagnostics: new Map(rows.map((run) => [runName(run), allEpochsOf(diagnosticsRows())])),
    dataset: "mnist",
    command: "deno task sweep configs/sample.yaml",
    config: "name: sample\ndataset: mnist\n",
    data: { train_images: "ab".repeat(32) },
    versions: { Deno: "2.9.6" },
    ...changes,
  };
}
