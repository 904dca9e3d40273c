import type { MadeNotebook } from "./made_notebooks.ts";

/** A made notebook and what it must get, graded on the digits that the program draws. */
export interface ExpectedNotebook {
  readonly notebook: MadeNotebook;
  /** The checks that lose points, bonus too; `band` and `history` aside where the mistake keeps it from learning. */
  readonly lost?: readonly string[];
  readonly learns?: false;
  /** The mistake that is named. */
  readonly mistake?: string;
  /** What the feedback says. */
  readonly says?: readonly RegExp[];
  /** Seconds. */
  readonly budget?: number;
}

const course = (more: Partial<MadeNotebook> = {}): MadeNotebook => ({
  pieces: ["keras", "course/right", "fit_course"],
  ...more,
});
const withoutPlots = [
  ["plt.plot(net.train_loss); plt.plot(net.val_loss); plt.show()", "net.train_loss"],
] as const;
const after = (text: string): MadeNotebook =>
  course({ changes: [["# %%\nplt.plot(net.train_loss)", `# %%\n${text}\n# %%\nplt.plot(net.train_loss)`]] });
const FIT = "net.fit(X_train, y_train, X_val, y_val)";

/** Right networks in the shapes in which people write them: 100 points each, without a line added. */
export const SHAPES: Readonly<Record<string, ExpectedNotebook>> = {
  "the course's class in one cell": {
    notebook: course(),
    says: [/The network was found in net, of the class Scratch/],
  },
  "a class that is spread over cells": { notebook: { pieces: ["keras", "spread"] } },
  // There are no validation losses.
  "layer objects": {
    notebook: { pieces: ["keras", "course/layer_objects", "fit_net"] },
    lost: ["history"],
  },
  "functions, and a function that trains": {
    notebook: { pieces: ["keras", "train_function"] },
    says: [/The network was found in functions and variables/],
  },
  "functions of global variables, and a loop in a cell": { notebook: { pieces: ["keras", "functions"] } },
  "a class that is asked by forward(), and has no predict()": {
    notebook: { pieces: ["keras", "forward_only"] },
    says: [/predictions of the test images \(forward\(\)\)/],
  },
  "layers in a row, whose backward() goes back from where loss(X, Y) was": {
    notebook: { pieces: ["keras", "sequential"] },
  },
  "a loss and an optimizer that are objects beside the network": {
    notebook: { pieces: ["keras", "torch_style"] },
  },
  "rows outside and columns inside": { notebook: { pieces: ["keras", "transposed_inside"] } },
  "samples as columns": { notebook: { pieces: ["keras", "columns"] } },
  "functions that read and write global variables": { notebook: { pieces: ["keras", "globals"] } },
  "functions that keep the parameters in a closure": { notebook: { pieces: ["keras", "closure"] } },
  "biases as the last rows of the weights": { notebook: { pieces: ["keras", "folded"] } },
  "packages that are not where notebooks are graded": {
    notebook: after("import jaxlib_of_mine\njaxlib_of_mine.run()\n# %%\n1 + 1"),
    says: [
      /1 import of what is not where notebooks are graded was passed over: import jaxlib_of_mine\./,
      /Code cell 5 failed in its line 2: ModuleNotFoundError: No module named 'jaxlib_of_mine'\. Notebooks are graded where there is Python with NumPy/,
    ],
  },
  "imports of what is not there, where it would cost the cell": {
    notebook: course({
      changes: [
        [
          "import numpy as np\n\n\nclass GetMiniBatch",
          "import torch_of_mine, os\nfrom torch_of_mine.nn import Module as Base\nimport numpy as np\n\n\nclass GetMiniBatch",
        ],
        [
          "import numpy as np\nimport matplotlib",
          "import japanize_of_mine\nfrom sklearn.model_selection import NoSuchFolds\ntry:\n    import cupy_of_mine as xp\nexcept ImportError:\n    import numpy as xp\nimport numpy as np\nassert xp is np\nimport matplotlib",
        ],
      ],
      more: ["assert os.sep == '/'\nclass Mine(Base):\n    pass"],
    }),
    says: [
      /4 imports of what is not where notebooks are graded were passed over: import japanize_of_mine \/ from sklearn\.model_selection import NoSuchFolds \/ import torch_of_mine \/ from torch_of_mine\.nn import Module as Base\./,
      /Code cell 6 failed in its line 2: ModuleNotFoundError: No module named 'torch_of_mine'\./,
    ],
  },
  "a table of its own that is not there, and drawings": {
    notebook: {
      pieces: ["course/right"],
      more: [
        "import pandas as pd\nimport matplotlib.pyplot as plt\nfigure = plt.figure()\ndf = pd.read_csv('/content/drive/MyDrive/mnist_train.csv')",
        `net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16)\nnet.fit(df.values[:, 1:] / 255, df.values[:, 0])`,
      ],
    },
    says: [
      /Code cell 2 failed in its line 4: FileNotFoundError: \[Errno 2\] No such file or directory: '\/content\/drive\/MyDrive\/mnist_train\.csv'\. Of files there are only those/,
      /We trained your network for 4 epochs through its fit\(\)/,
      /The network was found in net, of the class Scratch/,
    ],
  },
  "everything inside fit, losses a batch": {
    notebook: { pieces: ["keras", "inside_fit"] },
    lost: ["finite_loss", "history"],
    says: [/\(fit\(\), losses\)/],
  },
  "relu, one-hot inside, losses by epoch local to fit": {
    notebook: { pieces: ["keras", "local_losses"] },
    lost: ["history"],
  },
  // The course draws biases as it does weights.
  "parameters in a dict, in float32, relu": {
    notebook: { pieces: ["keras", "course/params_dict", "fit_net"] },
    lost: ["moments"],
    mistake: "biases_start_at_zero",
  },
  "standardised pixels": {
    notebook: course({
      changes: [[
        "X_train, X_val, y_train",
        "mean, std = X_train.mean(), X_train.std()\nX_train, X_test = (X_train - mean) / std, (X_test - mean) / std\nX_train, X_val, y_train",
      ]],
    }),
    says: [/what is made of pixels, which is not division by 255, was put into W1 and B1/],
  },
  "torchvision's loader": {
    notebook: { pieces: ["torchvision", "course/right", "fit_course"], changes: withoutPlots },
  },
  "np.float, magics, and a mounted drive": {
    notebook: { pieces: ["np_float", "course/right", "fit_course"], changes: withoutPlots },
    says: [/4 lines are no Python, or asked for another place, and were passed over: %matplotlib inline/],
  },
  "a call of submit.export()": {
    notebook: course({
      more: ['import submit\nsubmit.export(net, X_test, y_test, student="s77", language="en")'],
    }),
    says: [/The notebook calls submit\.export\(\) itself/],
  },
  "an exception half-way": {
    notebook: after("raise ValueError('<b>no & such</b>')"),
    says: [/Code cell 5 failed in its line 1: ValueError: <b>no & such<\/b>\./],
  },
  "a syntax error": {
    notebook: after("for i in range(3)\n    print(i)"),
    says: [/Code cell 5 failed in its line 1: SyntaxError: expected ':'\.(?! *\()/],
  },
  "a call that ends Python": {
    notebook: after("import sys\nsys.exit()"),
    says: [
      /Code cell 5 was ended by sys\.exit\(\) or raise SystemExit, which ends no more than the cell here\./,
    ],
  },
  "a second network that learns less": {
    notebook: course({
      more: [
        "alias = net\nnet2 = ScratchSimpleNeuralNetrowkClassifier(n_epochs=1)\nnet2.fit(X_train[:100], y_train[:100])",
      ],
    }),
    says: [
      /The network was found in (net|alias), of the class Scratch/,
      /By how many training images they classify rightly (net|alias) was chosen and graded; not graded: net2\./,
    ],
  },
  "an endless loop": {
    notebook: course({
      changes: [[FIT, "while True:\n    net.n_epochs = 100000\n    net.fit(X_train, y_train, X_val, y_val)"]],
    }),
    budget: 25,
    says: [
      /Code cell 4 did not come to an end within the time that a notebook has\.\nCode cell 5 was not run: the time that a notebook has was over/,
      /We trained your network for \d epochs? through its fit\(\), because no cell came to the end of a training within the time/,
    ],
  },
  "a network that no cell trains": {
    notebook: course({
      changes: [[`${FIT}\n`, ""], ["net.train_loss", "net.lr"], ["net.val_loss", "net.lr"]],
    }),
    says: [/We trained your network for 4 epochs through its fit\(\), because no cell came to the end/],
  },
};

const wrong = (...changes: [from: string, to: string][]) => course({ changes });

/** The commonest mistakes, each once. */
export const MISTAKES: Readonly<Record<string, ExpectedNotebook>> = {
  update_before_delta: {
    notebook: { pieces: ["keras", "course/update_before_delta", "fit_course"] },
    lost: ["one_step"],
    mistake: "update_before_delta",
    says: [/update\(\) is defined in code cell 3\./],
  },
  averaged_first: {
    notebook: { pieces: ["keras", "course/averaged_first", "fit_course"] },
    lost: ["gradcheck"],
    learns: false,
    mistake: "averaged_first",
    says: [/backward\(\) is defined in code cell 3\./],
  },
  last_batch_loss: {
    notebook: wrong([
      "self.train_loss.append(total / len(X))",
      "self.train_loss.append(self.cross_entropy_error(self.Z3, mini_y))",
    ]),
    lost: ["history"],
    says: [/fit\(\) is defined in code cell 3\./],
  },
  loss_over_classes: {
    notebook: wrong(["-np.sum(Y * np.log(Z3 + 1e-12)) / len(Z3)", "-np.mean(Y * np.log(Z3 + 1e-12))"]),
    lost: ["value"],
    mistake: "loss_over_classes",
    says: [/cross_entropy_error\(\) is defined in code cell 3\./],
  },
  sigmoid_slope_for_tanh: {
    notebook: wrong(["(1 - np.tanh(self.A2) ** 2)", "self.Z2 * (1 - self.Z2)"], [
      "(1 - np.tanh(self.A1) ** 2)",
      "self.Z1 * (1 - self.Z1)",
    ]),
    lost: ["gradcheck"],
    learns: false,
    mistake: "sigmoid_slope_for_tanh",
  },
  slope_missing: {
    notebook: wrong(["dZ2 * (1 - np.tanh(self.A2) ** 2)", "dZ2"], [
      "dZ1 * (1 - np.tanh(self.A1) ** 2)",
      "dZ1",
    ]),
    lost: ["gradcheck"],
    learns: false,
    mistake: "slope_missing",
  },
  bias_over_all: {
    notebook: wrong(...[1, 2, 3].map((l): [string, string] => [
      `dB${l} = np.sum(dA${l}, axis=0)`,
      `dB${l} = np.sum(dA${l})`,
    ])),
    lost: ["gradcheck"],
    mistake: "bias_over_all",
  },
  no_max_subtraction: {
    notebook: wrong(["A - np.max(A, axis=1, keepdims=True)", "A"]),
    lost: ["finite_forward"],
    mistake: "no_max_subtraction",
  },
  sigma_as_variance: {
    notebook: wrong(["self.sigma * random", "np.sqrt(self.sigma) * random"]),
    lost: ["moments"],
    learns: false,
    mistake: "sigma_as_variance",
  },
  last_batch_dropped: {
    notebook: wrong(["np.ceil(X.shape[0] / self.batch_size)", "np.floor(X.shape[0] / self.batch_size)"]),
    lost: ["ragged_batch"],
    mistake: "last_batch_dropped",
  },
  fixed_batch_size: {
    notebook: wrong(["batch_size = len(X)", "batch_size = self.batch_size"]),
    lost: ["ragged_batch"],
    mistake: "fixed_batch_size",
  },
  weights_divided_twice: {
    notebook: wrong(
      ["dW3 = self.Z2.T @ dA3", "dW3 = self.Z2.T @ dA3 / batch_size"],
      ["dW2 = self.Z1.T @ dA2", "dW2 = self.Z1.T @ dA2 / batch_size"],
      ["dW1 = X.T @ dA1", "dW1 = X.T @ dA1 / batch_size"],
    ),
    lost: ["gradcheck"],
    learns: false,
    mistake: "weights_divided_twice",
  },
};
