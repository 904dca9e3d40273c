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

Deno.test({
  name: `MNIST comes as tables, arrays and tensors, by the loaders' names and as those give it${
    numpy ? "" : ": skipped, as there is no NumPy"
  }`,
  ignore: !numpy,
  fn: async () => {
    assert.deepEqual(
      await printed(`
import json, os, tempfile
import numpy as np
os.environ["OFFICIAL_IMAGES"] = folder = tempfile.mkdtemp()
for part, count in (("train", 6), ("test", 4)):
    np.save(os.path.join(folder, "x_%s.npy" % part), np.arange(count * 4, dtype=np.uint8).reshape(count, 2, 2))
    np.save(os.path.join(folder, "y_%s.npy" % part), np.arange(count, dtype=np.uint8))
from sklearn.datasets import fetch_openml
from sklearn.model_selection import train_test_split
from sklearn.utils import shuffle
from sklearn.preprocessing import MinMaxScaler, LabelBinarizer, label_binarize
from sklearn.metrics import ConfusionMatrixDisplay
from torchvision import datasets, transforms
from keras.utils import np_utils, to_categorical
from tqdm.notebook import tqdm
ConfusionMatrixDisplay.from_predictions([1], [1])
plain = fetch_openml("mnist_784", version=1, as_frame=False)
table = fetch_openml("mnist_784", version=1, parser="auto")
X, y = fetch_openml("mnist_784", return_X_y=True)
halves = train_test_split(table.data, table.target, test_size=4, shuffle=False)
pixels = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
image, label = datasets.MNIST("./data", train=True, download=True, transform=pixels)[1]
print(json.dumps([
    getattr(plain, "fit", "nothing"), [type(one).__name__ for one in (plain.data, plain["target"])],
    [[type(one).__name__ for one in (part.to_numpy(), part.values, np.array(part))] for part in (table.data, table.target, X, y)],
    table.data.iloc[1].values.reshape(2, 2).tolist(), table.target.astype(int).to_numpy().tolist(), (y == "3").sum().tolist(),
    (X / 255).astype(np.float32).to_numpy().dtype.name, X.mean().tolist(), round(float(X.std()[0]), 4), float(np.max(X.to_numpy())),
    halves[1].values.shape, [row.tolist() for row in shuffle(np.arange(5), random_state=0).reshape(1, 5)],
    image.shape, round(float(image[0, 0, 0]), 4), label,
    np_utils.to_categorical([1], 3).tolist() == to_categorical([1], 3).tolist(),
    MinMaxScaler().fit_transform([[0, 1], [2, 1]]).tolist(), label_binarize([2], classes=[0, 1, 2]).tolist(),
    len(tqdm(range(3))), getattr(tqdm([]), "__deepcopy__", None),
]))`),
      [
        ...["nothing", ["ndarray", "ndarray"], Array(4).fill(["ndarray", "ndarray", "ndarray"])],
        ...[[[4, 5], [6, 7]], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3], 2],
        ...["float32", [8.4, 9.4, 10.4, 11.4], 6.6533, 23],
        ...[[4, 4], [[2, 0, 1, 3, 4]]],
        ...[[1, 2, 2], -0.9686, 1],
        ...[true, [[0, 0], [1, 0]], [[0, 0, 1]]],
        ...[3, null],
      ],
    );
  },
});

const GOLDEN = [
  [[13, 4, 2, 14, 10, 7, 16, 11, 3, 0, 5, 15, 12], [1, 6, 8, 9]],
  [[5, 7, 4, 16, 12, 3, 13, 6, 14, 8, 9], [2, 10, 1, 15, 11, 0]],
  [[5, 3, 0, 10, 13, 14, 16, 6], [4, 11, 2, 12, 9]],
  [[0, 5, 2, 7, 11, 8, 3, 13, 4, 14, 12, 1], [16, 10, 6, 9, 15]],
];
