import assert from "node:assert/strict";
import { join } from "node:path";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { writeTemplate } from "../../../pipeline/grade/write_template.ts";
import { type SubmissionGrade, totalPoints } from "../../../src/grade/submission_grade.ts";
import { readNpz, writeNpz } from "../../../src/numpy/npz.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { checkOf, gradeMade, lostPoints, strokesEngine } from "./made_submissions.ts";
import { findNumpy } from "./find_numpy.ts";
import { unlessPython } from "../../skipped.ts";

// Three networks as the course describes them, with state in self, gradients applied in place inside backward(), and labels made one-hot
// inside fit(), go through the template as a student would, and through the lines of docs/grading.md.

const COURSE = new URL("course/", import.meta.url);
const TEMPLATE = new URL("../../../pipeline/grade/template/network.py", import.meta.url);
const DOCS = new URL("../../../docs/grading.md", import.meta.url);
const python = await findNumpy();
await using engine = await strokesEngine();

const SETTINGS = { hidden: [8, 8], sigma: 0.2, learning_rate: 0.1, epochs: 4 };

/** What a student makes of the template: the class in its place, the settings, and where the images come from. */
async function networkOf(name: string): Promise<string> {
  const [course, template] = await Promise.all([
    Deno.readTextFile(new URL(`${name}.py`, COURSE)),
    Deno.readTextFile(TEMPLATE),
  ]);
  const names = /^NAMES = .*$/m.exec(template)?.[0];
  const rest = template.slice(template.indexOf("# What follows works as it stands"));
  assert.ok(names && rest.startsWith("# What"));
  return `${course}

${names}


def new_network(learning_rate=0.1, epochs=4):
    return ScratchSimpleNeuralNetrowkClassifier(
        lr=learning_rate, sigma=0.2, n_nodes1=8, n_nodes2=8, n_epochs=epochs, batch_size=20
    )


def images():
    a = np.load("images.npz")
    return [a[name] for name in ["X_train", "y_train", "X_val", "y_val", "X_test", "y_test"]]


${rest}`;
}

async function writeImages(folder: string): Promise<void> {
  const dataset = await engine.dataset("strokes");
  assert.ok(dataset.ok);
  const { train, validation } = dataset.value.split({ validation: 0.2, seed: 0 });
  const labels = (y: ArrayLike<number>) => ({ shape: [y.length], data: Int32Array.from(y) });
  const bytes = writeNpz({
    X_train: train.X,
    y_train: labels(train.y.data),
    X_val: validation.X,
    y_val: labels(validation.y.data),
    X_test: dataset.value.testImages(),
    y_test: labels(dataset.value.testLabels),
  });
  await Deno.writeFile(join(folder, "images.npz"), bytes);
}

async function run(folder: string, script: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(python ?? "", { args: [script], cwd: folder }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

async function gradeThroughTemplate(name: string): Promise<SubmissionGrade> {
  const grades: SubmissionGrade[] = [];
  await inTemporaryFolder(async (folder) => {
    await writeTemplate(folder, "artifact");
    await Deno.writeTextFile(join(folder, "network.py"), await networkOf(name));
    const lines = Object.entries(SETTINGS).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    await Deno.writeTextFile(
      join(folder, "manifest.yaml"),
      ["schema: 1", `student: ${name.replaceAll("_", "-")}`, "track: artifact", ...lines, ""].join("\n"),
    );
    await writeImages(folder);
    await run(folder, "write_files.py");
    await compareWithDocs(folder);
    await Deno.remove(join(folder, "images.npz"));
    grades.push(await gradeMade(await openSubmission(folder), { engine }));
  });
  return grades[0];
}

/** The lines of docs/grading.md, word for word, give the same probe.npz as the template. */
async function compareWithDocs(folder: string): Promise<void> {
  const blocks = [...(await Deno.readTextFile(DOCS)).matchAll(/^```python\n([^]*?)^```$/gm)].map(([, text]) =>
    text
  );
  const lines = blocks.find((text) => text.includes('np.load("probe_batch.npz")'));
  assert.ok(lines);
  const probe = join(folder, "probe.npz");
  const byTemplate = readNpz(await Deno.readFile(probe));
  const before = "import network\nnet = network.new_network()\nX_train, y_train = network.images()[:2]\n";
  await Deno.writeTextFile(join(folder, "by_hand.py"), before + lines);
  await run(folder, "by_hand.py");
  const byHand = readNpz(await Deno.readFile(probe));
  assert.deepEqual(Object.keys(byHand).sort(), Object.keys(byTemplate).sort());
  for (const [key, { shape, data }] of Object.entries(byTemplate)) {
    assert.deepEqual([byHand[key].shape, byHand[key].data], [shape, data], key);
  }
}

interface Expected {
  /** Ids of the mistakes that cost points. */
  readonly mistakes: readonly string[];
  /** The checks that lose points; `band` may lose some besides, as it looks at the outcome. */
  readonly charged: readonly string[];
}

/**
 * What each of them must get: 100, and a named mistake with one charge.
 */
const EXPECTED: Readonly<Record<string, Expected>> = {
  right: { mistakes: [], charged: [] },
  update_before_delta: { mistakes: ["update_before_delta"], charged: ["one_step"] },
  averaged_first: { mistakes: ["averaged_first"], charged: ["gradcheck"] },
};

for (const [name, expected] of Object.entries(EXPECTED)) {
  Deno.test({
    ...unlessPython(python, `a class in the course's shape, ${name}, goes through the template`),
    fn: async () => {
      const grade = await gradeThroughTemplate(name);
      const { band: _, history: __, ...lost } = lostPoints(grade);
      assert.deepEqual(Object.keys(lost), expected.charged, JSON.stringify(grade.problems, null, 1));
      for (const mistake of expected.mistakes) {
        assert.ok(checkOf(grade, expected.charged[0]).mistakes.includes(mistake));
      }
      if (name === "right") {
        assert.deepEqual([grade.understood, lostPoints(grade), totalPoints(grade)], [[], {}, 100]);
      }
    },
  });
}
