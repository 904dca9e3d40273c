import assert from "node:assert/strict";
import type { PipelineEvent } from "../../../pipeline/progress/events.ts";
import { TerminalReporter } from "../../../pipeline/progress/terminal_reporter.ts";
import { epoch, finish, plan, runEnd, runStart } from "./sample_events.ts";
import { RecordedStreams } from "./virtual_terminal.ts";

/** Runs `watch` with a reporter on a virtual terminal and a clock that is set by hand, and closes the reporter. */
function withReporter(
  options: { columns?: number; rows?: number; color?: boolean },
  watch: (reporter: TerminalReporter, streams: RecordedStreams, clock: { seconds: number }) => void,
): void {
  const streams = new RecordedStreams({ terminal: true, ...options });
  const clock = { seconds: 1000 };
  const reporter = new TerminalReporter(streams, () => clock.seconds * 1000);
  try {
    watch(reporter, streams, clock);
  } finally {
    reporter.close();
  }
}

function handleAll(reporter: TerminalReporter, events: PipelineEvent[]): void {
  for (const event of events) reporter.handle(event);
}

Deno.test("a sweep is shown as one bar and one line a worker", () => {
  withReporter({}, (reporter, streams, clock) => {
    handleAll(reporter, [
      plan({ workers: 3, images: 2000 }),
      runStart({ images: 5000 }),
      runStart({ worker: 1, trial: 1 }),
    ]);
    clock.seconds += 2;
    reporter.handle(epoch({ epoch: 1, images: 500 }));
    reporter.draw();
    assert.deepEqual(streams.screen.lines, [
      "quickstart ███████░░░░░░░░░░░░░░░░░░░░░  25%  0/4 runs  ETA  0:06  250 images/s",
      " 0-0  hidden=100 learning_rate=0.01        epoch  1/10  loss 0.5000  acc 0.9000",
      " 1-0  hidden=100 learning_rate=0.01        epoch  0/10",
      " idle",
    ]);
    assert.equal(streams.out, "");
  });
});

Deno.test("downloads are shown in bytes while they last; of a finished step its line stays", () => {
  withReporter({}, (reporter, streams, clock) => {
    handleAll(reporter, [
      { type: "step", step: "download", status: "started" },
      { type: "download", file: "images.gz", bytes: 0, total: 8_000_000 },
      { type: "download", file: "labels.gz", bytes: 0, total: null },
    ]);
    clock.seconds += 2;
    handleAll(reporter, [
      { type: "download", file: "images.gz", bytes: 4_000_000, total: 8_000_000 },
      { type: "download", file: "labels.gz", bytes: 20_000, total: null },
    ]);
    reporter.draw();
    assert.deepEqual(streams.screen.lines.map((line) => line.replaceAll(/ {2,}/g, "  ")), [
      "images.gz ██████████████████░░░░░░░░░░░░░░░░░░  50%  4.0 MB of 8.0 MB  2.0 MB/s",
      "labels.gz  20.0 kB  10.0 kB/s",
    ]);
    handleAll(reporter, [
      { type: "download", file: "images.gz", bytes: 8_000_000, total: 8_000_000 },
      { type: "step", step: "download", status: "done", seconds: 2.5 },
      { type: "step", step: "preprocess", status: "started" },
    ]);
    reporter.draw();
    assert.deepEqual(streams.screen.lines, ["data: 2.5 s", "preprocess ..."]);
  });
});

Deno.test("a transfer that goes on where an earlier one broke shows its own speed", () => {
  withReporter({}, (reporter, streams, clock) => {
    reporter.handle({ type: "download", file: "images.gz", bytes: 6_000_000, total: 8_000_000 });
    clock.seconds += 1;
    reporter.handle({ type: "download", file: "images.gz", bytes: 7_000_000, total: 8_000_000 });
    reporter.draw();
    assert.match(streams.screen.lines[0] ?? "", /7\.0 MB of 8\.0 MB {2}1\.0 MB\/s$/);
  });
});

Deno.test("warnings, notes and runs that end badly stay above the bars; runs that end well leave no line", () => {
  withReporter({ columns: 60 }, (reporter, streams) => {
    handleAll(reporter, [
      plan(),
      runEnd(),
      { type: "note", message: "Two sweeps share this store." },
      { type: "warning", message: "Only one seed:\nno intervals" },
      runEnd({
        trial: 1,
        label: "lr=1e+250",
        status: "diverged",
        test_accuracy: null,
        reason: "train_loss is NaN in epoch 2",
      }),
      runEnd({ trial: 2, label: "lr=1", status: "failed", test_accuracy: null, reason: "its worker died" }),
    ]);
    reporter.draw();
    assert.deepEqual(streams.screen.lines.slice(0, -3), [
      "Two sweeps share this store.",
      "warning: Only one seed:",
      "  no intervals",
      "warning: run 1-0 diverged (lr=1e+250) after 1.3 s: train_los",
      "s is NaN in epoch 2",
      "warning: run 2-0 failed (lr=1) after 1.3 s: its worker died",
    ]);
  });
});

