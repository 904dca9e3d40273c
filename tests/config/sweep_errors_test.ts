import assert from "node:assert/strict";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { checkJapanese } from "./in_japanese.ts";

const head = "name: a\ndataset: strokes\n";

interface Flags {
  set?: string[] | undefined;
  sweep?: string[] | undefined;
}

/** The problems of a config that begins with `head`, one a line, as a student reads them. */
function problemsOf(text: string, flags: Flags = {}): string[] {
  try {
    parseExperiment(head + text, { file: "x.yaml", ...flags });
  } catch (error) {
    assert.ok(error instanceof ConfigError, `${error}`);
    checkJapanese(error);
    const lines = error.message.split("\n");
    return error.problems.length > 1 ? lines.slice(1) : lines;
  }
  assert.fail(`accepted: ${text}`);
}

const cases: Record<string, [text: string, problems: string[]][]> = {
  "a trial whose list of activations does not fit its hidden layers is told, with the value that does not": [
    [
      "model: {activation: [tanh, relu]}\nsweep: {parameters: {model.hidden: [[4, 3], [5]]}}",
      [
        "x.yaml:4:45: sweep.parameters.model.hidden[1]: trial 1 (model.hidden [5]) cannot run: model.activation must be one word, " +
        "or a list of 1 for the hidden layer, found a list of 2: [tanh, relu]",
      ],
    ],
    [
      "sweep: {parameters: {model.hidden: [[4, 3], [5]], model.activation: [tanh, [relu, relu]]}}",
      [
        "x.yaml:3:76: sweep.parameters.model.activation[1]: trial 3 (model.hidden [5], model.activation [relu, relu]) cannot run: " +
        "model.activation must be one word, or a list of 1 for the hidden layer, found a list of 2: [relu, relu]",
      ],
    ],
  ],
  "the same activations in one word and in a list are equal trials": [
    ["sweep: {parameters: {model.activation: [[relu, relu], tanh, relu]}}", [
      "x.yaml:3:61: sweep.parameters.model.activation[2]: makes trials 0 and 2 equal: model.activation is relu in both; " +
      "remove one of the two values",
    ]],
    ["sweep: {method: zip, parameters: {model.activation: [relu, [relu, relu]]}}", [
      "x.yaml:3:60: sweep.parameters.model.activation[1]: makes trials 0 and 1 equal; remove one of the two from every list",
    ]],
    ["sweep: {method: list, trials: [{model.activation: relu}, {model.activation: [relu, relu]}]}", [
      "x.yaml:3:58: sweep.trials[1]: is the same as trial 0; remove one of the two",
    ]],
    ["sweep: {method: random, count: 1, parameters: {model.activation: [relu, [relu, relu]]}}", [
      "x.yaml:3:73: sweep.parameters.model.activation[1]: repeats value 0 of the list, relu; remove it",
    ]],
  ],
  "lists that zip cannot pair, and pairs that come out equal, are told": [
    ["sweep: {method: zip, parameters: {train.epochs: [1, 2], train.batch_size: [1, 2, 3]}}", [
      "x.yaml:3:75: sweep.parameters.train.batch_size: must have as many values as train.epochs, which has 2, found 3",
    ]],
    ["sweep: {method: zip, parameters: {train.epochs: [1, 2, 1], train.batch_size: [3, 2, 3]}}", [
      "x.yaml:3:56: sweep.parameters.train.epochs[2]: makes trials 0 and 2 equal; remove one of the two from every list",
    ]],
  ],
  "trials of a list that are empty, wrong, equal or cannot run are told, each at its place": [
    ["sweep: {method: list, trials: [{train.epochs: 1}, {}, {train.epoch: 2}, {train.epochs: [1]}]}", [
      "x.yaml:3:51: sweep.trials[1]: must name at least one setting to vary, found none; write one, or remove the sweep",
      "x.yaml:3:56: sweep.trials[2].train.epoch: is not a known key; did you mean `train.epochs`?",
      "x.yaml:3:88: sweep.trials[3].train.epochs: must be a whole number from 1 to 10000, found a list of 1: [1]",
    ]],
    ["sweep: {method: list, trials: [{train.epochs: 10}, {train.batch_size: 20}]}", [
      "x.yaml:3:52: sweep.trials[1]: is the same as trial 0; remove one of the two",
    ]],
    ["sweep: {method: list, trials: [{train.epochs: 1}, {model.init.method: he, model.init.sigma: 0.1}]}", [
      "x.yaml:3:93: sweep.trials[1].model.init.sigma: trial 1 (model.init.method he, model.init.sigma 0.1) cannot run: " +
      "model.init.sigma has no meaning with method he; sweep it with method gaussian only, or sweep model.init as a whole: " +
      "[{method: gaussian, sigma: 0.01}, {method: he}]",
    ]],
    ["sweep: {method: list, parameters: {train.epochs: [10]}}", [
      "x.yaml:3:8: sweep.trials: is missing; it must be a list of one or more, each a mapping such as " +
      "{train.learning_rate: 0.1, model.hidden: [100]}",
      "x.yaml:3:23: sweep.parameters: is not a known key; allowed here: method, trials, run_cap",
    ]],
  ],
  "distributions that cannot be drawn from are told, with what the setting can be": [
    [
      "sweep:\n  method: random\n  count: 5\n  parameters:\n    train.learning_rate: {log_uniform: [0, 1]}\n" +
      "    train.batch_size: {uniform: [1, 2]}\n    train.epochs: {int_uniform: [3, 1]}\n" +
      "    model.hidden: {uniform: [1, 2]}\n    model.activation: {choise: [tanh]}\n",
      [
        "x.yaml:7:41: sweep.parameters.train.learning_rate.log_uniform[0]: must be a number above 0, found 0",
        "x.yaml:8:24: sweep.parameters.train.batch_size.uniform: is not a known key; allowed here: choice, int_uniform, quantized; " +
        "did you mean `int_uniform`?",
        "x.yaml:9:33: sweep.parameters.train.epochs.int_uniform: must have its low below its high, found 3 and 1",
        "x.yaml:10:20: sweep.parameters.model.hidden.uniform: is not a known key; allowed here: choice",
        "x.yaml:11:24: sweep.parameters.model.activation.choise: is not a known key; allowed here: choice; did you mean `choice`?",
      ],
    ],
    [
      "sweep:\n  method: random\n  count: 5\n  parameters:\n    train.learning_rate: {uniform: [1]}\n" +
      "    train.batch_size: {int_uniform: [1, full]}\n    train.epochs: {}\n" +
      "    model.init.sigma: {uniform: [0.1, 0.2], choice: [1]}\n    preprocess.scale: 3\n",
      [
        "x.yaml:7:36: sweep.parameters.train.learning_rate.uniform: must be a list of two numbers, [low, high], found a list of 1: [1]",
        "x.yaml:8:41: sweep.parameters.train.batch_size.int_uniform[1]: must be a whole number from 1 to 1024, " +
        'found the text "full"',
        "x.yaml:9:19: sweep.parameters.train.epochs: must have exactly one way to draw values, found none",
        "x.yaml:10:23: sweep.parameters.model.init.sigma: must have exactly one way to draw values, found choice and uniform",
        "x.yaml:11:23: sweep.parameters.preprocess.scale: must be a list of one or more, each a number above 0, or a mapping with keys " +
        "among choice, uniform, log_uniform, quantized, found 3; write [3]",
      ],
    ],
    [
      "sweep: {method: sobol, count: 3, parameters: {model.init.bias: {uniform: [-1.7e+308, 1.7e+308]}}}",
      [
        "x.yaml:3:74: sweep.parameters.model.init.bias.uniform: must have a finite high - low, found -1.7e+308 and 1.7e+308",
      ],
    ],
    [
      "sweep: {method: random, count: 5, parameters: {model.init.sigma: {quantized: [0.1, 0.2]}, train.batch_size: [1, 1]}}",
      [
        "x.yaml:3:78: sweep.parameters.model.init.sigma.quantized: must be a list of three numbers, [low, high, step], " +
        "found a list of 2: [0.1, 0.2]",
        "x.yaml:3:113: sweep.parameters.train.batch_size[1]: repeats value 0 of the list, 1; remove it",
      ],
    ],
  ],
  "more random trials than there are is told with how many there are": [
    ["sweep: {method: random, count: 5, parameters: {train.epochs: [1, 2]}}", [
      "x.yaml:3:32: sweep.count: must be at most 2, as there are no more different trials, found 5",
    ]],
    [
      "sweep: {method: random, count: 3, parameters: {train.epochs: [1, 2, 3]}, where: [{train.epochs: < 3}]}",
      [
        "x.yaml:3:32: sweep.count: must be at most 2, as there are no more different trials that where keeps, found 3",
      ],
    ],
    ["sweep: {method: sobol, count: 5, parameters: {train.epochs: [1, 2]}}", [
      "x.yaml:3:31: sweep.count: must be at most 2, as drawing for a second finds no more different trials, found 5",
    ]],
    ["sweep: {method: random, count: 0, seed: -1, parameters: {train.epochs: [1, 2, 3]}}", [
      "x.yaml:3:32: sweep.count: must be a whole number from 1 to 100000, found 0",
      "x.yaml:3:41: sweep.seed: must be a whole number from 0 to 4294967295, found -1",
    ]],
  ],
  "conditions that say nothing, or what no setting can be, are told": [
    ["sweep:\n  parameters: {train.epochs: [1, 2]}\n  where: [{train.epochs: '> 3'}]\n", [
      "x.yaml:5:10: sweep.where: leaves no trial; loosen it",
    ]],
    ["sweep:\n  parameters: {train.epochs: [1, 2]}\n  exclude:\n  - {train.batch_size: 10}\n", [
      "x.yaml:6:24: sweep.exclude[0].train.batch_size: is the same in every trial: the sweep does not vary it",
    ]],
    [
      "sweep:\n  parameters: {train.epochs: [1, 2]}\n  where: {train.epochs: '> 3'}\n  exclude:\n  - {}\n  - {train.epochs: 0.5}\n" +
      "  - {train.epoch: 3}\n  - {train.epochs: < x}\n  - {train.epochs: == 0}\n  - {train.epochs: '='}\n  - {train.epochs: '< [1'}\n",
      [
        "x.yaml:5:10: sweep.where: must be a list of one or more, each a mapping such as {train.learning_rate: <= 0.1}, " +
        "found a mapping: {train.epochs: > 3}",
        "x.yaml:7:5: sweep.exclude[0]: must name at least one setting, found none",
        "x.yaml:8:20: sweep.exclude[1].train.epochs: must be a whole number from 1 to 10000, or a comparison such as `<= 0.1`, found 0.5",
        "x.yaml:9:6: sweep.exclude[2].train.epoch: is not a known key; did you mean `train.epochs`?",
        "x.yaml:10:20: sweep.exclude[3].train.epochs: must compare with a number where it is <, found x",
        "x.yaml:11:20: sweep.exclude[4].train.epochs: must compare with a value that the setting can have, found 0",
        "x.yaml:12:20: sweep.exclude[5].train.epochs: must be a whole number from 1 to 10000, or a comparison such as `<= 0.1`, " +
        'found the text "="',
        "x.yaml:13:20: sweep.exclude[6].train.epochs: must compare with a value or a setting, found [1",
      ],
    ],
  ],
  "a comparison that YAML reads as something else asks for quotes": [
    ["sweep:\n  where:\n  - train.epochs: > 3\n", [
      "x.yaml:5:21: cannot be read as YAML: a value that begins with `>` must be in quotes",
    ]],
    ["sweep:\n  where:\n  - train.epochs: >= 3\n", [
      "x.yaml:5:20: cannot be read as YAML: a value that begins with `>` must be in quotes",
    ]],
    ["sweep:\n  where: [{train.epochs: > 3}]\n", [
      "x.yaml:4:26: cannot be read as YAML: a value cannot begin with this character; put it in quotes",
    ]],
    ["sweep:\n  where:\n  - train.epochs: != 3\n", [
      "x.yaml:5:19: cannot be read as YAML: a comparison with `!=` must be in quotes",
    ]],
  ],
  "a halving that cannot be planned is told": [
    ["sweep: {method: halving, parameters: {train.batch_size: [1, 2]}}", [
      "x.yaml:3:8: sweep.candidates: is missing; it must be a mapping such as " +
      "{method: grid, parameters: {train.learning_rate: [0.01, 0.1]}}",
      "x.yaml:3:26: sweep.parameters: is not a known key; allowed here: method, candidates, factor, min_epochs, max_epochs, run_cap; " +
      "indent it below `candidates:`",
    ]],
    [
      "sweep: {method: halving, candidates: {parameters: {train.epochs: [1, 2]}}, factor: 1, min_epochs: 5, max_epochs: 4}",
      [
        "x.yaml:3:66: sweep.candidates.parameters.train.epochs: cannot be swept with method halving, which itself gives each trial its " +
        "epochs; remove it",
        "x.yaml:3:84: sweep.factor: must be a whole number from 2 to 100, found 1",
        "x.yaml:3:99: sweep.min_epochs: must be at most max_epochs, 4, found 5",
      ],
    ],
    [
      "sweep: {method: halving, candidates: {parameters: {train.batch_size: [1, 2]}}, factor: 2, min_epochs: 11}",
      [
        "x.yaml:3:103: sweep.min_epochs: must be at most train.epochs, 10, found 11",
      ],
    ],
    ["sweep: {method: halving, candidates: {method: halving, candidates: {}}}", [
      'x.yaml:3:47: sweep.candidates.method: must be grid, zip, list, random, sobol or halton, found the text "halving"',
    ]],
    ["sweep: {method: halving, candidates: {parameters: {preprocess.validation: [0.1, 0]}}}", [
      "x.yaml:3:81: sweep.candidates.parameters.preprocess.validation[1]: trial 1 (preprocess.validation 0) cannot run: " +
      "preprocess.validation must be above 0 where report.metric is val_accuracy, found 0: no images are left to measure it on; " +
      "raise it, or set report.metric to train_loss, test_accuracy or test_loss",
    ]],
  ],
  "a sweep that is no mapping, and a number of seeds that is none, are told": [
    ["sweep: 3", [
      "x.yaml:3:8: sweep: must be a mapping such as {method: grid, parameters: {train.learning_rate: [0.01, 0.1]}}, found 3",
    ]],
    ["seeds: {count: 0}", ["x.yaml:3:16: seeds.count: must be a whole number from 1 to 10000, found 0"]],
    ["seeds: {cont: 5}", [
      "x.yaml:3:8: seeds.count: is missing; it must be a whole number from 1 to 10000",
      "x.yaml:3:9: seeds.cont: is not a known key; allowed here: count; did you mean `count`?",
    ]],
  ],
};

