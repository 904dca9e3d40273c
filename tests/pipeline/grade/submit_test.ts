import assert from "node:assert/strict";
import { join } from "node:path";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { totalPoints } from "../../../src/grade/submission_grade.ts";
import { writeNpz } from "../../../src/numpy/npz.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { findNumpy } from "./find_numpy.ts";
import { gradeMade, lostPoints, strokesEngine } from "./made_submissions.ts";
import { unlessPython } from "../../skipped.ts";

// What submit.py makes of networks of the shapes in which people write them, graded as a student would be.

const COURSE = new URL("course/", import.meta.url);
const SUBMIT = new URL("../../../pipeline/grade/template/submit.py", import.meta.url);
const python = await findNumpy();
await using engine = await strokesEngine();

interface Shape {
  /** How the network is trained, and the notebook's last cell. */
  readonly cells: string;
  /** The checks that lose points. `band` may besides: it looks at the outcome. */
  readonly lost: readonly string[];
  /** A mistake that is named. */
  readonly mistake?: string;
}

const COURSE_CLASS = `
net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)
net.fit(X_train, y_train, X_val, y_val)
submit.export(net, X_test, y_test, student="s1", split=0.2)`;

/** Those that draw without a seed lose a part of \`history\`: our run of the manifest's seeds is another. */
const SHAPES: Readonly<Record<string, Shape>> = {
  right: { cells: COURSE_CLASS, lost: [] },
  update_before_delta: { cells: COURSE_CLASS, lost: ["one_step"], mistake: "update_before_delta" },
  // It learns nothing in so few epochs, so its learning curve is no measure either.
  averaged_first: { cells: COURSE_CLASS, lost: ["gradcheck", "history"], mistake: "averaged_first" },
  layer_objects: {
    cells: `
net = Net()
net.fit(X_train, y_train)
submit.export(net, X_test, y_test, student="s1")`,
    lost: ["history"],
  },
  // exp() of logits in the thousands, and a loss that fit() alone knows.
  inside_fit: {
    cells: `
net = Net()
net.fit(X_train, np.eye(10)[y_train])
submit.export(net, X_test, y_test, student="s1")`,
    lost: ["finite_forward", "finite_loss", "history"],
  },
  params_dict: {
    cells: `
net = Net()
net.fit(X_train, y_train, X_val, y_val)
submit.export(net, X_test, y_test, student="s1", sigma=0.1)`,
    lost: ["moments"],
    mistake: "biases_start_at_zero",
  },
  functions_only: {
    cells: `
p = {}
for l, (a, b) in enumerate([(784, 24), (24, 16), (16, 10)], 1):
    p["W%d" % l], p["B%d" % l] = 0.2 * np.random.randn(a, b), 0.2 * np.random.randn(b)
first, losses = dict(p), []
for epoch in range(4):
    order, total = np.random.permutation(len(X_train)), 0
    for i in range(0, len(order), 20):
        k = order[i:i + 20]
        Y = np.eye(10)[y_train[k]]
        total += loss(forward(X_train[k], p)[2], Y) * len(k)
        p = step(X_train[k], Y, p, 0.1)
    losses.append(total / len(order))
submit.export(None, X_test, y_test, student="s1", parameters=p, first=first, forward=forward, loss=loss, gradients=gradients,
              step=step, predict=lambda X: forward(X, p)[2].argmax(axis=1), history=losses,
              sigma=0.2, learning_rate=0.1, batch_size=20)`,
    lost: ["history"],
  },
};

async function writeImages(folder: string): Promise<void> {
  const dataset = await engine.dataset("strokes");
  assert.ok(dataset.ok);
  const { train, validation } = dataset.value.split({ validation: 0.2, seed: 0 });
  const labels = (y: ArrayLike<number>) => ({ shape: [y.length], data: Int32Array.from(y) });
  await Deno.writeFile(
    join(folder, "images.npz"),
    writeNpz({
      X_train: train.X,
      y_train: labels(train.y.data),
      X_val: validation.X,
      y_val: labels(validation.y.data),
      X_test: dataset.value.testImages(),
      y_test: labels(dataset.value.testLabels),
    }),
  );
}

