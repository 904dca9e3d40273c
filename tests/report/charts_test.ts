import assert from "node:assert/strict";
import { experimentCurves } from "../../src/report/charts/experiment_curves.ts";
import { type CurveTrial, learningCurves } from "../../src/report/charts/learning_curves.ts";
import { lossScale } from "../../src/report/charts/loss_scale.ts";
import { meanCurves } from "../../src/report/charts/mean_curves.ts";
import { renderSvg } from "../../src/report/charts/render_svg.ts";
import { epochTicks, linearTicks, logTicks } from "../../src/report/charts/ticks.ts";
import type { EpochRow } from "../../src/report/history_csv.ts";
import { divergedRow, runRow } from "./run_rows.ts";

const BLUE = "#0072B2";
const GREY = "#C2C6CC";

function row(trial: number, epoch: number, loss: number | null, seed = 0): EpochRow {
  return {
    trial,
    seed,
    epoch,
    train_loss: loss,
    val_loss: loss === null ? null : loss * 1.2,
    val_accuracy: 0.9,
  };
}

function history(trials: number, epochs: number): EpochRow[] {
  return Array.from({ length: trials * epochs }, (_, i) => {
    const trial = Math.floor(i / epochs);
    const epoch = i % epochs + 1;
    return row(trial, epoch, (2 + trial / 7) / (epoch + trial / 3));
  });
}

function named(count: number, diverged: readonly number[] = []): CurveTrial[] {
  return Array.from({ length: count }, (_, trial) => (
    { trial, label: `trial ${trial}: hidden 400-200, learning_rate 0.01`, diverged: diverged.includes(trial) }
  ));
}

function draw(trials: readonly CurveTrial[], rows: readonly EpochRow[]): Promise<string> {
  return renderSvg(learningCurves({ trials, history: rows }));
}

/** Paths stroked or filled with a colour. */
function marks(svg: string, kind: "line" | "symbol", color: string): number {
  const groups = svg.match(new RegExp(`<g class="mark-${kind} role-mark[^>]*>.*?</g>`, "gs")) ?? [];
  return groups.join("").split(`${kind === "line" ? "stroke" : "fill"}="${color}"`).length - 1;
}

function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

Deno.test("the same chart gives the same bytes, whatever was drawn before or at the same time", async () => {
  const first = await draw(named(8), history(8, 5));
  const [second, other, third] = await Promise.all([
    draw(named(8), history(8, 5)),
    draw(named(2), history(2, 3)),
    draw(named(8), history(8, 5)),
  ]);
  assert.equal(second, first);
  assert.equal(third, first);
  assert.notEqual(other, first);
});

Deno.test("an SVG holds no position finer than a hundredth of a pixel, no NaN and no script", async () => {
  const svg = await draw(named(8, [7]), history(8, 30));
  assert.doesNotMatch(svg, /(?<= (?:d|transform|x2|y2)="[^"]*)\d\.\d{3}/);
  assert.doesNotMatch(svg, /NaN|undefined|Infinity|<script|<image|href=/);
  assert.match(svg, /^<svg [^>]*width="760"/);
  assert.match(svg, /<rect width="760" height="\d+" fill="#FFFFFF"\/>/);
});

Deno.test("the best five trials are drawn in colour and named, the rest in grey and counted", async () => {
  const svg = await draw(named(16), history(16, 10));
  assert.equal(marks(svg, "line", BLUE), 2);
  assert.equal(marks(svg, "line", GREY), 22);
  const drawn = texts(svg);
  for (const { label } of named(5)) assert.equal(drawn.filter((text) => text === label).length, 1);
  assert.ok(drawn.includes("11 other trials"));
  assert.ok(drawn.includes("Training loss (log scale)") && drawn.includes("Validation loss (log scale)"));
  for (let epoch = 1; epoch <= 10; epoch++) assert.ok(drawn.includes(String(epoch)));
});

Deno.test("a sweep of a thousand trials draws the next 200 in grey and says so", async () => {
  const svg = await draw(named(1000), history(1000, 2));
  assert.equal(marks(svg, "line", GREY), 400);
  assert.ok(texts(svg).includes("the next 200 of 995 other trials"));
  assert.ok(svg.length < 300_000);
});

Deno.test("a single trial gets one panel with training and validation", async () => {
  const svg = await draw(named(1), history(1, 10));
  assert.equal(marks(svg, "line", BLUE), 1);
  const drawn = texts(svg);
  assert.ok(["Loss (log scale)", "training", "validation"].every((text) => drawn.includes(text)));
  assert.ok(!drawn.some((text) => text.startsWith("Training loss")));
});

Deno.test("without validation there is one panel, of training", async () => {
  const rows = history(3, 4).map((epoch) => ({ ...epoch, val_loss: null }));
  const drawn = texts(await draw(named(3), rows));
  assert.ok(drawn.includes("Training loss"));
  assert.ok(!drawn.some((text) => text.startsWith("Validation loss")));
});

