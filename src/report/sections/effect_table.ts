import type { EffectCharts } from "./effect_charts.ts";
import { formatCount, formatMetric, MISSING } from "../../text/numbers.ts";
import type { ReportModel } from "../report_model.ts";

/** A row of the table of effects: a value of a parameter, or something that explains a part of the variance. */
export interface EffectTableRow {
  /** Empty in the rows after a parameter's first. */
  readonly parameter: string;
  /** In percent, as `12.3%`, or a dash where there is none; empty in the rows after a parameter's first. */
  readonly share: string;
  /** The value, or a range of neighbouring ones; empty where the row is of no single parameter. */
  readonly level: string;
  /** How many have the value; empty as the level is. */
  readonly runs: string;
  /** Of the metric over these runs, formatted; empty as the level is. */
  readonly mean: string;
  /** Whether it is the parameter's best value. */
  readonly best: boolean;
}

/** Pairs of parameters that explain less together are counted, not listed. */
const LEAST_SHARE = 0.005;

/** Which parameter explains how much, the mean of each value, and what the reader must know of the shares. */
export function effectTable(
  { t, title, seeded, input: { objective: { metric, goal } } }: ReportModel,
  { shares: effects }: EffectCharts,
): { rows: EffectTableRow[]; notes: string[] } {
  if (effects === null) return { rows: [], notes: [] };
  const percent = (share: number | null) => share === null ? MISSING : `${(100 * share).toFixed(1)}%`;
  const rows = effects.parameters.flatMap(({ path, levels, share }) => {
    const means = levels.map(({ mean }) => mean);
    const best = goal === "maximize" ? Math.max(...means) : Math.min(...means);
    return levels.map(({ level, runs, mean }, i): EffectTableRow => ({
      parameter: i === 0 ? title(path) : "",
      share: i === 0 ? percent(share) : "",
      level,
      runs: formatCount(runs),
      mean: formatMetric(metric, mean),
      best: mean === best && levels.length > 1,
    }));
  });
  const more = (parameter: string, share: number | null) => {
    if (share !== null) {
      rows.push({ parameter, share: percent(share), level: "", runs: "", mean: "", best: false });
    }
  };
  const pairs = effects.pairs.filter(({ share }) => share === null || share >= LEAST_SHARE);
  for (const { paths: [a, b], share } of pairs) more(t.effects.together(title(a), title(b)), share);
  if (effects.parameters.length > 2) more(t.effects.rest, effects.rest);
  if (seeded) more(t.effects.seeds, effects.seeds);
  const notes = [t.effects.shareNote(effects.runs)];
  if (!effects.balanced) notes.push(t.effects.overlapping);
  if (pairs.length < effects.pairs.length) {
    notes.push(t.effects.smallPairs(effects.pairs.length - pairs.length));
  }
  return { rows, notes };
}
