import assert from "node:assert/strict";

const OURS = new URL("../../../../pipeline/grade/notebook/python/", import.meta.url).pathname;
const PYTHON = "/usr/bin/python3";

/** What a program prints that finds the shims before all else; null where there is no NumPy. */
async function printed(program: string): Promise<unknown> {
  const args = ["-c", `import sys\nsys.path[:0] = ["${OURS}shims", "${OURS}"]\n${program}`];
  const { success, stdout, stderr } = await new Deno.Command(PYTHON, { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const numpy = await new Deno.Command(PYTHON, { args: ["-c", "import numpy"] }).output().then(
  ({ success }) => success,
  () => false,
);

// The rows are those of scikit-learn 1.2.1: the same program without the first line.
Deno.test({
  name: `train_test_split() gives scikit-learn's rows, with stratify too${
    numpy ? "" : ": skipped, as there is no NumPy"
  }`,
  ignore: !numpy,
  fn: async () => {
    assert.deepEqual(
      await printed(`
import json, numpy as np
from sklearn.model_selection import train_test_split as split
labels = np.array([0, 1, 2, 2, 1, 0, 0, 0, 2, 2, 2, 1, 0, 1, 2, 0, 1])
rows = np.arange(17)
hot = np.eye(3)[labels]
cases = [
    split(rows, test_size=0.2, random_state=0),
    split(rows, test_size=0.3, random_state=0, stratify=labels),
    split(rows, test_size=5, train_size=8, random_state=7, stratify=labels),
    split(rows, random_state=42, stratify=hot),
]
print(json.dumps([[part.tolist() for part in case] for case in cases]))`),
      GOLDEN,
    );
  },
});

const GOLDEN = [
  [[13, 4, 2, 14, 10, 7, 16, 11, 3, 0, 5, 15, 12], [1, 6, 8, 9]],
  [[5, 7, 4, 16, 12, 3, 13, 6, 14, 8, 9], [2, 10, 1, 15, 11, 0]],
  [[5, 3, 0, 10, 13, 14, 16, 6], [4, 11, 2, 12, 9]],
  [[0, 5, 2, 7, 11, 8, 3, 13, 4, 14, 12, 1], [16, 10, 6, 9, 15]],
];
