import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Forward propagation with a mistake in a layer, or whose activations are kept nowhere: the manifest's activation, what the probe has of it, and how
// far its probabilities are from what the class gives.
const FORMS = `
net = "# %%\\nnet = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=2)\\nnet.fit(X_train, y_train, X_val, y_val)\\n"
def of(*changes):
    found = collected(changed(piece_of_course("right"), *changes) + net)
    batch, probe = submit.probe_batch(), found["probe"]
    model = submit.copied(found["names"]["net"])
    for name in ("W1", "B1", "W2", "B2", "W3", "B3"): setattr(model, name, batch[name])
    model.forward(batch["X"])
    P = model.Z3
    there = [name for name in ("A1", "A2", "probabilities", "loss", "predictions") if name in probe]
    return [found["manifest"].get("activation"), found["manifest"].get("reduction"), there, bool(there[2:3] and np.abs(probe["probabilities"] - P).max() < 1e-9)]
print(json.dumps({
    "no bias in layer 2": of(("self.Z1 @ self.W2 + self.B2", "self.Z1 @ self.W2")),
    "no activation in layer 2": of(("self.Z2 = np.tanh(self.A2)", "self.Z2 = self.A2")),
    "no activation in layer 1": of(("self.Z1 = np.tanh(self.A1)", "self.Z1 = self.A1")),
    "activations within an expression": of(
        ("        self.Z2 = np.tanh(self.A2)\\n", ""), ("self.A3 = self.Z2 @", "self.A3 = np.tanh(self.A2) @"), ("dW3 = self.Z2.T", "dW3 = np.tanh(self.A2).T")),
}))`;

test("a layer without its bias or its activation, and activations that are kept nowhere, hide neither the probabilities nor what activation is meant", async () => {
  const all = ["mean", ["A1", "A2", "probabilities", "loss", "predictions"], true];
  assert.deepEqual(await collected(FORMS), {
    "no bias in layer 2": ["tanh", ...all],
    "no activation in layer 2": ["tanh", ...all],
    "no activation in layer 1": ["tanh", ...all],
    "activations within an expression": ["tanh", ...all],
  });
});
