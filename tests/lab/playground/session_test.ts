import assert from "node:assert/strict";
import { predictAt } from "../../../src/nn/evaluate.ts";
import { openBench } from "../../../src/nn/bench.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { openTraining } from "../../../src/nn/open_training.ts";
import { hashWeights } from "../../../src/nn/weights.ts";
import { datasetOf, trainingOptions } from "../../../src/lab/playground/experiment.ts";
import { SIDE, type SweepResult, UNIT_SIDE, UNIT_STRIDE } from "../../../src/lab/playground/frame.ts";
import { Session } from "../../../src/lab/playground/session.ts";
import { REACH } from "../../../src/lab/playground/state.ts";
import { answering } from "../../../src/lab/playground/worker/answer.ts";
import { settingFrom } from "./settings.ts";

const kernels = await loadKernels();
const VIEW = { view: "principal" } as const;

Deno.test("a training that is looked at at any batch has the weights, losses and accuracies of one that is not", () => {
  const setting = settingFrom("data=moons&count=60&hidden=5.3&optimizer=momentum&rate=0.03");
  const plain = openTraining(datasetOf(setting), { ...trainingOptions(setting), kernels });
  const losses = [1, 2, 3].map(() => plain.trainEpoch());
  const validation = plain.validate(), test = plain.test();
  const expected: SweepResult = {
    epochs: 3,
    weights_sha256: hashWeights(plain.weights),
    train_loss: losses[2],
    val_loss: validation?.loss ?? null,
    val_accuracy: validation?.accuracy ?? null,
    test_loss: test.loss,
    test_accuracy: test.accuracy,
  };
  for (const batches of [1, 2, 5, 7, 1000]) {
    const session = new Session(setting, kernels);
    let frame = session.first("principal");
    let epochs = frame.ended.length, result = frame.result;
    assert.deepEqual([epochs, result, frame.batches], [1, null, 5]);
    while (frame.epoch < 3) {
      frame = session.advance({ batches, until: 3, ...VIEW });
      epochs += frame.ended.length;
      result = frame.result ?? result;
    }
    assert.deepEqual(result, expected, `by ${batches}`);
    assert.equal(epochs, 4);
    assert.deepEqual(frame.weights, plain.weights);
    assert.equal(frame.scores.validation?.loss, validation?.loss);
    // Looking moves nothing, and beyond its end a training does not go.
    assert.deepEqual(session.advance({ batches: 0, until: 9, ...VIEW }).weights, plain.weights);
    assert.deepEqual(session.advance({ batches: 9, until: 3, ...VIEW }).weights, plain.weights);
  }
});

Deno.test("the decision field has the sign of the engine's own answer at every place, and a unit's field is its activation there", () => {
  const setting = settingFrom("data=spirals&count=80&hidden=6.4&activation=sigmoid&rate=3");
  const session = new Session(setting, kernels);
  const frame = session.advance({ batches: 400, until: 50, ...VIEW });
  assert.ok(frame.picture !== null);
  const { decision, units } = frame.picture;
  const places = Float32Array.from({ length: 2 * SIDE * SIDE }, (_, i) => {
    const at = i % 2 === 0 ? (i >> 1) % SIDE : SIDE - 1 - Math.floor((i >> 1) / SIDE);
    return ((at + 0.5) / SIDE * 2 - 1) * REACH;
  });
  const bench = openBench(datasetOf(setting), { kernels, bytes: 1 << 20 });
  const p = predictAt(bench, { weights: frame.weights, activation: "sigmoid", features: 2 }, places);
  const sides = new Set<boolean>();
  for (let i = 0; i < decision.length; i++) {
    sides.add(decision[i] > 0);
    if (p[2 * i + 1] !== p[2 * i]) assert.equal(decision[i] > 0, p[2 * i + 1] > p[2 * i], `place ${i}`);
    assert.ok(Math.abs(decision[i] - (p[2 * i + 1] - p[2 * i])) < 1e-5);
  }
  assert.equal(sides.size, 2);

  const [W1, B1, W2, B2] = frame.weights.map(({ data }) => data);
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  for (const [row, column] of [[0, 0], [3, 11], [20, 7]]) {
    const place = (row * UNIT_STRIDE + 1) * SIDE + column * UNIT_STRIDE + 1;
    const first = Array.from(
      B1,
      (b, n) => sigmoid(b + places[2 * place] * W1[n] + places[2 * place + 1] * W1[6 + n]),
    );
    const second = Array.from(B2, (b, n) => sigmoid(first.reduce((sum, a, k) => sum + a * W2[4 * k + n], b)));
    for (const [l, values] of [first, second].entries()) {
      values.forEach((a, unit) => {
        const found = units[l][unit * UNIT_SIDE * UNIT_SIDE + row * UNIT_SIDE + column];
        assert.ok(Math.abs(found - a) < 1e-5, `layer ${l}, unit ${unit}`);
      });
    }
  }
});

