import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// The first weights of a network that cells change before they train it.

test("first weights are those with which the training begins, not those that a loop before it scales or draws anew", async () => {
  const program = String.raw`
by_hand = piece("by_hand")
begins, made = "train_loss, val_loss = [], []\n", "net = Network([784, 24, 16, 10], sigma)\n"
once = ("def __init__(self, sizes, sigma):\n", "def __init__(self, sizes, sigma):\n        assert not globals().get('made'), 'only once'\n        globals()['made'] = True\n")
def of(*changes):
    found = collected(changed(by_hand, *changes))
    said = next(line[2].splitlines()[0] for line in found["collected"]["checklist"] if line[1] == "init")
    return [round(float(np.std(found["probe"]["init_W1"])), 2) if "init_W1" in found["probe"] else None, said]
before = lambda text: (begins, text + begins)
scaled = before("for l in range(3):\n    net.W[l] *= 0.2\n")
shown = before("for l in range(3):\n    print(net.W[l].shape)\n")
drawn = before("for l in range(3):\n    net.W[l] = np.random.randn(*net.W[l].shape) / np.sqrt(len(net.W[l]))\n")
method = ("    def backward(", "    def shrink(self, l):\n        self.W[l] *= 0.2\n    def backward("), before("for l in range(3):\n    net.shrink(l)\n")
checks = ("# %%\nprint(", "# %%\nfor k in range(3):\n    net.forward(X_test[k:k + 1])\n    net.W[0] *= 3\nprint(")
print(json.dumps({"as made": of(), "shown": of(once, shown), "scaled": of(scaled), "scaled, and made once": of(once, scaled), "drawn": of(once, drawn), "by a method": of(once, *method), "changed after it": of(once, scaled, checks)}))`;
  const none = [null, "no weights of before the training are left"];
  assert.deepEqual(await collected(program), {
    "as made": [0.2, "Network()"],
    "shown": [0.2, "Network()"],
    "scaled": [0.04, "net"],
    "scaled, and made once": [0.04, "net"],
    "drawn": [0.04, "net"],
    "by a method": none,
    "changed after it": [0.04, "net"],
  });
});