for (const [name, { cells, lost, mistake }] of Object.entries(SHAPES)) {
  Deno.test({
    ...unlessPython(python, `submit.py finds everything in a network of the shape ${name}`),
    fn: () =>
      inTemporaryFolder(async (folder) => {
        await writeImages(folder);
        await Deno.copyFile(SUBMIT, join(folder, "submit.py"));
        const shape = await Deno.readTextFile(new URL(`${name}.py`, COURSE));
        const images = `
import submit
a = np.load("images.npz")
X_train, y_train, X_val, y_val, X_test, y_test = [a[k] for k in ["X_train", "y_train", "X_val", "y_val", "X_test", "y_test"]]
np.random.seed(7)`;
        const after = `
np.random.seed(3); before = np.random.rand()
np.random.seed(3); submit.check()
assert np.random.rand() == before`;
        await Deno.writeTextFile(join(folder, "notebook.py"), shape + images + cells + after);
        const { success, stdout, stderr } = await new Deno.Command(python ?? "", {
          args: ["notebook.py"],
          cwd: folder,
        }).output();
        assert.ok(success, new TextDecoder().decode(stderr));
        assert.match(new TextDecoder().decode(stdout), /^submission\/ に全部のファイルを書きました。/m);
        const grade = await gradeMade(await openSubmission(join(folder, "submission")), { engine });
        const { band: _, ...points } = lostPoints(grade);
        const checks = grade.problems.flatMap(({ checks }) => checks);
        const told = checks.map(({ name, points, max, reason }) => `${name} ${points}/${max}: ${reason}`);
        assert.deepEqual(Object.keys(points).sort(), [...lost].sort(), told.join("\n"));
        const named = checks.flatMap(({ mistakes }) => mistakes);
        if (mistake !== undefined) assert.ok(named.includes(mistake), `named: ${named}`);
        if (name === "right") assert.equal(totalPoints(grade), 100);
      }),
  });
}

Deno.test({
  ...unlessPython(python, "what submit.py does not find it says, with the line that would give it"),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await Deno.copyFile(SUBMIT, join(folder, "submit.py"));
      const program = `
import numpy as np, submit
class Net:
    def __init__(self):
        self.W1 = np.ones((784, 20)); self.W2 = np.ones((20, 20)); self.V2 = np.ones((20, 20)); self.W3 = np.ones((20, 10))
submit.export(Net(), np.ones((30, 784)), np.arange(30) % 10, language="en")
submit.check(language="en")`;
      const { stdout, stderr } = await new Deno.Command(python ?? "", {
        args: ["-c", program],
        cwd: folder,
      }).output();
      const said = new TextDecoder().decode(stdout);
      assert.equal(new TextDecoder().decode(stderr), "");
      assert.match(said, /-- {2}weights and biases: .*missing/);
      assert.match(said, /make the last line: submit\.export\(model, X_test, y_test, parameters=/);
      assert.match(said, /-- {2}predictions of the test images: /);
      assert.match(said, /-- {2}your id in the course: /);
      assert.match(said, /-- {2}predictions\.csv: is not there/);
    }),
});

/** What a program prints that has notebook/collected.py. */
async function printed(program: string): Promise<unknown> {
  const folder = new URL("notebook/", import.meta.url).pathname;
  const start = `import sys, json\nsys.path.insert(0, "${folder}")\nfrom collected import *\n`;
  const { success, stdout, stderr } = await new Deno.Command(python ?? "", { args: ["-c", start + program] })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name: `${name}${python === null ? " (no NumPy here)" : ""}`, ignore: python === null, fn });

// Settings under names that nobody can know, in a class whose fit() is all there is, and in one with forward() and backward().
const SETTINGS = `
course, inside = piece_of_course("right"), piece("inside_fit")
made = "ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)"
def told(text, made, **more):
    found = exported(text, made, **more)
    steps = [key for key in found["probe"] if key.startswith(("new_", "d", "small_d"))]
    line = [line.strip() for line in found["said"].splitlines() if "one update" in line][0]
    return off(found["probe"]) < 1e-5 if steps else line
def whole(*changes, made="NeuralNet()"):
    return told(changed(inside, *changes), made, one_hot=True)
epochs, batch = ("num_epochs", "rounds"), ("batch_size", "rows_at_once")
floor = ("range(0, len(X), self.rows_at_once)", "range(0, len(X) // self.rows_at_once * self.rows_at_once, self.rows_at_once)")
print(json.dumps({
    "all known": whole(),
    "rate": told(changed(course, ("self.lr", "self.rate")), made),
    "rate unknown": told(changed(course, ("self.lr", "self.speed")), made),
    "rate a number": whole(("self.alpha * ", "0.01 * ")),
    "epoch_num": whole(("num_epochs", "epoch_num")),
    "epochs unknown": whole(epochs),
    "epochs unknown and one": whole(epochs, made="NeuralNet(rounds=1)"),
    "epochs unknown, with backward()": told(changed(course, ("n_epochs", "rounds")), made.replace("n_epochs", "rounds")),
    "bs of 10": whole(("batch_size", "bs"), made="NeuralNet(bs=10)"),
    "batch unknown, of 10": whole(batch, made="NeuralNet(rows_at_once=10)"),
    "batch unknown, of 32": whole(batch, made="NeuralNet(rows_at_once=32)"),
    "batch unknown, of 100, the last one dropped": whole(batch, floor, made="NeuralNet(rows_at_once=100)"),
    "the rate and a slope of that name": told(changed(course, ("self.lr, self.sigma", "self.alpha, self.lr, self.sigma"), ("= lr, sigma, verbose", "= 0.3, lr, sigma, verbose"), ("np.tanh(self.A2)\\n", "np.tanh(self.A2) + 0 * self.alpha\\n")), made),
    "step= that takes no rate": told(course, made, step=lambda X, Y, p, lr: {name: value - 0.01 for name, value in p.items()}),
}))`;

