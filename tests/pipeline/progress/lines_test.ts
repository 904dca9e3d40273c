import assert from "node:assert/strict";
import fc from "fast-check";
import { en } from "../../../pipeline/messages/en.ts";
import { ja } from "../../../pipeline/messages/ja.ts";
import { downloadLine, sweepLine, workerLine } from "../../../pipeline/progress/lines.ts";
import { SweepProgress } from "../../../pipeline/progress/sweep_progress.ts";
import { textWidth } from "../../../src/text/text_width.ts";
import { epoch, plan, runEnd, runStart, texts } from "./sample_events.ts";

Deno.test("the sweep's line shows name, bar, percentage, runs, time left and throughput", () => {
  const progress = new SweepProgress(plan({ runs: 12, images: 4000 }), 0);
  progress.handle(runStart({ images: 20_000 }), 0);
  progress.handle(epoch({ images: 2000 }), 40);
  assert.equal(
    sweepLine(progress, { columns: 79, now: 40 }),
    "quickstart █████████████░░░░░░░░░░░░░░  50%   0/12 runs  ETA  0:40  50 images/s",
  );
});

Deno.test("the sweep's last line shows how long all of it took and the throughput of all of it", () => {
  const progress = new SweepProgress(plan({ runs: 1, images: 4000 }), 0);
  progress.handle(runStart({ epochs: 1, images: 4000 }), 0);
  progress.handle(epoch({ images: 4000 }), 40);
  progress.handle(runEnd(), 40);
  assert.equal(
    sweepLine(progress, { columns: 79, now: 50, seconds: 50 }),
    "quickstart █████████████████████████████ 100%  1/1 runs  in 50.0 s  80 images/s",
  );
});

Deno.test("a narrow terminal loses throughput first, then time left, then the number of runs", () => {
  const progress = new SweepProgress(plan({ runs: 12, images: 4000 }), 0);
  progress.handle(runStart({ images: 20_000 }), 0);
  progress.handle(epoch({ images: 2000 }), 40);
  const line = (columns: number) => sweepLine(progress, { columns, now: 40 });
  assert.equal(line(59), "quickstart ██████████░░░░░░░░░░  50%   0/12 runs  ETA  0:40");
  assert.equal(line(40), "quickstart ██████░░░░░░  50%   0/12 runs");
  assert.equal(line(25), "quickstart ████░░░░░  50%");
});

Deno.test("a worker's line shows run, swept values, epoch, loss and accuracy, at the same places in every state", () => {
  const start = runStart({ trial: 12, label: "hidden=400-200 learning_rate=0.01 batch_size=20" });
  const busy = workerLine({ start, epoch: epoch({ epoch: 3 }) }, 79);
  assert.equal(busy, " 12-0 hidden=400-200 learning_rate=0.01 …  epoch  3/10  loss 0.5000  acc 0.9000");
  const begun = workerLine({ start, epoch: null }, 79);
  assert.equal(begun, " 12-0 hidden=400-200 learning_rate=0.01 …  epoch  0/10");
  assert.equal(begun.indexOf("epoch"), busy.indexOf("epoch"));
  const unvalidated = workerLine({ start, epoch: epoch({ epoch: 10, val_accuracy: null }) }, 79);
  assert.equal(unvalidated, " 12-0 hidden=400-200 learning_rate=0.01 …  epoch 10/10  loss 0.5000");
  assert.equal(workerLine(null, 79), " idle");
});

Deno.test("a download's line shows bytes, and a bar where the size is known", () => {
  const download = { file: "train-images-idx3-ubyte.gz", bytes: 4_956_211, bytesPerSecond: 3.2e6 };
  assert.equal(
    downloadLine({ ...download, total: 9_912_422 }, 79),
    "train-images-idx3-ubyte.gz █████████░░░░░░░░░░  50%  5.0 MB of 9.9 MB  3.2 MB/s",
  );
  assert.equal(
    downloadLine({ ...download, total: null, bytesPerSecond: null }, 60).replace(/ {2,}/, "  "),
    "train-images-idx3-ubyte.gz  5.0 MB",
  );
});

Deno.test("no line is ever wider than the terminal or holds a control character, whatever the texts and numbers", () => {
  const number = fc.oneof(fc.double(), fc.nat(1e9));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 130 }),
      texts,
      number,
      fc.nat(1e6),
      (columns, label, loss, count) => {
        const progress = new SweepProgress(plan({ name: label, runs: count, images: count * 100 }), 0);
        progress.handle(runStart({ label, epochs: count }), 0);
        progress.handle(epoch({ images: count, train_loss: loss }), 1);
        const start = runStart({ label, trial: count, seed: count, epochs: count });
        const lines = [
          ...[en, ja].flatMap((t) => [
            sweepLine(progress, { columns, now: 2 }, t),
            sweepLine(progress, { columns, now: 2, seconds: count }, t),
            workerLine({ start, epoch: epoch({ train_loss: loss }) }, columns, t),
            workerLine({ start, epoch: null }, columns, t),
            workerLine(null, columns, t),
            downloadLine({ file: label, bytes: count, total: null, bytesPerSecond: count }, columns, t),
            downloadLine({ file: label, bytes: count, total: count, bytesPerSecond: null }, columns, t),
          ]),
        ];
        for (const line of lines) {
          assert.ok(textWidth(line) <= columns, JSON.stringify({ columns, line }));
          assert.doesNotMatch(line, /\p{Cc}/u);
        }
      },
    ),
  );
});

Deno.test("in Japanese, characters of two columns keep every line's fields in their place", () => {
  const start = runStart({ label: "hidden=100 lr=0.01" });
  const busy = workerLine({ start, epoch: epoch({ epoch: 3 }) }, 79, ja);
  const begun = workerLine({ start, epoch: null }, 79, ja);
  assert.match(
    busy,
    /^ 0-0 {2}hidden=100 lr=0\.01 +エポック {2}3\/10 {2}損失 \d\.\d{4} {2}正解率 \d\.\d{4}$/,
  );
  assert.equal(textWidth(busy), 79);
  assert.match(begun, / {2}エポック {2}0\/10$/);
  // The column of the epochs begins where it did.
  const column = (line: string) => textWidth(line.slice(0, line.indexOf("エポック")));
  assert.equal(column(begun), column(busy));
  const progress = new SweepProgress(plan({ runs: 4, images: 4000 }), 0);
  progress.handle(runStart({ epochs: 10 }), 0);
  progress.handle(epoch({ images: 1000 }), 10);
  assert.match(
    sweepLine(progress, { columns: 79, now: 10 }, ja),
    /^quickstart ░+ {2,}\d+% {2}訓練 0\/4 {2}残り {1,2}\d:\d\d {2}100 枚\/秒$/,
  );
});
