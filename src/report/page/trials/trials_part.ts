import type { ReportModel } from "../../report_model.ts";
import { type TableCut, tableNotes } from "../../sections/table_data.ts";
import { spreadText } from "../../sections/trial_cells.ts";
import { trialTable } from "../../sections/trial_data.ts";
import type { TrialTable } from "../../sections/trial_table.ts";
import { formatSigned } from "../../../text/numbers.ts";

/** The table of trials. */
export interface TrialsPart {
  readonly table: TrialTable;
  /** Whether trials are ticked to be drawn in the charts. */
  readonly tickable: boolean;
  /** Those that can be: the others' curves are not in the page. Null where all can. */
  readonly drawable: readonly number[] | null;
  readonly notes: readonly string[];
}

/**
 * Works out the table of all trials.
 * @param options.drawable trials whose curves are in the page: those of `cut` and `sampled` ones
 */
export function trialsPart(
  model: ReportModel,
  { cut, sampled, drawable }: { cut: TableCut; sampled: number; drawable: ReadonlySet<number> },
): TrialsPart {
  const { t, ranking } = model;
  const table = trialTable(model);
  const { difference } = table;
  const all = ranking.every(({ trial }) => drawable.has(trial));
  const end = (value: number) =>
    difference === null ? "" : formatSigned(spreadText(difference.metric, value));
  const axis = difference?.axis ?? null;
  return {
    table,
    tickable: ranking.length > 1,
    drawable: all ? null : [...drawable].sort((a, b) => a - b),
    notes: [
      ...tableNotes(model, table),
      ...axis === null ? [] : [t.table.barNote(end(axis[0]), end(axis[1]))],
      ...all
        ? []
        : [t.table.drawable(drawable.size, ranking.length, cut.shown.length, cut.broken.length, sampled)],
    ],
  };
}
