import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// A class that has no predict(): its forward propagation says what it predicts.

const OF = `
def of(*changes):
    found = collected(changed(piece("forward_only"), *changes))
    said = [line[2].splitlines()[0] for line in found["collected"]["checklist"] if line[1] == "predictions"][0]
    net, X = found["names"]["net"], TEST[0].reshape(-1, 784) / 255
    Z = np.tanh(np.tanh(X @ net.W1 + net.b1) @ net.W2 + net.b2) @ net.W3 + net.b3
    return [said, "predictions" in found and np.array_equal(found["predictions"][:, 1], Z.argmax(axis=1))]
nothing_returned = (("        return self.P\\n", ""), ("P = net.forward(X_train[rows])", "net.forward(X_train[rows]); P = net.P"),
    ("net.loss(net.forward(X_val), T_val)", "1.0"), ("np.argmax(net.forward(X_test), axis=1)", "y_test"))
`;

test("a class without predict() predicts by its forward(), whether that returns probabilities, sums or everything, or keeps them", async () => {
  const program = OF + `
print(json.dumps([
    of(),
    of(("def forward(", "def propagate("), (".forward(", ".propagate(")),
    of(("        return self.P\\n", "        return self.P, self.Z2 @ self.W3 + self.b3\\n"), ("P = net.forward(X_train[rows])", "P, _ = net.forward(X_train[rows])"),
       ("net.loss(net.forward(X_val), T_val)", "1.0"), ("np.argmax(net.forward(X_test), axis=1)", "y_test")),
    of(*nothing_returned),
]))`;
  assert.deepEqual(await collected(program), [
    ["forward()", true],
    ["propagate()", true],
    ["forward()", true],
    ["forward()", true],
  ]);
});

test("what a network keeps from before is not taken for what it predicts", async () => {
  const program = OF + `
# As many labels as there are test images, in the form of probabilities, and a forward() that says nothing of these.
silent = ("        self.Z1 = np.tanh(X", "        if len(X) == 200: return\\n        self.Z1 = np.tanh(X")
print(json.dumps(of(*nothing_returned, silent, ("net = Net()", "net = Net(); net.T = np.eye(10)[y_test]"))))`;
  assert.deepEqual(await collected(program), ["forward() gives no 10 numbers for each image", false]);
});