for (const [sentence, examples] of Object.entries(cases)) {
  Deno.test(sentence, () => {
    for (const [text, problems] of examples) assert.deepEqual(problemsOf(text), problems, text);
  });
}

Deno.test("a wrong --sweep is told by itself", () => {
  const of = (sweep: string, text = "") =>
    problemsOf(text, { sweep: [sweep] })[0].slice(`--sweep ${sweep}: `.length);
  assert.equal(
    of("train.lr=1"),
    "`train.lr` is not a setting that can be swept; did you mean `train.learning_rate`?",
  );
  assert.match(
    of("foo=1"),
    /^`foo` is not a setting that can be swept; these can: preprocess\.scale, .*, train\.input_noise$/,
  );
  assert.equal(of("train.epochs"), "must be PATH=VALUE,VALUE, as in train.learning_rate=0.01,0.1");
  assert.equal(
    of("train.epochs=1,x"),
    'sweep.parameters.train.epochs[1]: must be a whole number from 1 to 10000, found the text "x"',
  );
  assert.equal(
    of("model.hidden=100"),
    "sweep.parameters.model.hidden[0]: must be a list of at most 8, each a whole number from 1 to 2000, found 100; write [100]",
  );
  assert.equal(
    of("model.hidden=[100],[200"),
    "model.hidden: cannot be read as YAML: a closing quote, bracket or comma is missing before this place",
  );
  assert.equal(
    of("train.batch_size=1,2", "sweep: {method: list, trials: [{train.epochs: 1}]}"),
    "train.batch_size: cannot be added to a sweep of method list, whose trials are written one by one",
  );
});

