import { diagnosedRuns } from "../../../analysis/ranking.ts";
import type { DiagnosticsRow } from "../../../tables/diagnostics_csv.ts";
import { runName } from "../../../tables/results_csv.ts";
import { formatCount, formatPercent, MISSING } from "../../../text/numbers.ts";
import { pageChart as chartSpec, untitled } from "../../charts/chart.ts";
import {
  diagnosticsData,
  diagnosticsExtent,
  diagnosticsPanel,
  type Flow,
  FLOWS,
  layerName,
  magnitudeDomain,
} from "../../charts/diagnostics_panel.ts";
import type { Messages } from "../../messages/en.ts";
import type { ReportModel } from "../../report_model.ts";
import type { Rows } from "../chart/chart_view.ts";
import { type PageChart, pageChart } from "../chart/page_chart.ts";

/** What flows through the layers of some runs. */
export interface LayersPart {
  readonly charts: readonly { readonly flow: Flow; readonly chart: PageChart }[];
  /** Best first. */
  readonly runs: readonly LayerRun[];
}

export interface LayerRun {
  readonly trial: number;
  readonly label: string;
  readonly rows: Readonly<Record<Flow, Rows>>;
  /** The last epoch, and a row of cells a layer, the first its name. */
  readonly epoch: number;
  readonly layers: readonly (readonly string[])[];
}

/** Null where no run was diagnosed. */
export function layersPart(model: ReportModel): LayersPart | null {
  const { t, ranking, input } = model;
  const found = diagnosedRuns(ranking, input.objective).flatMap(({ trial, seed }) => {
    const rows = input.diagnostics.get(runName({ trial, seed })) ?? [];
    return rows.length === 0 ? [] : [{ trial, rows }];
  });
  if (found.length === 0) return null;
  const all = found.flatMap(({ rows }) => rows);
  const frame = { t, ...diagnosticsExtent(all), width: 320, height: 230, legend: true, interactive: true };
  const domains = {
    activation: magnitudeDomain("activation", all),
    gradient: magnitudeDomain("gradient", all),
  };
  const charts = FLOWS.map((flow) => {
    const { panel } = diagnosticsPanel(flow, [], { ...frame, domain: domains[flow] });
    const title = t.diagnostics[flow];
    const about = { id: `diagnostics-${flow}`, title, description: title };
    return { flow, chart: pageChart(chartSpec(untitled(panel), title), about) };
  });
  const runs = found.map(({ trial, rows }, i): LayerRun => {
    const of = (flow: Flow) => ({ ...diagnosticsData(flow, rows, { ...frame, domain: domains[flow] }) });
    return {
      trial,
      label: i === 0 ? t.diagnostics.best(model.label(trial)) : model.label(trial),
      rows: { activation: of("activation"), gradient: of("gradient") },
      ...lastEpoch(rows, t),
    };
  });
  return { charts, runs };
}

function lastEpoch(rows: readonly DiagnosticsRow[], t: Messages): Pick<LayerRun, "epoch" | "layers"> {
  const epoch = rows.reduce((most, { epoch }) => Math.max(most, epoch), 0);
  const layers = rows.filter((row) => row.epoch === epoch);
  const number = (value: number | null) => value === null ? MISSING : value.toPrecision(3);
  return {
    epoch,
    layers: layers.map((row) => [
      layerName(row.layer, layers.length, t),
      formatCount(row.units),
      number(row.activation_mean),
      number(row.activation_std),
      row.layer === layers.length ? MISSING : formatPercent(row.saturated),
      number(row.gradient_std),
    ]),
  };
}
