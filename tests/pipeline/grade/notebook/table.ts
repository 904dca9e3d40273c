import type { MadeNotebook } from "./made_notebooks.ts";

const course = (more: Partial<MadeNotebook> = {}): MadeNotebook => ({
  pieces: ["keras", "course/right", "fit_course"],
  ...more,
});
const wrong = (...changes: [string, string][]) => course({ changes });

export const MADE: Record<string, MadeNotebook> = {
  exported: course({
    more: ['import submit\nsubmit.export(net, X_test, y_test, student="s77", split=0.2, language="en")'],
  }),
  exception: course({
    changes: [[
      "# %%\nplt.plot(net.train_loss)",
      "# %%\nraise ValueError('<b>no & such</b>')\n# %%\nplt.plot(net.train_loss)",
    ]],
  }),
  syntax_error: course({
    changes: [[
      "# %%\nplt.plot(net.train_loss)",
      "# %%\nfor i in range(3)\n    print(i)\n# %%\nplt.plot(net.train_loss)",
    ]],
  }),
  endless: {
    ...course({
      changes: [[
        "net.fit(X_train, y_train, X_val, y_val)",
        "while True:\n    net.fit(X_train[:2000], y_train[:2000], X_val, y_val)\n    net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=400)",
      ]],
    }),
    budget: 12,
  } as any,
  not_trained: {
    ...course({
      changes: [["net.fit(X_train, y_train, X_val, y_val)\n", ""], ["net.train_loss", "net.lr"], [
        "net.val_loss",
        "net.lr",
      ]],
    }),
  },
  update_before_delta: { pieces: ["keras", "course/update_before_delta", "fit_course"] },
  averaged_first: { pieces: ["keras", "course/averaged_first", "fit_course"] },
  step_uphill: wrong(["-= self.lr", "+= self.lr"]),
  last_batch_loss: wrong([
    "self.train_loss.append(total / len(X))",
    "self.train_loss.append(self.cross_entropy_error(self.Z3, mini_y))",
  ]),
  loss_over_classes: wrong(["-np.sum(Y * np.log(Z3 + 1e-12)) / len(Z3)", "-np.mean(Y * np.log(Z3 + 1e-12))"]),
  sigmoid_slope: wrong(["(1 - np.tanh(self.A2) ** 2)", "self.Z2 * (1 - self.Z2)"], [
    "(1 - np.tanh(self.A1) ** 2)",
    "self.Z1 * (1 - self.Z1)",
  ]),
  slope_missing: wrong(["dZ2 * (1 - np.tanh(self.A2) ** 2)", "dZ2"], [
    "dZ1 * (1 - np.tanh(self.A1) ** 2)",
    "dZ1",
  ]),
  bias_over_all: wrong(["dB1 = np.sum(dA1, axis=0)", "dB1 = np.sum(dA1)"], [
    "dB2 = np.sum(dA2, axis=0)",
    "dB2 = np.sum(dA2)",
  ], ["dB3 = np.sum(dA3, axis=0)", "dB3 = np.sum(dA3)"]),
  no_max: wrong(["A - np.max(A, axis=1, keepdims=True)", "A"]),
  variance: wrong(["self.sigma * random", "np.sqrt(self.sigma) * random"]),
  dropped: wrong(["np.ceil(X.shape[0] / self.batch_size)", "np.floor(X.shape[0] / self.batch_size)"]),
  fixed: wrong(["batch_size = len(X)", "batch_size = self.batch_size"]),
  divided_twice: wrong(["dW3 = self.Z2.T @ dA3", "dW3 = self.Z2.T @ dA3 / batch_size"], [
    "dW2 = self.Z1.T @ dA2",
    "dW2 = self.Z1.T @ dA2 / batch_size",
  ], ["dW1 = X.T @ dA1", "dW1 = X.T @ dA1 / batch_size"]),
};