Deno.test("a single epoch is drawn as points, in grey too", async () => {
  const svg = await draw(named(8), history(8, 1));
  assert.equal(marks(svg, "symbol", BLUE), 2);
  assert.equal(marks(svg, "symbol", GREY), 6);
  assert.deepEqual(texts(svg).filter((text) => text === "1").length, 2 + Number(texts(svg).includes("0.5")));
});

Deno.test("a trial that diverged has its line up to there and a cross at that epoch", async () => {
  const rows = [...history(2, 4), row(2, 1, 5), row(2, 2, null)];
  const svg = await draw(named(3, [2]), rows);
  assert.equal(marks(svg, "symbol", "#57606A"), 2);
  assert.ok(texts(svg).some((text) => text.includes("a run diverged")));
  assert.equal(meanCurves(rows).get(2)?.brokenAt, 2);
  const without = await draw(named(2), history(2, 4));
  assert.equal(marks(without, "symbol", "#57606A"), 0);
});

Deno.test("trials of which nothing is finite, or nothing is there, still give a figure", async () => {
  for (const rows of [[0, 1, 2].map((trial) => row(trial, 1, null)), []]) {
    const svg = await draw(named(3, [0, 1, 2]), rows);
    assert.doesNotMatch(svg, /NaN|Infinity/);
    assert.equal(marks(svg, "symbol", "#57606A"), 3);
  }
});

Deno.test("curves are means over the seeds that are finite", () => {
  const curve = meanCurves([row(4, 2, 3), row(4, 1, 2), row(4, 1, 6, 1), row(4, 2, null, 1)]).get(4);
  assert.deepEqual(curve?.training, [{ epoch: 1, loss: 4 }, { epoch: 2, loss: 3 }]);
  assert.equal(curve?.brokenAt, 2);
});

Deno.test("the loss axis is logarithmic beyond a decade, else linear from 0", () => {
  assert.deepEqual(lossScale([0.3, 2.3], []).domain[0], 0);
  assert.equal(lossScale([0.3, 2.3], []).type, "linear");
  const wide = lossScale([0.02, 2.3], []);
  assert.equal(wide.type, "log");
  assert.deepEqual(wide.ticks, [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
});

Deno.test("one trial gone astray does not flatten the best: its losses stretch the axis tenfold at most", () => {
  const { domain } = lossScale([0.5, 1], [0.7, 9, 1e9]);
  assert.ok(domain[1] > 9 && domain[1] < 12, String(domain));
});

Deno.test("the loss axis takes losses of 0, none at all, and tiny ones", () => {
  assert.deepEqual(lossScale([], []).domain, [0, 1]);
  assert.deepEqual(lossScale([0], [0]).domain, [0, 1]);
  const zero = lossScale([0, 0.001, 2], []);
  assert.equal(zero.type, "log");
  assert.ok(zero.domain[0] > 0 && zero.domain[0] < 0.001);
  assert.deepEqual(lossScale([], [1, 2]).type, "linear");
});

Deno.test("ticks stand at round numbers, few and inside the axis", () => {
  assert.deepEqual(linearTicks(1, 6), [0, 0.2, 0.4, 0.6, 0.8]);
  assert.deepEqual(linearTicks(0.35, 6), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(linearTicks(2.4, 6), [0, 0.5, 1, 1.5, 2]);
  assert.deepEqual(logTicks(1e-7, 3), [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
  assert.deepEqual(logTicks(0.04, 2.6), [0.05, 0.1, 0.2, 0.5, 1, 2]);
  assert.deepEqual(epochTicks(1), [1]);
  assert.deepEqual(epochTicks(10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(epochTicks(60), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(epochTicks(12), [2, 4, 6, 8, 10, 12]);
  for (const last of [11, 20, 99, 100, 101, 1000, 4096]) {
    const ticks = epochTicks(last);
    assert.ok(
      ticks.length >= 4 && ticks.length <= 10 && ticks.every((tick) => tick >= 1 && tick <= last),
      `${last}`,
    );
  }
});

Deno.test("an experiment's figure ranks and names its trials as the report does", async () => {
  const rows = [
    runRow({ trial: 0, learning_rate: 0.1, val_accuracy: 0.8 }),
    runRow({ trial: 1, learning_rate: 0.5, val_accuracy: 0.9 }),
    divergedRow({ trial: 2, learning_rate: 5 }),
  ];
  const spec = experimentCurves({
    rows,
    history: [...history(2, 3), row(2, 1, null)],
    objective: { metric: "val_accuracy", goal: "maximize" },
  });
  const drawn = texts(await renderSvg(spec));
  const labels = drawn.filter((text) => text.startsWith("trial"));
  assert.deepEqual(labels, [
    "trial 1: learning_rate 0.5",
    "trial 0: learning_rate 0.1",
    "trial 2: learning_rate 5",
  ]);
  assert.ok(drawn.some((text) => text.includes("a run diverged")));
});
