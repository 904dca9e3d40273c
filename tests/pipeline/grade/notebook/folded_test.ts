import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Classes whose weights have the biases in them: a one is appended to what comes into a layer.

const OF = `
def of(*changes):
    found = collected(changed(piece("folded"), *changes))
    if "probe" not in found:
        return [line[2].splitlines()[0] for line in found["collected"]["checklist"] if line[1] == "parameters"]
    probe, batch, right = found["probe"], submit.probe_batch(), exact()
    moved = {key: (batch[key] - probe["new_" + key]) / 0.1 if "new_" + key in probe else None for key in ("W1", "B1", "B3")}
    factors = [None if moved[key] is None else [factor for factor in (1, -1, 20) if np.allclose(moved[key], factor * right["d" + key], atol=1e-5)] for key in moved]
    w, X = found["weights"], TEST[0].reshape(-1, 784) / 255
    said = np.tanh(np.tanh(X @ w["W1"] + w["B1"]) @ w["W2"] + w["B2"]) @ w["W3"] + w["B3"]
    same = "predictions" in found and np.array_equal(found["predictions"][:, 1], said.argmax(axis=1)) and bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8)
    lines = {line[1]: line[2].splitlines()[0] for line in found["collected"]["checklist"]}
    return [off(probe) is not None and off(probe) < 1e-5, factors, same, lines["parameters"], lines["step"]]
draws = "        self.W1 = sigma * np.random.randn(784 + 1, n1)\\n        self.W2 = sigma * np.random.randn(n1 + 1, n2)\\n        self.W3 = sigma * np.random.randn(n2 + 1, 10)\\n"
`;
const right = (parameters: string, step = "fit()") => [true, [[1], [1], [1]], true, parameters, step];
const LAST = "W1[:-1], W1[-1], W2[:-1], W2[-1], W3[:-1], W3[-1]";

test("biases may be the last or first rows or columns of the weights, drawn where they like", async () => {
  const program = OF + `
first = (("[X, np.ones((len(X), 1))]", "[np.ones((len(X), 1)), X]"), ("(d3 @ self.W3.T)[:, :-1]", "(d3 @ self.W3.T)[:, 1:]"), ("(d2 @ self.W2.T)[:, :-1]", "(d2 @ self.W2.T)[:, 1:]"))
# (units, 1 + inputs), as another course has it.
columns = (*first[:1], (draws, draws.replace("784 + 1, n1", "n1, 784 + 1").replace("n1 + 1, n2", "n2, n1 + 1").replace("n2 + 1, 10", "10, n2 + 1")), ("self.X1 @ self.W1", "self.X1 @ self.W1.T"), ("self.X2 @ self.W2", "self.X2 @ self.W2.T"), ("self.X3 @ self.W3", "self.X3 @ self.W3.T"),
    ("(d3 @ self.W3.T)[:, :-1]", "(d3 @ self.W3)[:, 1:]"), ("(d2 @ self.W2.T)[:, :-1]", "(d2 @ self.W2)[:, 1:]"), ("self.X3.T @ d3", "d3.T @ self.X3"), ("self.X2.T @ d2", "d2.T @ self.X2"), ("self.X1.T @ d1", "d1.T @ self.X1"))
in_fit = ((draws, "        self.sigma, self.n1, self.n2 = sigma, n1, n2\\n"), ("        Y, Y_val = np.eye", draws.replace("sigma", "self.sigma").replace("n1", "self.n1").replace("n2", "self.n2") + "        Y, Y_val = np.eye"))
loop = (("def fit(self", "def learn_(self"), ("net.fit(", "net.learn_("))
print(json.dumps([of(), of(*first), of(*columns), of(*in_fit), of(*loop)]))`;
  const at = (weights: string, biases: string) =>
    [1, 2, 3].map((l) => `W${l}[${weights}], W${l}[${biases}]`).join(", ");
  assert.deepEqual(await collected(program), [
    right(LAST),
    right(at("1:", "0")),
    right(at(":, 1:", ":, 0")),
    right(LAST),
    right(LAST, "forward(), backward()"),
  ]);
});

test("mistakes of such a class are read as they are, and where nobody sees which the biases are, that is said", async () => {
  const program = OF + `
print(json.dumps([
    of(("d3 = (self.P - Y) / len(Y)", "d3 = (Y - self.P) / len(Y)"))[1],
    of(("d3 = (self.P - Y) / len(Y)", "d3 = self.P - Y"))[1],
    of(("def forward(self, X):", "def forward(self, X):\\n        if not X.any(): raise ValueError('mine')"))[0],
]))`;
  assert.deepEqual(await collected(program), [
    [[-1], [-1], [-1]],
    [[20], [20], [20]],
    "where in the weights the biases stand is not known (W1, W2, W3)",
  ]);
});

test("so they may be in functions without a class, whose gradients are not read", async () => {
  const program = `
def of(text):
    found = collected(text)
    missing = [what for mark, what, _ in found["collected"]["checklist"] if mark == "--"]
    read = [key for key, value in exact().items() if np.allclose(found["probe"].get(key, np.nan), value, atol=1e-6)]
    return [missing, read, found["collected"]["checklist"][0][2]]
text = piece("folded_functions")
first = changed(text, ("np.hstack([X, np.ones((len(X), 1))])", "np.hstack([np.ones((len(X), 1)), X])"), ("[:, :-1]", "[:, 1:]"))
print(json.dumps([of(text), of(first)]))`;
  const named = (weights: string, biases: string) =>
    ["W1", "W2", "W3"].flatMap((name) => [name + weights, name + biases]).join(", ");
  const found = await collected(program) as [string[], string[], string][];
  for (const [missing, read] of found) assert.deepEqual([missing, read], [["step"], ["loss"]]);
  assert.deepEqual(found.map(([, , name]) => name), [named("[:-1]", "[-1]"), named("[1:]", "[0]")]);
});
