import assert from "node:assert/strict";
import { join } from "node:path";
import { PipelineEngine } from "../../../pipeline/grade/engine.ts";
import { ReferenceFile } from "../../../pipeline/grade/reference_file.ts";
import { Store } from "../../../pipeline/store/store.ts";
import type { PipelineEvent } from "../../../pipeline/progress/events.ts";
import type { TrainingSettings } from "../../../src/grade/engine.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

/** With what make_artifacts.py trains. */
const SETTINGS: TrainingSettings = {
  dataset: "strokes",
  limit: null,
  validation: 0.2,
  hidden: [8, 8],
  activation: "tanh",
  sigma: 0.2,
  learning_rate: 0.1,
  batch_size: 20,
  epochs: 4,
  reduction: "mean",
};
const SEEDS = { split: 0, init: 0, shuffle: 0 };

async function openEngine(folder: string, reference = new ReferenceFile(null, "none")) {
  const events: PipelineEvent[] = [];
  const store = await Store.open(join(folder, "store"));
  const context = {
    store,
    signal: new AbortController().signal,
    emit: (event: PipelineEvent) => void events.push(event),
  };
  return {
    events,
    engine: new PipelineEngine({ context, mirror: join(folder, "nothing"), workers: 1, reference }),
  };
}

/** A column of a NumPy program's history.csv. */
async function numpyLosses(submission: string, column: number): Promise<number[]> {
  const url = new URL(`../../grade/submissions/${submission}/history.csv`, import.meta.url);
  const [, ...lines] = (await Deno.readTextFile(url)).trim().split("\n");
  return lines.map((line) => Number(line.split(",")[column]));
}

function assertNear(found: readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) =>
    assert.ok(Math.abs(value / expected[i] - 1) < 1e-6, `${value} is not ${expected[i]}`)
  );
}

Deno.test("a trace has NumPy's losses of each epoch, and of each epoch's last batch", async () => {
  await inTemporaryFolder(async (folder) => {
    const { engine } = await openEngine(folder);
    const trace = await engine.trace(SETTINGS, SEEDS);
    assert.ok(trace.ok);
    assertNear(trace.value.map(({ train_loss }) => train_loss), await numpyLosses("perfect-artifact", 1));
    assertNear(trace.value.map(({ val_loss }) => val_loss ?? NaN), await numpyLosses("perfect-artifact", 2));
    assertNear(
      trace.value.map(({ last_batch_loss }) => last_batch_loss),
      await numpyLosses("artifact-last-batch-loss", 1),
    );
  });
});

Deno.test("a trace has NumPy's losses after each epoch too, and those of an activation for each hidden layer", async () => {
  await inTemporaryFolder(async (folder) => {
    const { engine } = await openEngine(folder);
    const trace = await engine.trace(SETTINGS, SEEDS);
    assert.ok(trace.ok);
    const after = trace.value.map(({ train_loss_after }) => train_loss_after);
    assertNear(after, await numpyLosses("artifact-loss-after-epoch", 1));

    const settings: TrainingSettings = { ...SETTINGS, activation: ["tanh", "sigmoid"] };
    const mixed = await engine.trace(settings, SEEDS);
    assert.ok(mixed.ok);
    const losses = await numpyLosses("artifact-tanh-then-sigmoid", 2);
    assertNear(mixed.value.map(({ val_loss }) => val_loss ?? NaN), losses);
    const runs = await engine.runs({ ...settings, limit: 100, epochs: 1 }, [0, 1]);
    assert.ok(runs.ok && runs.value.every(({ test_loss }) => test_loss !== null));
  });
});

Deno.test("an activation for each hidden layer, all the same, makes the runs of that one activation", async () => {
  await inTemporaryFolder(async (folder) => {
    const { engine } = await openEngine(folder);
    const settings = { ...SETTINGS, limit: 100, epochs: 2 };
    assert.deepEqual(
      await engine.runs({ ...settings, activation: ["tanh", "tanh"] }, [0, 1]),
      await engine.runs(settings, [0, 1]),
    );
  });
});

Deno.test("a trace has the same losses whether batches divide the rows or not, up to one batch of all", async () => {
  await inTemporaryFolder(async (folder) => {
    const { engine } = await openEngine(folder);
    const limited = { ...SETTINGS, limit: 50, epochs: 2 }; // 40 rows to train on
    const last = async (batch_size: number) => {
      const trace = await engine.trace({ ...limited, batch_size }, SEEDS);
      assert.ok(trace.ok);
      return trace.value[0];
    };
    const [whole, larger] = [await last(40), await last(100)];
    assert.deepEqual(whole, larger);
    assert.equal(whole.train_loss, whole.last_batch_loss);
    assert.notEqual((await last(39)).last_batch_loss, whole.last_batch_loss);
  });
});

