import assert from "node:assert/strict";
import { messages } from "../../../pipeline/messages/messages.ts";
import { PlainReporter } from "../../../pipeline/progress/plain_reporter.ts";
import { epoch, finish, plan, runEnd, runStart } from "./sample_events.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

Deno.test("a log gets one line a finished step and run, and the result on standard output", () => {
  const streams = new RecordedStreams({ color: true });
  let seconds = 0;
  const reporter = new PlainReporter(streams, () => seconds * 1000);
  reporter.handle({ type: "step", step: "download", status: "started" });
  reporter.handle({ type: "download", file: "images.gz", bytes: 100, total: 9_912_422 });
  reporter.handle({ type: "download", file: "images.gz", bytes: 9_912_422, total: 9_912_422 });
  reporter.handle({ type: "step", step: "download", status: "done", seconds: 3.21 });
  reporter.handle({ type: "step", step: "preprocess", status: "cached" });
  reporter.handle(plan({ runs: 12, trials: 12, cached: 1, images: 2000 }));
  reporter.handle(runEnd({ worker: null, cached: true }));
  reporter.handle(runStart({ trial: 1, epochs: 2 }));
  reporter.handle(runStart({ worker: 1, trial: 2, epochs: 2 }));
  seconds = 2;
  reporter.handle(epoch({ trial: 1, images: 100 }));
  reporter.handle(epoch({ trial: 1, epoch: 2, images: 100 }));
  reporter.handle(runEnd({ trial: 1 }));
  reporter.handle({ type: "warning", message: "The store is nearly full" });
  reporter.handle(
    runEnd({ worker: 1, trial: 2, status: "diverged", test_accuracy: null, reason: "train_loss is NaN" }),
  );
  reporter.handle({ type: "step", step: "report", status: "done", seconds: 0.3 });
  reporter.handle(finish({ learned_nothing: 2 }));
  reporter.close();
  assert.equal(
    streams.err,
    [
      "download: images.gz, 9.9 MB",
      "data: 3.2 s",
      "preprocess: cached",
      "quickstart: 12 trials, 12 runs (1 cached), 2 workers",
      "[ 2/12] run 1-0 ok (hidden=100 learning_rate=0.01): val_accuracy 0.9412, test_accuracy 0.9512, 1.3 s, ETA 0:18",
      "warning: The store is nearly full",
      "[ 3/12] run 2-0 diverged (hidden=100 learning_rate=0.01) after 1.3 s: train_loss is NaN, ETA 0:16",
      "report: 0.30 s",
      "",
    ].join("\n"),
  );
  assert.equal(
    streams.out,
    "Best: trial 3\nResults: results/quickstart (12 runs, 1 cached, 1 diverged, 2 learned nothing, 8.3 s)\nReport: results/quickstart/report.html\n",
  );
});

Deno.test("why a run broke is told in the language of the rest", () => {
  const streams = new RecordedStreams();
  const reporter = new PlainReporter(streams, () => 0, messages("ja"));
  const reason = "the loss was not finite in epoch 2";
  reporter.handle(plan());
  reporter.handle(runEnd({ status: "diverged", reason, ja: "エポック 2 で損失が有限でなくなりました" }));
  reporter.handle(runEnd({ trial: 1, status: "failed", reason }));
  const [, first, second] = streams.err.split("\n");
  assert.match(first, /エポック 2 で損失が有限でなくなりました/);
  assert.doesNotMatch(first, /the loss/);
  assert.match(second, /the loss was not finite/);
});

Deno.test("the last line counts stored runs that diverged among the stored and the diverged", () => {
  const streams = new RecordedStreams();
  const reporter = new PlainReporter(streams, () => 0);
  reporter.handle(plan({ runs: 4, cached: 1 }));
  const stored = { worker: null, cached: true } as const;
  reporter.handle(runEnd(stored));
  reporter.handle(runEnd({ ...stored, trial: 1, status: "diverged" }));
  reporter.handle(runEnd({ trial: 2, status: "diverged" }));
  reporter.handle(runEnd({ trial: 3 }));
  reporter.handle(finish());
  assert.match(streams.out, /\(4 runs, 2 cached, 2 diverged, 8\.3 s\)/);
});

Deno.test("a log shows of each run the metric that ranks, then the test accuracy", () => {
  for (
    const [metric, text] of [
      ["val_loss", "val_loss 0.2500, test_accuracy 0.9512"],
      ["test_accuracy", "test_accuracy 0.9512"],
      ["test_loss", "test_loss 0.2400, test_accuracy 0.9512"],
    ] as const
  ) {
    const streams = new RecordedStreams();
    const reporter = new PlainReporter(streams, () => 0);
    reporter.handle(plan({ metric }));
    reporter.handle(runEnd({ label: "" }));
    assert.equal(streams.err.split("\n")[1], `[1/4] run 0-0 ok: ${text}, 1.3 s`);
  }
});

Deno.test("a log never holds a control character besides line ends, whatever a message holds", () => {
  const streams = new RecordedStreams({ color: true });
  const reporter = new PlainReporter(streams, () => 0);
  const nasty = "\x1b[31mred\x1b[0m\r\x07\x9b1A";
  reporter.handle(plan({ name: nasty }));
  reporter.handle(runStart({ label: nasty }));
  reporter.handle({ type: "note", message: nasty });
  reporter.handle({ type: "warning", message: nasty });
  reporter.handle({ type: "download", file: nasty, bytes: 5, total: 5 });
  reporter.handle(runEnd({ status: "failed", reason: nasty }));
  reporter.handle(finish({ summary: [nasty], out: nasty }));
  assert.doesNotMatch(streams.err + streams.out, /[^\P{Cc}\n]/u);
});
