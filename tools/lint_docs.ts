// `deno task check`, its last part: what the public door exports, members included, and the functions and classes of each room's entry are
// documented. Elsewhere a comment says what the code cannot, or is not there.

const ROOT = new URL("../", import.meta.url);
const DOOR = "src/mod.ts";
/** Where a newcomer to a room begins to read. */
const ENTRIES = [
  "src/analysis/ranking.ts",
  "src/config/parse.ts",
  "src/data/dataset.ts",
  "src/grade/grade_submission.ts",
  "src/metrics/classification.ts",
  "src/nn/open_training.ts",
  "src/numpy/npz.ts",
  "src/random/random_state.ts",
  "src/report/render_report.ts",
  "src/settings/settings.ts",
  "src/sweep/expand_sweep.ts",
  "src/tables/table.ts",
  "src/text/numbers.ts",
  "pipeline/commands/command.ts",
  "pipeline/gc/gc.ts",
  "pipeline/grade/grade.ts",
  "pipeline/progress/events.ts",
  "pipeline/report/report_step.ts",
  "pipeline/results/folder.ts",
  "pipeline/runs/perform_rungs.ts",
  "pipeline/status/status.ts",
  "pipeline/steps/step.ts",
  "pipeline/store/store.ts",
  "pipeline/sweep/sweep.ts",
  "pipeline/system/errors.ts",
  "pipeline/verify/verify.ts",
  "pipeline/workers/pool.ts",
];

/** What `deno doc --lint` says of missing documentation, each with the name and place. */
async function missing(paths: readonly string[]): Promise<string[]> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...paths],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stderr);
  const reports = text.split(/^(?=error)/m).filter((report) => report.startsWith("error"));
  if (!success && !reports.some((report) => /^error: Found \d+ documentation/.test(report))) {
    console.error(`Cannot lint the documentation: deno doc must end with a count, found\n${text}`);
    Deno.exit(1);
  }
  return reports.filter((report) => report.startsWith("error[missing-jsdoc]"));
}

/** Of an entry what does something: its functions and classes. Types and members may speak for themselves. */
function isDoing(report: string): boolean {
  return /^\s*\d+ \| export (?:async )?(?:function|class)\b/m.test(report);
}

const flaws = [...await missing([DOOR]), ...(await missing(ENTRIES)).filter(isDoing)];
for (const report of new Set(flaws)) console.error(report.trimEnd() + "\n");
if (flaws.length > 0) {
  console.error(`${flaws.length} documentation comments are missing.`);
  Deno.exit(1);
}
