import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";

function reference(yaml: string) {
  return parseExperiment(`name: a\ndataset: strokes\nreference: ${yaml}\n`, { file: "c.yaml" }).reference;
}

function refusal(yaml: string): string {
  try {
    reference(yaml);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

Deno.test("a reference is one metric, or a list of them, and may be left out", () => {
  const target = { metric: "test_accuracy", value: 0.96, tolerance: 0.01 };
  assert.deepEqual(reference("{metric: test_accuracy, value: 0.96, tolerance: 0.01}"), [target]);
  assert.deepEqual(
    reference(
      "[{metric: test_accuracy, value: 0.96, tolerance: 0.01}, {metric: val_loss, value: 0.2, tolerance: 0, trial: 3}]",
    ),
    [target, { metric: "val_loss", value: 0.2, tolerance: 0, trial: 3 }],
  );
  assert.equal(parseExperiment("name: a\ndataset: strokes\n", { file: "c.yaml" }).reference, undefined);
});

Deno.test("what is wrong with a reference is said with its place", () => {
  assert.match(
    refusal("{metric: test_acuracy, value: 0.96, tolerance: 0.01}"),
    /^c\.yaml:3:21: reference\.metric: must be train_loss, .* found the text "test_acuracy"; did you mean `test_accuracy`\?$/,
  );
  assert.equal(
    refusal("{metric: test_accuracy, value: 96, tolerance: 0.01}"),
    "c.yaml:3:43: reference.value: must be from 0 to 1 for test_accuracy, found 96; write 0.96",
  );
  assert.equal(
    refusal("[{metric: val_loss, value: -0.1, tolerance: 0.01}]"),
    "c.yaml:3:39: reference[0].value: must be 0 or more for val_loss, found -0.1",
  );
  assert.equal(
    refusal("{metric: test_accuracy, value: 0.9, tolerance: 2}"),
    "c.yaml:3:59: reference.tolerance: must be at most 1 for test_accuracy, found 2: nothing would ever be outside",
  );
  assert.equal(
    refusal("{metric: test_accuracy, value: 0.9}"),
    "c.yaml:3:12: reference.tolerance: is missing; it must be a number from 0",
  );
  assert.match(
    refusal("[]"),
    /^c\.yaml:3:12: reference: must be a mapping .* or a list of one or more, .* found an empty list$/,
  );
});
