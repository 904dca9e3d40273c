import assert from "node:assert/strict";
import { QuietReporter } from "../../../pipeline/progress/quiet_reporter.ts";
import { epoch, finish, plan, runEnd, runStart } from "./sample_events.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

Deno.test("--quiet leaves warnings, runs that ended badly and the result", () => {
  const streams = new RecordedStreams();
  const reporter = new QuietReporter(streams);
  reporter.handle({ type: "step", step: "preprocess", status: "done", seconds: 1 });
  reporter.handle(plan());
  reporter.handle(runStart());
  reporter.handle(epoch());
  reporter.handle(runEnd());
  reporter.handle({ type: "note", message: "note" });
  reporter.handle({ type: "warning", message: "warned" });
  reporter.handle(runEnd({ trial: 1, status: "failed", test_accuracy: null, reason: "its worker died" }));
  reporter.handle(finish());
  reporter.close();
  assert.equal(
    streams.err,
    "warning: warned\nwarning: run 1-0 failed (hidden=100 learning_rate=0.01) after 1.3 s: its worker died\n",
  );
  assert.equal(
    streams.out,
    "Best: trial 3\nResults: results/quickstart (4 runs, 1 failed, 8.3 s)\nReport: results/quickstart/report.html\n",
  );
});
