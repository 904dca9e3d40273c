import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// The manifest's learning rate, the first and the last one, and whether the gradients and the step are right, of notebooks that change it.
const DECAYS = `
course = piece_of_course("right") + "# %%\\nnet = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)\\nnet.fit(X_train, y_train, X_val, y_val)\\n"
def of(text):
    found = collected(text)
    new, right, batch = found["probe"], exact(), submit.probe_batch()
    step = all(np.allclose(batch[name] - new["new_" + name], 0.1 * right["d" + name], atol=1e-8) for name in ("W1", "B3"))
    return [found["manifest"]["learning_rate"], found["collected"]["rates"], off(found["probe"]) < 1e-8 and step]
begins, ends = "        for epoch in range(self.n_epochs):\\n", "            self.train_loss.append(total / len(X))\\n"
argument = changed(course, ("X_val=None, y_val=None)", "X_val=None, y_val=None, lr=0.1)"), (begins, begins + "            self.lr = lr = 0.5 * lr\\n"))
print(json.dumps({
    "one rate": of(course),
    "after each epoch": of(changed(course, (ends, ends + "            self.lr *= 0.5\\n"))),
    "before each epoch": of(changed(course, (begins, begins + "            self.lr *= 0.5\\n"))),
    "an argument": of(argument)[:2],
    "divided before the first epoch": of(changed(argument, ("            self.lr = lr = 0.5 * lr\\n", ""), (begins, "        lr = self.lr = lr / 2\\n" + begins)))[1],
}))`;

test("the learning rate is the first one of a training that changes it, and the step is made at the rate that it is set to", async () => {
  assert.deepEqual(await collected(DECAYS), {
    "one rate": ["0.1", null, true],
    "after each epoch": ["0.1", [0.1, 0.00625], true],
    "before each epoch": ["0.1", [0.1, 0.00625], true],
    "an argument": ["0.1", [0.1, 0.00625]],
    "divided before the first epoch": null,
  });
});
