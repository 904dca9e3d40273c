import { inspectedRuns } from "../../analysis/ranking.ts";
import type { Plane } from "../../numpy/plane_npz.ts";
import { formatMetric } from "../../tables/metrics.ts";
import { runName } from "../../tables/results_csv.ts";
import { type ReportModel, testsOnTraining } from "../report_model.ts";

/** Fields shown side by side. */
const MAX_FIELDS = 6;

/** What the networks of the best trials say of the plane that their rows are points of. */
export interface FieldSet {
  /** Best first; all of the same points. */
  readonly fields: readonly {
    readonly plane: Plane;
    /** `trial 3: hidden 8-8` */
    readonly title: string;
    /** `test accuracy 95.0%` */
    readonly accuracy: string;
  }[];
  /** How to read them, a sentence each. */
  readonly notes: readonly string[];
}

/** Null where the rows are no points, or nobody has looked at a run. */
export function fieldSet(model: ReportModel): FieldSet | null {
  const { t, ranking, input: { rows, planes = new Map<string, Plane>(), objective } } = model;
  const found = inspectedRuns(ranking, objective).flatMap((run) => {
    const plane = planes.get(runName(run));
    return plane === undefined ? [] : [{ ...run, plane }];
  });
  const [first] = found;
  if (first === undefined) return null;
  const fields = found.filter(({ plane }) => isSame(plane, first.plane)).slice(0, MAX_FIELDS)
    .map(({ trial, seed, plane }) => {
      const row = rows.find((row) => row.trial === trial && row.seed === seed);
      const value = row?.test_accuracy ?? null;
      return {
        plane,
        title: model.seeded ? `${model.label(trial)}${t.comma}${t.seedRun(seed)}` : model.label(trial),
        accuracy: value === null ? "" : t.fields.accuracy(formatMetric("test_accuracy", value)),
      };
    });
  const { x0, y0, side, train, test } = first.plane;
  const held = Math.max(train.labels.length, test.labels.length);
  return {
    fields,
    notes: [
      t.fields.colours,
      t.fields.points,
      testsOnTraining(model) ? t.fields.sameTest : "",
      train.total > held || test.total > held ? t.fields.first(held) : "",
      t.fields.square([x0, x0 + side].map(short), [y0, y0 + side].map(short)),
    ].filter((note) => note !== ""),
  };
}

/** Whether both show the same square and points. */
function isSame(a: Plane, b: Plane): boolean {
  return a.x0 === b.x0 && a.y0 === b.y0 && a.side === b.side && a.classes === b.classes &&
    a.train.labels.length === b.train.labels.length && a.test.labels.length === b.test.labels.length;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