Deno.test("a training that diverges is no reference, and says in which epoch", async () => {
  await inTemporaryFolder(async (folder) => {
    const { engine } = await openEngine(folder);
    const trace = await engine.trace(
      { ...SETTINGS, limit: 100, learning_rate: 1e30, activation: "relu" },
      SEEDS,
    );
    assert.ok(!trace.ok);
    assert.deepEqual(trace.fault, ["ownRunDiverges", 1]);
  });
});

Deno.test("runs and traces that were made can be shipped, and are then not made again", async () => {
  await inTemporaryFolder(async (folder) => {
    const reference = new ReferenceFile(null, "none");
    const { engine } = await openEngine(folder, reference);
    const settings = { ...SETTINGS, limit: 100, epochs: 1 };
    const [runs, trace] = [await engine.runs(settings, [0, 1]), await engine.trace(settings, SEEDS)];
    assert.ok(runs.ok && trace.ok);
    assert.deepEqual(runs.value.map(({ seed }) => seed), [0, 1]);
    assert.ok(runs.value.every(({ test_accuracy }) => test_accuracy !== null && test_accuracy > 0));

    const shipped = new ReferenceFile(reference.format(), "shipped.json");
    assert.deepEqual(shipped.findRuns(settings, [1, 0]), [runs.value[1], runs.value[0]]);
    assert.deepEqual(shipped.findTrace(settings, SEEDS), trace.value);
    assert.equal(shipped.findRuns(settings, [0, 2]), null);
    assert.equal(shipped.findRuns({ ...settings, sigma: 0.3 }, [0]), null);
    assert.equal(shipped.format(), reference.format());
    const other = reference.format().replace(/"random_scheme": \d+/, '"random_scheme": 999');
    assert.equal(new ReferenceFile(other, "shipped.json").findTrace(settings, SEEDS), null);
  });
});

Deno.test("runs of other seeds are added to those that are kept, in the order of the seeds", () => {
  const reference = new ReferenceFile(null, "none");
  const run = (seed: number) => ({ seed, test_accuracy: 0.5 + seed / 10, test_loss: 1 });
  reference.addRuns(SETTINGS, [run(2), run(1)]);
  reference.addRuns(SETTINGS, [run(0), { ...run(1), test_accuracy: 0.9 }]);
  assert.deepEqual(reference.findRuns(SETTINGS, [2, 0]), [run(2), run(0)]);
  const kept = JSON.parse(reference.format()).runs[0].metrics;
  assert.deepEqual(kept.map(({ seed, test_accuracy }: ReturnType<typeof run>) => [seed, test_accuracy]), [
    [0, 0.5],
    [1, 0.9],
    [2, 0.7],
  ]);
});

Deno.test("a data set that cannot be had is not available, and the instructor is told why", async () => {
  await inTemporaryFolder(async (folder) => {
    const { engine, events } = await openEngine(folder);
    assert.deepEqual(await engine.dataset("mnist"), {
      ok: false,
      fault: ["noImages", "mnist"],
    });
    const warnings = events.flatMap((event) => event.type === "warning" ? [event.message] : []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /^Cannot get MNIST from --mirror /);
  });
});

Deno.test("a file that holds no reference runs is refused with its name", () => {
  const refused = (text: string, message: RegExp) =>
    assert.throws(() => new ReferenceFile(text, "r.json"), { name: "UserError", message });
  refused("{", /^Cannot read r\.json: it must be JSON, found /);
  refused("{}", /^Cannot read r\.json: random_scheme: /);
});

Deno.test("the shipped reference has the course's own runs, made by the program of today", async () => {
  const text = await Deno.readTextFile(new URL("../../../results/reference/sprint-nn.json", import.meta.url));
  const shipped = new ReferenceFile(text, "sprint-nn.json");
  const course: TrainingSettings = {
    ...SETTINGS,
    dataset: "mnist",
    hidden: [400, 200],
    sigma: 0.01,
    learning_rate: 0.01,
    epochs: 10,
  };
  assert.equal(shipped.findRuns(course, [0, 1, 2, 3, 4])?.length, 5);
  const trace = shipped.findTrace(course, SEEDS);
  // shared/reference/course.json, made by an independent NumPy program
  assertNear(trace?.slice(0, 3).map(({ train_loss }) => train_loss) ?? [], [
    1.6260695887816716,
    0.5119976599833403,
    0.3781652934261663,
  ]);
  assertNear(trace?.slice(0, 3).map(({ val_loss }) => val_loss ?? NaN) ?? [], [
    0.6659515333852399,
    0.39651957221268813,
    0.3396582908921689,
  ]);
});