Deno.test("at the end the sweep's line stays, the result follows on standard output and the cursor is back", () => {
  withReporter({ columns: 60 }, (reporter, streams, clock) => {
    handleAll(reporter, [
      plan({ runs: 1, images: 1000 }),
      runStart({ images: 10_000 }),
      epoch({ images: 1000 }),
    ]);
    reporter.draw();
    clock.seconds += 8;
    handleAll(reporter, [runEnd(), finish({ summary: ["Best: trial 0, val_accuracy 0.9731"] })]);
    const result = [
      "Best: trial 0, val_accuracy 0.9731",
      "Results: results/quickstart (1 run, 8.3 s)",
      "Report: results/quickstart/report.html",
    ];
    assert.deepEqual(streams.screen.lines, [
      "quickstart █████████ 100%  1/1 runs  in 8.0 s  125 images/s",
      ...result,
    ]);
    assert.equal(streams.out, result.map((line) => `${line}\n`).join(""));
    assert.equal(streams.screen.cursorVisible, true);
  });
});

Deno.test("closed in the middle, as on Ctrl-C, the bar shows how far it came and the cursor is back", () => {
  withReporter({ columns: 60 }, (reporter, streams, clock) => {
    handleAll(reporter, [plan({ images: 1000 }), runStart({ images: 5000 }), epoch({ images: 500 })]);
    reporter.draw();
    clock.seconds += 5;
    reporter.handle({ type: "note", message: "Stopping" });
    reporter.close();
    reporter.close();
    assert.deepEqual(streams.screen.lines, [
      "Stopping",
      "quickstart ████░░░░░  50%  0/4 runs  in 5.0 s  100 images/s",
    ]);
    assert.equal(streams.screen.cursorVisible, true);
    const written = streams.err;
    reporter.draw();
    assert.equal(streams.err, written);
  });
});

Deno.test("with more workers than rows the busy ones are shown and the rest is counted", () => {
  withReporter({ rows: 7 }, (reporter, streams) => {
    handleAll(reporter, [plan({ workers: 30 }), runStart({ worker: 7 }), runStart({ worker: 29, trial: 5 })]);
    reporter.draw();
    assert.deepEqual(streams.screen.lines.slice(1).map((line) => line.slice(0, 30).trimEnd()), [
      " 0-0  hidden=100 learning_rate",
      " 5-0  hidden=100 learning_rate",
      " and 28 more workers",
    ]);
    for (let worker = 0; worker < 30; worker++) reporter.handle(runStart({ worker, trial: worker }));
    reporter.draw();
    assert.equal(streams.screen.lines.length, 5);
    assert.equal(streams.screen.lines.at(-1), " and 27 more workers");
  });
});

Deno.test("only the word warning is coloured, and only where colour is wanted", () => {
  for (const color of [false, true]) {
    withReporter({ color }, (reporter, streams) => {
      handleAll(reporter, [plan(), { type: "warning", message: "careful" }]);
      reporter.draw();
      const yellow = streams.err.split("\x1b[33m").slice(1).map((text) => text.split("\x1b[39m")[0]);
      assert.deepEqual(yellow, color ? ["warning:"] : []);
      assert.equal(streams.err.split(/\[\d+m/).length, color ? 3 : 1);
    });
  }
});

Deno.test("control characters from outside never reach the terminal", () => {
  withReporter({}, (reporter, streams) => {
    const nasty = "\x1b[2J\x07\r\x9b1A";
    handleAll(reporter, [
      plan({ name: nasty }),
      runStart({ label: nasty }),
      { type: "warning", message: nasty },
      { type: "download", file: nasty, bytes: 1, total: 2 },
      runEnd({ status: "failed", reason: nasty }),
    ]);
    reporter.draw();
    reporter.handle(finish({ out: nasty, summary: [nasty] }));
    for (const control of ["\x07", "\x1b[2J", "\x9b"]) {
      assert.ok(!(streams.err + streams.out).includes(control), JSON.stringify(control));
    }
  });
});