Deno.test("small weights, flat tanh and dead relu are named where they occur, a healthy net is not blamed", () => {
  const kindsAfter = (params: string, epochs: number): string[] => {
    const session = new Session(settingFrom(params), kernels);
    const { batches } = session.first("principal");
    const { flaws } = session.advance({ batches: epochs * batches, until: epochs, ...VIEW });
    return [...new Set(flaws.map(({ kind }) => kind))];
  };
  for (const activation of ["tanh", "sigmoid", "relu", "identity"]) {
    const small = `data=xor&hidden=4.4&activation=${activation}&init=gaussian&sigma=0.01`;
    assert.ok(kindsAfter(small, 30).includes("plateau"), activation);
  }
  for (const seed of [0, 1, 2]) {
    const large = `data=spirals&hidden=8.8&init=gaussian&sigma=10&seed=${seed}`;
    assert.deepEqual(kindsAfter(large, 30), ["saturated"]);
  }
  assert.deepEqual(kindsAfter("data=circle&hidden=4.4&activation=relu&rate=1", 100), ["dead"]);
  // By the layer's own activation: what is large in a layer of relu is not flat.
  for (const [activation, flat] of [["relu.tanh", 2], ["tanh.relu", 1]] as const) {
    const setting = settingFrom(
      `data=spirals&hidden=8.8&activation=${activation}&init=gaussian&sigma=10&rate=0.001`,
    );
    const { flaws, states } = new Session(setting, kernels).first("principal");
    assert.deepEqual(flaws.flatMap((flaw) => flaw.kind === "saturated" ? [flaw.layer] : []), [flat]);
    assert.ok(states[2 - flat].every((state) => state !== "flat"));
  }
  assert.deepEqual(kindsAfter("activation=identity&rate=100", 5), ["diverged"]);
  for (const data of ["gaussians", "circle", "xor", "moons", "spirals", "curve"]) {
    for (const activation of ["tanh", "sigmoid"]) {
      for (const epochs of [0, 3, 40, 200]) {
        const healthy = `data=${data}&count=100&hidden=8.8&activation=${activation}`;
        assert.deepEqual(kindsAfter(healthy, epochs), [], `${healthy}, ${epochs} epochs`);
      }
    }
  }
  // No plateau of small weights, though the loss does not move: no line parts XOR.
  for (
    const linear of ["data=xor&hidden=", "data=xor&hidden=4.4&activation=identity", "data=circle&hidden="]
  ) {
    assert.deepEqual(kindsAfter(linear, 60), ["inseparable"], linear);
  }
  for (const parted of ["data=gaussians&hidden=", "data=gaussians&hidden=8.8&activation=identity"]) {
    assert.deepEqual(kindsAfter(parted, 60), [], parted);
  }
});

Deno.test("the worker answers each request, in words where it cannot do it, and goes on with the training that was opened last", () => {
  const answer = answering(kernels);
  const early = answer({ kind: "advance", id: 1, batches: 1, until: 9, ...VIEW });
  assert.deepEqual(early, {
    kind: "failed",
    id: 1,
    message: "Cannot train: a training must be opened first, found none",
  });
  const few = answer({
    kind: "open",
    id: 2,
    setting: settingFrom("data=own&points=0,0,1&validation=0.5"),
    ...VIEW,
  });
  assert.ok(few.kind === "failed" && /must leave a row to train on/.test(few.message));
  const first = answer({
    kind: "open",
    id: 3,
    setting: settingFrom("data=circle&count=20&batch=full"),
    ...VIEW,
  });
  assert.ok(first.kind === "frame" && first.points?.train === 16 && first.points.labels.length === 20);
  const second = answer({ kind: "open", id: 4, setting: settingFrom("data=xor&count=30&batch=1"), ...VIEW });
  assert.ok(second.kind === "frame" && second.frame.batches === 24);
  const next = answer({ kind: "advance", id: 5, batches: 2, until: 9, ...VIEW });
  assert.ok(next.kind === "frame" && next.id === 5 && next.frame.batch === 2 && next.points === null);
  structuredClone(next); // it can be posted
});
