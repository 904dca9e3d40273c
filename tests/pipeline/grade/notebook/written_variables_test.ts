import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Functions that read and write the notebook's variables, or those of the function in which they are made.

const OF = `
def of(name, *changes):
    found = collected(changed(piece(name), *changes))
    probe, batch, right = found["probe"], submit.probe_batch(), exact()
    moved = {key: (batch[key] - probe["new_" + key]) / 0.1 if "new_" + key in probe else None for key in ("W1", "B3")}
    factors = [None if moved[key] is None else [factor for factor in (1, -1, 20) if np.allclose(moved[key], factor * right["d" + key], atol=1e-5)] for key in moved]
    said = {line[1]: line[2].splitlines()[0] for line in found["collected"]["checklist"]}
    return [off(probe) is not None and off(probe) < 1e-5, factors, "A1" in probe, "predictions" in found and bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8), [said["init"], said["step"]]]
`;
const right = (init: string, step: string) => [true, [[1], [1]], true, true, [init, step]];

test("functions may write variables of the notebook, the parameters and what they keep for the way back", async () => {
  const program = OF + `
kept = (("global Z1, Z2, Z3", "global Z1, Z2"), ("    Z3 = softmax", "    cache['P'] = softmax"), ("return Z3", "return cache['P']"), ("(Z3 - Y)", "(cache['P'] - Y)"), ("def softmax", "cache = {}\\ndef softmax"))
names = (("def backward(", "def modosu("), ("    backward(", "    modosu("))
print(json.dumps([of("globals"), of("globals", *kept), of("globals", *names)]))`;
  const first = "W1, B1, W2, B2, W3, B3";
  assert.deepEqual(await collected(program), [
    right(first, "forward(), backward()"),
    right(first, "forward(), backward()"),
    right(first, "forward(), modosu()"),
  ]);
});

test("functions may keep the parameters to themselves, and what makes the functions makes the first parameters", async () => {
  const program = OF + `
rate = (("def make_network(n1=24, n2=16):", "def make_network(n1=24, n2=16, lr=0.1):"), ("lr, sigma, epochs, batch_size = 0.1, 0.2, 4, 20", "sigma, epochs, batch_size = 0.2, 4, 20"))
print(json.dumps([of("closure"), of("closure", *rate)]))`;
  assert.deepEqual(
    await collected(program),
    Array(2).fill(right("make_network()", "forward(), backward()")),
  );
});

test("the notebook's variables are afterwards as they were, and mistakes are read as they are", async () => {
  const program = OF + `
found = collected(piece("globals"))["names"]
X = TRAIN[0][:480].reshape(480, -1) / 255
print(json.dumps([found["Z1"].shape[0], found["forward"](X[:1]).shape, bool(np.mean(found["predict"](X) == TRAIN[1][:480]) > 0.8)] + [
    of("globals", ("dA3 = (Z3 - Y) / len(X)", "dA3 = Z3 - Y"))[1], of("closure", ("d3 = (Z3 - Y) / len(X)", "d3 = (Y - Z3) / len(X)"))[1]]))`;
  assert.deepEqual(await collected(program), [200, [1, 10], true, [[20], [20]], [[-1], [-1]]]);
});
