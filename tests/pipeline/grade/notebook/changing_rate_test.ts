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

test("so it is where a loop of a cell changes it, of a class, of its optimizer or of functions", async () => {
  const program = String.raw`
def of(text):
    found = collected(text)
    return [found["manifest"].get("learning_rate"), found["collected"]["rates"]]
functions, globals_, torch, forward = [piece(name) for name in ("functions", "globals", "torch_style", "forward_only")]
append = "    train_loss.append(np.mean(batch_losses))\n"
ends = "    train_losses.append(total / len(X_train))\n"
print(json.dumps({
    "one rate": of(globals_),
    "functions": of(changed(functions, (append, append + "    lr *= 0.5\n"))),
    "written anew": of(changed(functions, (append, append + "    if epoch % 2 == 1:\n        lr = lr / 10\n"))),
    "an optimizer": of(changed(torch, (ends, ends + "    optimizer.lr *= 0.5\n"))),
    "several that are tried": of(changed(functions, ("lr, epochs, batch_size = 0.1", "lr, epochs, batch_size = 0.3")) + "# %%\nfor lr in (0.2, 0.1):\n    train_step(X_train[:20], T[:20])\n")[1],
    "a loop that trains nothing before": of("for shown in range(3):\n    shown\n# %%\n" + changed(functions, (append, append + "    lr *= 0.5\n"))),
}))`;
  assert.deepEqual(await collected(program), {
    "one rate": ["0.1", null],
    "functions": ["0.1", [0.1, 0.00625]],
    "written anew": ["0.1", [0.1, 0.001]],
    "an optimizer": ["0.1", [0.1, 0.00625]],
    "several that are tried": null,
    "a loop that trains nothing before": ["0.1", [0.1, 0.00625]],
  });
});

test("rates that a loop tries with networks of their own change in no training", async () => {
  const program = String.raw`
def of(text):
    found = collected(text)
    return [found["manifest"].get("learning_rate"), found["collected"]["rates"]]
indented = lambda text: "".join("    " + line + "\n" for line in text.splitlines())
first, cell = piece("by_hand").split("# %%\n")[:2]
settings, made, training = cell.partition("net = ")
training = made + training
search = "for k in range(1, 3):\n    lr = 0.1 ** k\n" + indented(training)
ends = "    train_loss.append(np.mean(losses))\n"
decays = changed(training, (ends, ends + "    lr *= 0.5\n"))
functions = piece("functions")
drawn, defined, loop = functions.split("# %%\n")[0], *functions.split("# %%\n")[1:3]
tried = "for k in range(1, 3):\n    lr = 0.1 ** k\n" + indented(drawn.replace("lr, epochs, batch_size = 0.1, 4, 20", "epochs, batch_size = 4, 20") + loop)
goes_on = loop[loop.index("for epoch"):]
halves = goes_on + "    lr *= 0.5\n"
cells = lambda *parts: "# %%\n".join(parts)
print(json.dumps({
    "then another is trained": of(cells(first, settings, search, "lr = 0.05\n" + training))[1],
    "nothing else": of(cells(first, settings, search))[1],
    "then one whose rate changes": of(cells(first, settings, search, "lr = 0.1\n" + decays)),
    "functions, then trained anew": of(cells(drawn, defined, tried, changed(drawn, ("0.1, 4, 20", "0.05, 4, 20")), loop))[1],
    "functions, nothing else": of(cells(drawn, defined, tried))[1],
    "functions, a training that goes on": of(cells(drawn, defined, loop, halves, goes_on)),
}))`;
  assert.deepEqual(await collected(program), {
    "then another is trained": null,
    "nothing else": null,
    "then one whose rate changes": ["0.1", [0.1, 0.00625]],
    "functions, then trained anew": null,
    "functions, nothing else": null,
    "functions, a training that goes on": ["0.1", [0.1, 0.00625]],
  });
});
