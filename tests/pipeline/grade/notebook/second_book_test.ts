import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Networks as the second book has them: params and grads are lists of all layers' arrays, which an optimizer is given.
const OF = String.raw`
book = piece("second_book")
def of(*changes):
    found = collected(changed(book, *changes))
    probe, right, batch = found["probe"], exact(), submit.probe_batch()
    step = [name for name in ("W1", "B1", "W2", "B2", "W3", "B3") if "new_" + name in probe and not np.allclose((batch[name] - probe["new_" + name]) / 0.1, right["d" + name], atol=1e-6)]
    return [step if "new_W1" in probe else None, bool(abs(probe["loss"] - right["loss"]) < 1e-5), [line[2] for line in found["collected"]["checklist"] if line[1] == "step"][0]]
`;
const all = ["W1", "B1", "W2", "B2", "W3", "B3"];
const how = "forward(), backward(), SGD.update()";

test("lists of parameters and of gradients are given to the optimizer that stands beside the network", async () => {
  assert.deepEqual(await collected(`${OF}print(json.dumps(of()))`), [[], true, how]);
});

test("what is wrong with such a network, or its optimizer, is read as it is", async () => {
  const program = OF + String.raw`print(json.dumps([
    of(("dx[np.arange(len(self.t)), self.t] -= 1", "dx[np.arange(len(self.t)), self.t] -= 2")),
    of(("return dout * (1.0 - self.out ** 2)", "return dout * (1.0 - self.out)")),
    of(("params[i] -= self.lr * grads[i]", "params[i] -= 2 * self.lr * grads[i]")),
    of(("self.grads[1][...] = np.sum(dout, axis=0)", "self.grads[1][...] = np.mean(dout, axis=0)")),
]))`;
  assert.deepEqual(await collected(program), [
    [all, true, how],
    [["W1", "B1", "W2", "B2"], true, how],
    [all, true, how],
    [["B1", "B2", "B3"], true, how],
  ]);
});
