import { renderSvg } from "../../src/report/charts/render_svg.ts";
import { compileAnew } from "../../src/report/page/chart/compile_chart.ts";
import type { ChartMaker } from "../../src/report/render_report.ts";

/** Makes the charts of a report in this thread. */
export const CHARTS_HERE: ChartMaker = {
  draw: renderSvg,
  compile: (spec) => Promise.try(() => compileAnew(spec)),
};