Deno.test("an override that the sweep would undo is refused", () => {
  const list = "sweep: {method: list, trials: [{train.epochs: 1}, {train.epochs: 2, train.batch_size: 3}]}";
  assert.deepEqual(problemsOf(list, { set: ["train.epochs=3", "train.batch_size=5"] }), [
    "--set train.epochs=3: train.epochs: would change nothing: each trial of the sweep has its own train.epochs",
  ]);
  const halving =
    "sweep: {method: halving, max_epochs: 4, candidates: {parameters: {train.batch_size: [1, 2]}}}";
  assert.deepEqual(problemsOf(halving, { set: ["train.epochs=4", "train.batch_size=3"] }), [
    "--set train.epochs=4: train.epochs: would change nothing: halving has its max_epochs; set sweep.max_epochs instead",
    "--set train.batch_size=3: train.batch_size: would change nothing: the sweep varies train.batch_size; " +
    "set sweep.candidates.parameters.train.batch_size to a list instead",
  ]);
  assert.deepEqual(problemsOf("", { set: ["train.epochs=4"], sweep: ["train.epochs=1,2"] }), [
    "--set train.epochs=4: train.epochs: would change nothing: the sweep varies train.epochs; " +
    "set sweep.parameters.train.epochs to a list instead",
  ]);
});
