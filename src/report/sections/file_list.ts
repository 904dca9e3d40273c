import type { ReportModel } from "../report_model.ts";

/** The files that a report's numbers come from, each with what is in it: a run that did not end ok has no weights. */
export function fileList({ t, input: { rows } }: ReportModel): [name: string, what: string][] {
  const { "runs/": allOk, ...others } = t.how.files;
  const runs = rows.every(({ status }) => status === "ok" || status === "running") ? allOk : t.how.someRuns;
  const files = { ...others, "runs/": runs };
  return Object.keys(t.how.files).map((name) => [name, files[name as keyof typeof files]]);
}
