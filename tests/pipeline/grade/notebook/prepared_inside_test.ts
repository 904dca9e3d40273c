import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Classes that are given pixels from 0 to 255 and make something of them themselves.
const INSIDE = String.raw`
made = "net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)\n"
RAW = made + "A, A_test = x_train.reshape(-1, 784).astype(float), x_test.reshape(-1, 784).astype(float)\nnet.fit(A[:480], y_train, A[480:], y_val)\n"
FIT, PREDICT = "        self.n_features = X.shape[1]\n", "    def predict(self, X):\n"
course = piece_of_course("right") + "# %%\n"
by_fit = (FIT, "        X = X / 255\n        X_val = X_val / 255\n" + FIT)
by_predict = (PREDICT, PREDICT + "        X = X / 255\n")
standardised = (FIT, "        self.mean, self.std = X.mean(axis=0), X.std(axis=0) + 1e-3\n        X, X_val = (X - self.mean) / self.std, (X_val - self.mean) / self.std\n" + FIT)

def of(text, training=RAW):
    found = collected(text + training)
    probe, right, batch = found["probe"], exact(), submit.probe_batch()
    step = "new_W1" in probe and all(np.allclose(batch[name] - probe["new_" + name], 0.1 * right["d" + name], atol=1e-8) for name in ("W1", "B3"))
    weights, P = found["weights"], TEST[0].reshape(-1, 784) / 255
    Z = np.tanh(np.tanh(P @ weights["W1"] + weights["B1"]) @ weights["W2"] + weights["B2"]) @ weights["W3"] + weights["B3"]
    own = found["predictions"][:, 1]
    return {"gradients": off(probe) is not None and off(probe) < 1e-8, "step": step, "predict": np.array_equal(probe["predictions"], probe["probabilities"].argmax(axis=1)),
            "pixels": found["collected"]["pixels"], "weights": bool(np.mean(Z.argmax(axis=1) == own) > 0.99), "learned": bool(np.mean(own == TEST[1]) > 0.8)}
`;

const RIGHT = { gradients: true, step: true, predict: true, pixels: null, weights: true, learned: true };

test("a class that divides pixels by 255 itself is graded by what reaches its first layer", async () => {
  const program = INSIDE + String.raw`
forward = changed(course, ("X @ self.W1", "X / 255 @ self.W1"), ("dW1 = X.T", "dW1 = (X / 255).T"))
assigned = changed(course, ("        self.A1 = X @", "        X = self.X = np.array(X) / 255.0\n        self.A1 = X @"), ("dW1 = X.T", "dW1 = self.X.T"))
dotted = changed(course, ("X @ self.W1", "np.divide(X, 255).dot(self.W1)"), ("dW1 = X.T", "dW1 = (X / 255).T"))
print(json.dumps([of(forward), of(assigned), of(dotted), of(changed(course, by_fit, by_predict))]))`;
  assert.deepEqual(await collected(program), Array(4).fill(RIGHT));
});

test("a class that standardises pixels itself is graded by what reaches its first layer, and its weights are those for pixels by 255", async () => {
  const program = INSIDE + String.raw`
print(json.dumps(of(changed(course, standardised, (PREDICT, PREDICT + "        X = (X - self.mean) / self.std\n")))))`;
  assert.deepEqual(await collected(program), { ...RIGHT, pixels: "other" });
});

test("what a class makes of pixels hides none of its mistakes", async () => {
  const program = INSIDE + String.raw`
inside = ("X @ self.W1", "X / 255 @ self.W1")
print(json.dumps({
    "never": of(course),
    "not in the gradients": of(changed(course, inside)),
    "in fit() alone": of(changed(course, by_fit)),
    "in predict() alone": of(changed(course, by_predict)),
    "twice": of(changed(course, by_fit, by_predict), made + "net.fit(X_train, y_train, X_val, y_val)\n"),
}))`;
  const found = await collected(program) as Record<string, Record<string, unknown>>;
  assert.equal(found.never.pixels, "as_they_are");
  assert.equal(found["not in the gradients"].gradients, false);
  assert.deepEqual([found["in fit() alone"].weights, found["in fit() alone"].pixels], [false, null]);
  assert.deepEqual([found["in predict() alone"].weights, found["in predict() alone"].pixels], [
    false,
    "as_they_are",
  ]);
  assert.equal(found.twice.pixels, "divided_twice");
});
