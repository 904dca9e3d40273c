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
      assert.match(said, /-- {2}weights and biases: .*missing.*\n.*add: submit\.export\(\.\.\., parameters=/);
      assert.match(said, /-- {2}predictions of the test images: /);
      assert.match(said, /-- {2}your id in the course: /);
      assert.match(said, /-- {2}predictions\.csv: is not there/);
    }),
});
