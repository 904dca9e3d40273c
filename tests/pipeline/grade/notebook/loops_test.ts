import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Networks that the loop of a cell trains, with what it does itself: its turn is run on the published batch.
const TURNS = String.raw`
by_hand, book = piece("by_hand"), piece("second_book")
def of(text):
    found = collected(text)
    probe, right, batch = found["probe"], exact(), submit.probe_batch()
    far = lambda moved: {name: bool(np.allclose(moved(name), right["d" + name], atol=1e-6)) for name in ("W1", "B1", "W2", "B2", "W3", "B3")}
    step = far(lambda name: (batch[name] - probe["new_" + name]) / 0.1) if "new_W1" in probe else {}
    loss = bool(abs(probe.get("loss", 0) - right["loss"]) < 1e-5)
    missing = [what for mark, what, _ in found["collected"]["checklist"] if mark == "--"]
    return [loss, [name for name in step if not step[name]], missing, found["manifest"].get("learning_rate")]
`;

test("a gradient or a loss that the loop of a cell makes itself is read of a turn of it", async () => {
  const program = TURNS + String.raw`
decays = changed(by_hand, ("        net.backward(d)\n", "        lr *= 0.999\n        net.backward(d)\n"))
named = changed(by_hand, ("x, t = X_train[order[i:i + batch_size]], T[order[i:i + batch_size]]", "mask = np.random.choice(len(X_train), batch_size)\n        x, t = X_train[mask], T[mask]"))
whole = changed(by_hand, ("        d = (y - t) / len(t)\n        net.backward(d)", "        net.backward((y - t) / x.shape[0])"))
print(json.dumps([of(by_hand), of(decays), of(named), of(whole)]))`;
  assert.deepEqual(await collected(program), Array(4).fill([true, [], [], "0.1"]));
});

test("its mistakes are read as they are", async () => {
  const program = TURNS + String.raw`
print(json.dumps({
    "a sum": of(changed(by_hand, ("d = (y - t) / len(t)", "d = y - t")))[1],
    "no slope": of(changed(by_hand, ("err = err @ self.W[i].T * (1 - self.z[i] ** 2)", "err = err @ self.W[i].T")))[1],
    "a bias left out": of(changed(by_hand, ("            net.b[l] -= lr * net.db[l]\n", "            net.b[l] -= 0 * net.db[l]\n")))[1:3],
    "a loss over all": of(changed(by_hand, ("np.log(y + 1e-10)) / len(t)", "np.log(y + 1e-10)) / t.size")))[0],
    "of labels alone": of(changed(by_hand, ("d = (y - t) / len(t)", "d = -t / len(t)")))[1],
}))`;
  const all = ["W1", "B1", "W2", "B2", "W3", "B3"];
  assert.deepEqual(await collected(program), {
    "a sum": all,
    "no slope": ["W1", "B1", "W2", "B2"],
    "a bias left out": [["B1", "B2", "B3"], []],
    "a loss over all": false,
    "of labels alone": all,
  });
});

test("the second book's networks are read: lists of parameters and of gradients, which an optimizer is given", async () => {
  const program = TURNS + String.raw`
print(json.dumps([
    of(book),
    of(changed(book, ("dx[np.arange(len(self.t)), self.t] -= 1", "dx[np.arange(len(self.t)), self.t] -= 2")))[1],
    of(changed(book, ("return dout * (1.0 - self.out ** 2)", "return dout * (1.0 - self.out)")))[1],
]))`;
  assert.deepEqual(await collected(program), [
    [true, [], [], "0.1"],
    ["W1", "B1", "W2", "B2", "W3", "B3"],
    ["W1", "B1", "W2", "B2"],
  ]);
});
