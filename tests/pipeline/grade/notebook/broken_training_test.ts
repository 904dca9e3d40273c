import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// A class whose fit() fails at the end of its first epoch, in a cell that is left there.
const BROKEN = `
text = changed(piece_of_course("right"), ("self.train_loss.append(total / len(X))", "self.train_loss.append(total / len(X_trian))"))
made = "ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)"
def of(fit):
    found = collected("del plt\\n" + text + "# %%\\ntry:\\n    " + fit + "\\nexcept NameError:\\n    pass\\n")
    probe, notes = found.get("probe", {}), found["collected"]
    right = [off(probe) is not None and off(probe) < 1e-8, [key for key in ("init_W1", "A1", "loss_zero", "new_W1", "predictions") if key not in probe]]
    return right + [notes["network"], found.get("manifest", {}).get("epochs"), [key for key in ("weights", "predictions", "history") if key in found]]
print(json.dumps([of("net = %s; net.fit(X_train, y_train, X_val, y_val)" % made), of("%s.fit(X_train, y_train)" % made)]))`;

test("of a class whose training fails what it has is graded, and nothing of a trained network", async () => {
  const network = (name: string) => ({ name, class: "ScratchSimpleNeuralNetrowkClassifier" });
  assert.deepEqual(await collected(BROKEN), [
    [true, [], network("net"), "4", []],
    [true, [], network("ScratchSimpleNeuralNetrowkClassifier"), "4", []],
  ]);
});
