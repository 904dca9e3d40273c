import type { TopLevelSpec } from "vega-lite";
import type { DiagnosticsRow } from "../../tables/diagnostics_csv.ts";
import type { ReportModel } from "../report_model.ts";
import { figure } from "./chart.ts";
import { diagnosticsPanel, FLOWS, magnitudeDomain } from "./diagnostics_panel.ts";

/** A run and what is called so in the figure. */
export interface DiagnosedRun {
  /** Stands above both of its panels, as `trial 3`. */
  readonly title: string;
  /** Its `diagnostics.csv`. */
  readonly rows: readonly DiagnosticsRow[];
}

/** Activations on the left and gradients on the right, a row of panels a run, all on one scale. */
export function diagnosticsFigure({ t }: ReportModel, runs: readonly DiagnosedRun[]): TopLevelSpec {
  const all = runs.flatMap(({ rows }) => rows);
  const frame = {
    t,

    lastEpoch: all.reduce((last, { epoch }) => Math.max(last, epoch), 1),
    layers: all.reduce((most, { layer }) => Math.max(most, layer), 1),
    width: 310,
    height: 200,
    legend: true,
  };
  const names = { activation: t.diagnostics.activation, gradient: t.diagnostics.gradient };
  const panels = runs.flatMap(({ title, rows }) =>
    FLOWS.map((flow) => {
      const domain = magnitudeDomain(flow, all);
      return diagnosticsPanel(flow, rows, {
        ...frame,
        domain,
        title: { text: names[flow], subtitle: title },
      });
    })
  );
  return figure(panels, {
    description: t.diagnostics.alt(runs.map(({ title }) => title).join(t.comma)),
    columns: 2,
  });
}
