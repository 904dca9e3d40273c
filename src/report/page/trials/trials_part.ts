import type { ReportModel } from "../../report_model.ts";
import { cutNote, type TableCut, tableNotes, trialsTable } from "../../sections/table_data.ts";

/** The table of trials. */
export interface TrialsPart {
  readonly tickable: boolean;
  /** Titles of the columns of parameters and metrics. */
  readonly titles: readonly string[];
  /** Title of the column of differences to the best; null where there is none. */
  readonly compared: string | null;
  readonly rows: readonly TrialRow[];
  readonly notes: readonly string[];
  readonly cut: string;
}

export interface TrialRow {
  readonly trial: number;
  readonly rank: number | null;
  readonly cells: readonly string[];
  readonly difference: string;
  /** How its runs ended, in words. */
  readonly ends: string;
  readonly broken: boolean;
}

export function trialsPart(model: ReportModel, cut: TableCut): TrialsPart {
  const { titles, compared, rows } = trialsTable(model, cut);
  return {
    tickable: model.ranking.length > 1,
    titles,
    compared,
    rows: rows.map(({ ranked: { trial, rank, ok, runs }, cells, difference, ends }) => ({
      trial,
      rank,
      cells,
      difference,
      ends,
      broken: ok < runs.length,
    })),
    notes: tableNotes(model),
    cut: cutNote(model, cut, "results.csv"),
  };
}
