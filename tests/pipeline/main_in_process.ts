// The command line as the tests of it run it in their process: again and again, with one drawer of charts for all reports.

import { ChartDrawer } from "../../pipeline/report/chart_drawer.ts";

ChartDrawer.keep();

export { main } from "../../pipeline/main.ts";
