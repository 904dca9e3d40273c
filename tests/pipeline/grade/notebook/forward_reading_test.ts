import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// What is read of a forward propagation, whichever way round its arrays stand, and what is said where it is not.

const OF = `
def of(*changes, of="transposed_inside"):
    found = collected(changed(piece(of), *changes))
    probe = found["probe"]
    said = {line[1]: line[2].splitlines()[0] for line in found["collected"]["checklist"]}
    return [off(probe) is not None and off(probe) < 1e-5, "A1" in probe, "probabilities" in probe and bool(np.allclose(probe["probabilities"].sum(axis=1), 1)), said["forward"]]
`;

test("samples may be columns within a network whose rows are images", async () => {
  const program = OF + `
print(json.dumps([of(), of(("return A[3].T", "return A[3]"), ("self.forward(X[k])", "self.forward(X[k]).T"), ("self.forward(X_val)", "self.forward(X_val).T"), ("argmax(axis=1)", "argmax(axis=0)"))]))`;
  assert.deepEqual(await collected(program), Array(2).fill([true, true, true, "forward()"]));
});

test("probabilities are read where nothing shows what leaves the hidden layers, and sums are not taken for them", async () => {
  const program = OF + `
print(json.dumps(of(("return A[3].T", "return [A.pop(i) for i in (3, 2, 1)][0].T"), ("        self.A = A\\n", "        self.A = {}\\n"), ("    def backward(self, Y):\\n", "    def backward(self, Y):\\n        return\\n"))))`;
  assert.deepEqual(await collected(program), [false, false, true, "not in forward(): A1, A2"]);
});

test("why nothing is read of a forward propagation is said as it is", async () => {
  const program = OF + `
sums = (("        E = np.exp(E - E.max(axis=0))\\n        A[3] = E / E.sum(axis=0)\\n", "        A[3] = E\\n"), ("def cross_entropy(self, P, Y)", "def score(self, P, Y)"), ("self.cross_entropy(", "self.score("))
print(json.dumps([
    of(*sums)[2:],
    of(("        A = {0: X.T}\\n", "        A = {0: X.T}\\n        if X.shape[1] != 784: raise ValueError('mine')\\n"))[2:],
    of(("def forward(self", "def run(self"), ("self.forward(", "self.run("), ("return self.run(X).argmax(axis=1)", "raise ValueError('mine')"))[3],
]))`;
  assert.deepEqual(await collected(program), [
    [false, "in forward() no 10 probabilities for each image were found"],
    [false, "forward() fails when it is called with 20 images (ValueError: mine)"],
    "predict() fails when it is called with 20 images (ValueError: mine)",
  ]);
});