test("where learning rate, epochs or batch could not be set, no gradient is written, and what to add is said", async () => {
  const rate =
    "--  one update, and the gradients: could not set the learning rate: with another one the weights move as far";
  const batch =
    "--  one update, and the gradients: could not set the batch size: 20 rows are not taken as one batch";
  assert.deepEqual(await printed(SETTINGS), {
    "all known": true,
    rate: true,
    "rate unknown": rate,
    "rate a number": rate,
    epoch_num: true,
    "epochs unknown":
      "--  one update, and the gradients: could not set the epochs: after what should be one, the weights have not moved in proportion to the learning rate",
    "epochs unknown and one": true,
    "epochs unknown, with backward()": true,
    "bs of 10": true,
    "batch unknown, of 10": batch,
    "batch unknown, of 32": true,
    "batch unknown, of 100, the last one dropped": batch,
    "the rate and a slope of that name": true,
    "step= that takes no rate": rate,
  });
});

test("weights that fit() has trained are not said to be those of before the training", async () => {
  const program = `
text = changed(piece("inside_fit"), ("self.alpha * ", "0.01 * "), ("num_epochs", "rounds"))
found = exported(text, "NeuralNet()", one_hot=True)
print(json.dumps([[key for key in found["probe"] if key.startswith("init")], "only trained weights" in found["said"]]))`;
  assert.deepEqual(await printed(program), [[], true]);
});

test("losses are told from validation losses by the words of their names, which may hold others", async () => {
  const program = `
def curve(*names):
    model = submit.types.SimpleNamespace(**{name: [i + 1.0, i + 2.0] for i, name in enumerate(names)})
    return [name for _, name in submit.learning_curve(model, 2, None)]
print(json.dumps([curve(*names) for names in [
    ("train_loss_values", "val_loss_values"), ("val_loss_values", "loss_values"), ("loss_values",), ("valLosses", "trainLosses"),
    ("loss", "valloss"), ("losses", "losses_val"), ("loss_train", "loss_valid"), ("LOSS", "VAL_LOSS"), ("log_loss", "test_loss"),
    ("interval_loss", "loss_validation2"), ("vallosslist", "losslist"), ("device_loss", "devLoss"), ("catalog", "logits"), ("loss_list", "lossVal"),
]]))`;
  assert.deepEqual(await printed(program), [
    ["train_loss_values", "val_loss_values"],
    ["loss_values", "val_loss_values"],
    ["loss_values", null],
    ["trainLosses", "valLosses"],
    ["loss", "valloss"],
    ["losses", "losses_val"],
    ["loss_train", "loss_valid"],
    ["LOSS", "VAL_LOSS"],
    ["log_loss", "test_loss"],
    ["interval_loss", "loss_validation2"],
    ["losslist", "vallosslist"],
    ["device_loss", "devLoss"],
    [null, null],
    ["loss_list", "lossVal"],
  ]);
});

test("weights whose names hold val or train are weights", async () => {
  const program = `
class Part:
    def __init__(self, value): self.value = value
class Net:
    def __init__(self, a, b, c):
        self.trained_W1, self.trained_W2, self.trained_W3 = a, b, c
        self.X_train, self.val = np.ones((784, 10)), np.ones((784, 10))
class Parts:
    def __init__(self, *all): self.weights = [Part(one) for one in all]
layers = [np.ones(shape) for shape in ((784, 24), (24, 16), (16, 10))]
print(json.dumps([[layer.weight.path for layer in submit.find_layers(kind(*layers), 784)[0] or []] for kind in (Net, Parts)]))`;
  assert.deepEqual(await printed(program), [
    ["trained_W1", "trained_W2", "trained_W3"],
    ["weights[0].value", "weights[1].value", "weights[2].value"],
  ]);
});

test("a loss of images and labels is called with those, and what it cannot be called with is said", async () => {
  const program = `
made = "ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)"
by_images = changed(piece_of_course("right"), ("    def cross_entropy_error(self, Z3, Y):", "    def loss(self, x, t):\\n        self.forward(x)\\n        return self.mean_(self.Z3, t)\\n\\n    def mean_(self, Z3, Y):"),
                    ("self.cross_entropy_error", "self.mean_"))
other = changed(by_images, ("loss(self, x, t)", "loss(self, x, t, weight)"), ("self.train_loss.append(total / len(X))", "LOG.append(total / len(X))"))
def of(text):
    found = exported(text, made)
    probe = found["probe"]
    near = "loss" in probe and bool(abs(probe["loss"] - exact()["loss"]) < 1e-9)
    return [near, "loss_zero" in probe, [line[6:] for line in found["said"].splitlines() if "loss function" in line]]
print(json.dumps([of(by_images), of("LOG = []\\n" + other)]))`;
  assert.deepEqual(await printed(program), [
    [true, true, ["loss function: loss(X, Y)"]],
    [false, false, ["loss function: loss() needs other arguments than probabilities and labels"]],
  ]);
});
