import assert from "node:assert/strict";
import { createReporter } from "../../../pipeline/progress/create_reporter.ts";
import { finish, plan, runEnd, runStart, stop } from "./sample_events.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

for (
  const [name, options] of [
    ["in a terminal", { terminal: true, quiet: false }],
    ["in a log", { terminal: false, quiet: false }],
    ["with --quiet", { terminal: false, quiet: true }],
  ] as const
) {
  Deno.test(`an interrupted sweep ends with what is kept and the command that goes on, ${name}`, () => {
    const { terminal, quiet } = options;
    const streams = new RecordedStreams({ terminal });
    const reporter = createReporter({ json: false, quiet, streams, now: () => 0 });
    reporter.handle(plan({ runs: 5, cached: 1 }));
    reporter.handle(runStart({ trial: 1 }));
    reporter.handle(runStart({ trial: 2, worker: 1 }));
    reporter.handle(runEnd({ trial: 1 }));
    reporter.handle(runEnd({ trial: 3, status: "failed", reason: "its worker died" }));
    reporter.handle(stop());
    reporter.close();
    const text =
      "Stopped: 2 of 5 runs kept, and of the 1 under way all but the last seconds or epoch. To go on:\n" +
      "  deno task sweep configs/sweep.yaml\n";
    assert.ok(streams.err.endsWith(text), streams.err);
    assert.equal(streams.out, "");
  });
}

Deno.test("the command that goes on is shown without what a terminal would obey", () => {
  const streams = new RecordedStreams();
  const reporter = createReporter({ json: false, quiet: true, streams, now: () => 0 });
  reporter.handle(stop({ command: "deno task sweep 'a\x1b[2J.yaml'" }));
  assert.ok(!streams.err.includes("\x1b"));
});

Deno.test("what is told after the last frame, as of a sweep that asked something when it was interrupted, is printed at once", () => {
  const streams = new RecordedStreams({ terminal: true });
  const reporter = createReporter({ json: false, quiet: false, streams, now: () => 0 });
  reporter.handle(plan({ runs: 5, cached: 1 }));
  reporter.close();
  reporter.handle({ type: "warning", message: "2 runs stay" });
  assert.match(streams.err, /2 runs stay\n$/);
});

Deno.test("a run that is trained rung by rung is trained in legs, and no number of them is called runs", () => {
  for (const terminal of [false, true]) {
    const streams = new RecordedStreams({ terminal, columns: 100 });
    const reporter = createReporter({ json: false, quiet: false, streams, now: () => 0 });
    reporter.handle(plan({ runs: 8, legs: 14, trials: 8 }));
    reporter.handle(runStart());
    reporter.handle(runEnd({ label: "" }));
    reporter.handle(stop());
    reporter.close();
    assert.match(
      streams.err,
      terminal ? / 1\/14 legs / : /^quickstart: 8 trials, 8 runs in 14 legs, 2 workers\n\[leg {2}1\/14\] /,
    );
    assert.match(streams.err, /Stopped: 1 of 14 legs kept\. /);
    assert.doesNotMatch(streams.err, /14 runs/);
    reporter.handle(finish());
    assert.match(streams.out, /\(8 runs in 14 legs, 8\.3 s\)/);
  }
});

Deno.test("a sweep that was interrupted before its runs were planned says that downloads are kept", () => {
  const streams = new RecordedStreams();
  const reporter = createReporter({ json: false, quiet: true, streams, now: () => 0 });
  reporter.handle(stop({ command: "deno task sweep" }));
  assert.equal(streams.err, "Stopped: what was downloaded is kept. To go on:\n  deno task sweep\n");
});
