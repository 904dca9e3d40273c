import assert from "node:assert/strict";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { checkJapanese } from "./in_japanese.ts";

const head = "name: a\ndataset: strokes\n";

/** The problems of a text that follows `head`, one a line, as a student reads them. */
function problemsOf(text: string, set: string[] = [], start = head): string[] {
  try {
    parseExperiment(start + text, { file: "x.yaml", set });
  } catch (error) {
    assert.ok(error instanceof ConfigError, `${error}`);
    checkJapanese(error);
    const lines = error.message.split("\n");
    if (error.problems.length > 1) {
      assert.equal(lines.shift(), `The config has ${error.problems.length} problems:`);
    }
    assert.equal(lines.length, error.problems.length);
    return lines;
  }
  assert.fail(`accepted: ${text}`);
}

const trainKeys =
  "epochs, batch_size, learning_rate, optimizer, weight_decay, clip_norm, reduction, shuffle, schedule, early_stopping, " +
  "dropout, input_noise";
const topKeys =
  "name, title, description, dataset, preprocess, model, train, seeds, rng, sweep, reference, evaluate, report";

const cases: Record<string, [text: string, problems: string[]][]> = {
  "an unknown key is told with its place, the keys allowed there and the nearest one": [
    ["train:\n  epoch: 3\n", [
      `x.yaml:4:3: train.epoch: is not a known key; allowed here: ${trainKeys}; did you mean \`epochs\`?`,
    ]],
    ["train: {lr: 3}\n", [
      `x.yaml:3:9: train.lr: is not a known key; allowed here: ${trainKeys}; did you mean \`learning_rate\`?`,
    ]],
    ["model: {dropout: 1}\n", [
      "x.yaml:3:9: model.dropout: is not a known key; allowed here: hidden, activation, init; did you mean `train.dropout`?",
    ]],
    ["train: {lr_scheduler: cosine}\n", [
      `x.yaml:3:9: train.lr_scheduler: is not a known key; allowed here: ${trainKeys}; did you mean \`schedule\`?`,
    ]],
    ["train: {schedule: {method: step, every: 3, gamma: 0.1}}\n", [
      "x.yaml:3:44: train.schedule.gamma: is not a known key; allowed here: method, every, factor, to, power, " +
      "patience, min_delta, cooldown, warmup; did you mean `factor`?",
    ]],
    ["train: {early_stopping: {patience: 3, restore_best_weights: true}}\n", [
      "x.yaml:3:39: train.early_stopping.restore_best_weights: is not a known key; " +
      "allowed here: patience, min_delta, restore_best; did you mean `restore_best`?",
    ]],
    ["epochs: 3\n", [
      `x.yaml:3:1: epochs: is not a known key; allowed here: ${topKeys}; did you mean \`train.epochs\`?`,
    ]],
    ["train.epochs: 3\n", [
      `x.yaml:3:1: train.epochs: is not a known key; allowed here: ${topKeys}; write \`epochs\` as a key of \`train\``,
    ]],
    ["__proto__: {}\nconstructor: 1\n", [
      `x.yaml:3:1: __proto__: is not a known key; allowed here: ${topKeys}`,
      `x.yaml:4:1: constructor: is not a known key; allowed here: ${topKeys}`,
    ]],
  ],
  "a value of the wrong kind is told with what was found and what is allowed": [
    ["train: {schedule: StepLR}\n", [
      "x.yaml:3:19: train.schedule: must be constant, step, exponential, cosine, inverse or plateau, or a mapping " +
      'such as {method: step, every: 10, factor: 0.5} or {method: cosine, warmup: 2}, found the text "StepLR"; ' +
      "did you mean `step`?",
    ]],
    ["train: {schedule: step}\n", [
      "x.yaml:3:19: train.schedule: must say every with method step: write {method: step, every: 10}",
    ]],
    ["train: {schedule: {method: cosine, every: 3}}\n", [
      "x.yaml:3:43: train.schedule.every: has no meaning with method cosine, whose options are to; remove it",
    ]],
    ["train: {dropout: 1}\n", [
      "x.yaml:3:18: train.dropout: must be a number from 0 to 0.99, or a list of them, one for each hidden layer, found 1",
    ]],
    ["train: {dropout: [0.5]}\n", [
      "x.yaml:3:18: train.dropout: must be one number, or a list of 2 for the 2 hidden layers, found a list of 1: [0.5]",
    ]],
    ["train: {early_stopping: 3}\npreprocess: {validation: 0}\nreport: {metric: train_loss}\n", [
      "x.yaml:3:25: train.early_stopping: goes by the validation loss, and preprocess.validation is 0: no images are " +
      "left to measure it on; raise preprocess.validation, or remove train.early_stopping",
    ]],
    ["model:\n  hidden: 100\n", [
      "x.yaml:4:11: model.hidden: must be a list of at most 8, each a whole number from 1 to 2000, found 100; write [100]",
    ]],
    ["model: {hidden: '400, 200'}\n", [
      "x.yaml:3:17: model.hidden: must be a list of at most 8, each a whole number from 1 to 2000, " +
      'found the text "400, 200"; write [400, 200]',
    ]],
    ["train: {epochs: '10'}\n", [
      'x.yaml:3:17: train.epochs: must be a whole number from 1 to 10000, found the text "10"; write 10',
    ]],
    ["train: {epochs: １０}\n", [
      'x.yaml:3:17: train.epochs: must be a whole number from 1 to 10000, found the text "１０"; write 10',
    ]],
    ["train: {epochs: true}\n", [
      "x.yaml:3:17: train.epochs: must be a whole number from 1 to 10000, found true",
    ]],
    ["train:\n  learning_rate: 0,1\n", [
      'x.yaml:4:18: train.learning_rate: must be a number above 0, found the text "0,1"; write 0.1',
    ]],
    ["preprocess: {limit: 60_000}\n", [
      'x.yaml:3:21: preprocess.limit: must be a whole number from 1 to 1000000000, found the text "60_000"; write 60000',
    ]],
    ["train: {learning_rate: [0.1, 0.01]}\n", [
      "x.yaml:3:24: train.learning_rate: must be a number above 0, found a list of 2: [0.1, 0.01]; " +
      "to try several values, list them in sweep.parameters under train.learning_rate",
    ]],
    ["model: {init: he}\n", [
      'x.yaml:3:15: model.init: must be a mapping with keys among method, sigma, bias, found the text "he"; write {method: he}',
    ]],
    ["seeds: 0\n", [
      "x.yaml:3:8: seeds: must be a list of one or more, each a whole number from 0 to 1073741823, " +
      "or a mapping with the key count, found 0; write [0]",
    ]],
    ["train:\n", [
      `x.yaml:3:7: train: must be a mapping with keys among ${trainKeys}, found nothing; indent its keys below it, or leave it out`,
    ]],
    ["train: {epochs: }\n", [
      "x.yaml:3:17: train.epochs: must be a whole number from 1 to 10000, found nothing; give it a value or leave it out",
    ]],
  ],
  "a title of more than a line or none, and characters that nobody sees, are refused": [
    ["title: ''\n", [
      "x.yaml:3:8: title: must be one line of at most 120 characters, in any script, found an empty text",
    ]],
    ['title: "a\\nb"\n', [
      "x.yaml:3:8: title: must be one line of at most 120 characters, in any script, " +
      'found the text "a\\nb"; did you mean `a b`?',
    ]],
    ["title: 3\n", [
      "x.yaml:3:8: title: must be one line of at most 120 characters, in any script, found 3; put it in quotes",
    ]],
    ['description: "\\e[2J"\n', [
      "x.yaml:3:14: description: must be text of at most 2,000 characters, in any script, " +
      'found the text "\\u001b[2J"; did you mean `[2J`?',
    ]],
  ],
  "a value out of range is told with the range": [
    ["train: {epochs: 0, batch_size: 2000, learning_rate: 0}\n", [
      "x.yaml:3:17: train.epochs: must be a whole number from 1 to 10000, found 0",
      "x.yaml:3:32: train.batch_size: must be a whole number from 1 to 1024, or full, found 2000",
      "x.yaml:3:53: train.learning_rate: must be a number above 0, found 0",
    ]],
    ["train: {learning_rate: .inf}\n", [
      "x.yaml:3:24: train.learning_rate: must be a number above 0, found Infinity; it must be finite",
    ]],
    ["train: {learning_rate: .nan}\n", [
      "x.yaml:3:24: train.learning_rate: must be a number above 0, found NaN",
    ]],
    ["preprocess: {validation: 1, scale: -1}\n", [
      "x.yaml:3:26: preprocess.validation: must be a number from 0 to below 1, found 1",
      "x.yaml:3:36: preprocess.scale: must be a number above 0, found -1",
    ]],
    ["model:\n  hidden: [0, 2001, 1.5]\n", [
      "x.yaml:4:12: model.hidden[0]: must be a whole number from 1 to 2000, found 0",
      "x.yaml:4:15: model.hidden[1]: must be a whole number from 1 to 2000, found 2001",
      "x.yaml:4:21: model.hidden[2]: must be a whole number from 1 to 2000, found 1.5",
    ]],
    ["model: {hidden: [1, 1, 1, 1, 1, 1, 1, 1, 1]}\n", [
      "x.yaml:3:17: model.hidden: must be a list of at most 8, each a whole number from 1 to 2000, " +
      "found a list of 9: [1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ]],
    ["seeds: [0, 1073741824]\nrng: {split: 4294967296}\n", [
      "x.yaml:3:12: seeds[1]: must be a whole number from 0 to 1073741823, found 1073741824",
      "x.yaml:4:14: rng.split: must be a whole number from 0 to 4294967295, found 4294967296",
    ]],
    ["seeds: []\n", [
      "x.yaml:3:8: seeds: must be a list of one or more, each a whole number from 0 to 1073741823, " +
      "or a mapping with the key count, found an empty list",
    ]],
    ["seeds: [4, 5, 4]\n", [
      "x.yaml:3:15: seeds[2]: must differ from the other seeds, found 4 again; remove it",
    ]],
  ],
  "a list of activations that is not one for each hidden layer is told, however alike they are": [
    ["model: {activation: [relu, tanh, relu]}\n", [
      "x.yaml:3:21: model.activation: must be one word, or a list of 2 for the 2 hidden layers, found a list of 3: " +
      "[relu, tanh, relu]; to try several in turn, list them in sweep.parameters under model.activation",
    ]],
    ["model: {hidden: [4, 3, 2], activation: [tanh, tanh]}\n", [
      "x.yaml:3:40: model.activation: must be one word, or a list of 3 for the 3 hidden layers, found a list of 2: " +
      "[tanh, tanh]; to try several in turn, list them in sweep.parameters under model.activation",
    ]],
    ["model: {hidden: [], activation: [tanh]}\n", [
      "x.yaml:3:33: model.activation: must be one word where there is no hidden layer, found a list of 1: [tanh]; " +
      "to try several in turn, list them in sweep.parameters under model.activation",
    ]],
    ["model: {activation: 'tanh, relu'}\n", [
      "x.yaml:3:21: model.activation: must be tanh, sigmoid, relu, identity, leaky_relu, elu, softplus or gelu, or a list of them, one for each hidden layer, " +
      'found the text "tanh, relu"; write [tanh, relu]',
    ]],
    ["model: {activation: []}\n", [
      "x.yaml:3:21: model.activation: must be tanh, sigmoid, relu, identity, leaky_relu, elu, softplus or gelu, or a list of them, one for each hidden layer, " +
      "found an empty list",
    ]],
  ],
  "a name that is not one of those allowed is told with all of them and the nearest": [
    ["model: {activation: ReLU}\n", [
      'x.yaml:3:21: model.activation: must be tanh, sigmoid, relu, identity, leaky_relu, elu, softplus or gelu, or a list of them, one for each hidden layer, found the text "ReLU"; did you mean `relu`?',
    ]],
    ["model: {activation: [tanh, Relu]}\n", [
      'x.yaml:3:28: model.activation[1]: must be tanh, sigmoid, relu, identity, leaky_relu, elu, softplus or gelu, found the text "Relu"; did you mean `relu`?',
    ]],
    ["train: {optimizer: Nadam}\n", [
      "x.yaml:3:20: train.optimizer: must be sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw, or a mapping with its " +
      'settings, such as {name: adam, beta1: 0.8}, found the text "Nadam"; did you mean `adam`?',
    ]],
    ["train: {optimizer: {name: adm, beta1: 0.8}}\n", [
      "x.yaml:3:27: train.optimizer.name: must be sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw, " +
      'found the text "adm"; did you mean `adam`?',
    ]],
    ["train: {batch_size: ful}\n", [
      'x.yaml:3:21: train.batch_size: must be a whole number from 1 to 1024, or full, found the text "ful"; did you mean `full`?',
    ]],
    ["report: {metric: accuracy}\n", [
      "x.yaml:3:18: report.metric: must be train_loss, val_loss, val_accuracy, test_loss, test_accuracy, test_top2_accuracy or " +
      'test_macro_f1, found the text "accuracy"; did you mean `val_accuracy`?',
    ]],
    ["sweep: {method: randum, parameters: {train.epochs: [1]}}\n", [
      'x.yaml:3:17: sweep.method: must be grid, zip, list, random, sobol, halton or halving, found the text "randum"; did you mean `random`?',
    ]],
  ],
  "a setting that an optimizer does not have is told with those that it has, whatever library it comes from":
    [
      ["train: {optimizer: {name: adam, betas: [0.9, 0.99]}}\n", [
        "x.yaml:3:33: train.optimizer.betas: is not a known key; allowed here: name, beta1, beta2, epsilon; did you mean `beta1`?",
      ]],
      ["train: {optimizer: {name: rmsprop, rho: 0.9}}\n", [
        "x.yaml:3:36: train.optimizer.rho: is not a known key; allowed here: name, alpha, epsilon, momentum, centered; did you mean `alpha`?",
      ]],
      ["train: {optimizer: {name: sgd, momentum: 0.9}}\n", [
        "x.yaml:3:32: train.optimizer.momentum: is not a known key; allowed here: name; " +
        "`momentum` is a setting of `momentum`, `nesterov`, `rmsprop`",
      ]],
      ["train: {optimizer: {name: adamw, weight_decay: 0.1}}\n", [
        "x.yaml:3:34: train.optimizer.weight_decay: is not a known key; allowed here: name, beta1, beta2, epsilon; " +
        "write `weight_decay` as a key of `train`",
      ]],
      ["train: {optimizer: {beta1: 0.8}}\n", [
        "x.yaml:3:20: train.optimizer.name: is missing; it must be sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw",
      ]],
      ["sweep: {parameters: {train.optimizer: [adam, {name: adam, eps: 1}]}}\n", [
        "x.yaml:3:59: sweep.parameters.train.optimizer[1].eps: is not a known key; allowed here: name, beta1, beta2, epsilon; did you mean `epsilon`?",
      ]],
    ],
  "settings that contradict each other are told with the reason": [
    ["train: {optimizer: {name: momentum, nesterov: true, dampening: 0.1}}\n", [
      "x.yaml:3:64: train.optimizer.dampening: must be 0 with nesterov, found 0.1",
    ]],
    ["sweep: {parameters: {train.optimizer: [adam, {name: adam, beta1: 0.9}]}}\n", [
      "x.yaml:3:46: sweep.parameters.train.optimizer[1]: makes trials 0 and 1 equal: train.optimizer is adam in both; remove one of the two values",
    ]],
    ["sweep: {parameters: {model.init.bias: [0, 0.1, zero]}}\n", [
      "x.yaml:3:48: sweep.parameters.model.init.bias[2]: makes trials 0 and 2 equal: model.init.bias is zero in both; remove one of the two values",
    ]],
    ["model:\n  init: {method: he, sigma: 0.01}\n", [
      "x.yaml:4:29: model.init.sigma: has no meaning with method he, which takes sqrt(2/n) as the standard deviation " +
      "(n: units of the layer before), found 0.01; remove sigma or use method gaussian",
    ]],
    ["preprocess: {validation: 0}\n", [
      "x.yaml:3:26: preprocess.validation: must be above 0 where report.metric is val_accuracy, found 0: no images are left to " +
      "measure it on; raise it, or set report.metric to train_loss, test_accuracy or test_loss",
    ]],
    ["report: {metric: test_macro_f1}\nevaluate: {measures: [calibration]}\n", [
      "x.yaml:3:18: report.metric: asks for test_macro_f1, which is measured only where evaluate.measures has macro_f1; add it there",
    ]],
    ["reference: {metric: test_ece, value: 0.02, tolerance: 0.01}\n", [
      "x.yaml:3:12: reference: asks for test_ece, which is measured only where evaluate.measures has calibration; add it there",
    ]],
    ["evaluate: {measures: [macro_f1, macro_f1]}\n", [
      "x.yaml:3:33: evaluate.measures[1]: repeats macro_f1; remove it",
    ]],
    ["preprocess: {validation: 0.5, limit: 1}\n", [
      "x.yaml:3:38: preprocess.limit: must leave images to train on, found 1, of which validation (0.5) takes 1; " +
      "raise it, or lower validation",
    ]],
    ["report: {metric: val_loss, goal: maximize}\n", [
      "x.yaml:3:34: report.goal: must be minimize for the metric val_loss, found maximize: the worst trial would come first; " +
      "correct or remove it",
    ]],
  ],
  "a sweep is checked value by value, at the value's own place": [
    [
      "sweep:\n  parameters:\n    model.hidden: [[100], [0], 200]\n    train.epochs: 3\n    train.batch_size: []\n",
      [
        "x.yaml:5:28: sweep.parameters.model.hidden[1][0]: must be a whole number from 1 to 2000, found 0",
        "x.yaml:5:32: sweep.parameters.model.hidden[2]: must be a list of at most 8, each a whole number from 1 to 2000, " +
        "found 200; write [200]",
        "x.yaml:6:19: sweep.parameters.train.epochs: must be a list of one or more, each a whole number from 1 to 10000, " +
        "found 3; write [3]",
        "x.yaml:7:23: sweep.parameters.train.batch_size: must be a list of one or more, each a whole number from 1 to 1024, or full, " +
        "found an empty list",
      ],
    ],
    ["sweep: {parameters: {model.hidden: 100}}\n", [
      "x.yaml:3:36: sweep.parameters.model.hidden: must be a list of one or more, each a list of at most 8, " +
      "each a whole number from 1 to 2000, found 100; write [[100]]",
    ]],
    ["sweep:\n  parameters:\n    lr: [1]\n    seeds: [1]\n    train: {epochs: [1]}\n", [
      "x.yaml:5:5: sweep.parameters.lr: is not a known key; did you mean `train.learning_rate`?",
      "x.yaml:6:5: sweep.parameters.seeds: is not a known key; seeds is the same in every trial",
      "x.yaml:7:5: sweep.parameters.train: is not a known key; write a path as one key, as in `train.learning_rate: [0.01, 0.1]`",
    ]],
    ["sweep: {parameters: {}}\n", [
      "x.yaml:3:21: sweep.parameters: must name at least one setting to vary, found none; write one, or remove the sweep",
    ]],
    ["sweep:\n  train.epochs: [1]\n", [
      "x.yaml:4:3: sweep.parameters: is missing; it must be a mapping such as {train.learning_rate: [0.01, 0.1]}",
      "x.yaml:4:3: sweep.train.epochs: is not a known key; allowed here: method, parameters, exclude, where, run_cap; " +
      "indent it below `parameters:`",
    ]],
    ["sweep: {parameters: {model.init: [{methud: he}, {method: he, sigma: 1}]}}\n", [
      "x.yaml:3:36: sweep.parameters.model.init[0].methud: is not a known key; allowed here: method, sigma, bias; did you mean `method`?",
      "x.yaml:3:69: sweep.parameters.model.init[1].sigma: has no meaning with method he, which takes sqrt(2/n) as the standard " +
      "deviation (n: units of the layer before), found 1; remove sigma or use method gaussian",
    ]],
  ],
  "trials that come out equal are named, with the equal values": [
    [
      "sweep:\n  parameters:\n    model.hidden: [[100], [50], [100]]\n    train.learning_rate: [0.1, 1e-1]\n",
      [
        "x.yaml:5:33: sweep.parameters.model.hidden[2]: makes trials 0 and 4 equal: model.hidden is [100] in both; " +
        "remove one of the two values",
        "x.yaml:6:32: sweep.parameters.train.learning_rate[1]: makes trials 0 and 1 equal: train.learning_rate is 0.1 in both; " +
        "remove one of the two values",
      ],
    ],
    ["sweep: {parameters: {model.init: [{method: he}, {bias: gaussian, method: he}]}}\n", [
      "x.yaml:3:49: sweep.parameters.model.init[1]: makes trials 0 and 1 equal: model.init is {method: he, bias: gaussian} in both; " +
      "remove one of the two values",
    ]],
    ["sweep: {parameters: {model.init: [{method: he}], model.init.bias: [zero]}}\n", [
      "x.yaml:3:67: sweep.parameters.model.init.bias: is already part of model.init, which is swept as a whole; sweep one or the other",
    ]],
  ],
  "a trial that cannot run is named by its number and values, at the value that is to blame": [
    [
      "sweep:\n  parameters:\n    train.epochs: [1, 2]\n    model.init.method: [gaussian, he]\n    model.init.sigma: [1, 2]\n    train.batch_size: [1, 2, 3]\n",
      [
        "x.yaml:7:24: sweep.parameters.model.init.sigma[0]: trial 6 (model.init.method he, model.init.sigma 1) cannot run: " +
        "model.init.sigma has no meaning with method he; sweep it with method gaussian only, or sweep model.init as a whole: " +
        "[{method: gaussian, sigma: 0.01}, {method: he}]",
      ],
    ],
    ["sweep: {parameters: {preprocess.validation: [0.2, 0], train.epochs: [1, 2]}}\n", [
      "x.yaml:3:51: sweep.parameters.preprocess.validation[1]: trial 2 (preprocess.validation 0) cannot run: " +
      "preprocess.validation must be above 0 where report.metric is val_accuracy, found 0: no images are left to measure it on; " +
      "raise it, or set report.metric to train_loss, test_accuracy or test_loss",
    ]],
    ["preprocess: {limit: 2}\nsweep: {parameters: {preprocess.validation: [0.5, 0.6]}}\n", [
      "x.yaml:4:51: sweep.parameters.preprocess.validation[1]: trial 1 (preprocess.validation 0.6) cannot run: " +
      "preprocess.limit must leave images to train on, found 2, of which validation (0.6) takes 2; raise it, or lower validation",
    ]],
  ],
  "several seeds where rng fixes all that a run draws would be one run several times": [
    ["seeds: [0, 1, 2]\nrng: {split: 0, init: 0, shuffle: 0}\n", [
      "x.yaml:3:8: seeds: must be one seed where rng.split, rng.init and rng.shuffle are all given, found 3: nothing is left that " +
      "follows from the seed, so each would be the very same run again, and the spread over them 0 by construction; " +
      "leave one seed, or remove rng.split, rng.init or rng.shuffle, so that it follows from the seed",
    ]],
    ["train: {shuffle: none}\nseeds: {count: 2}\nrng: {split: 0, init: 0}\n", [
      "x.yaml:4:8: seeds: must be one seed where rng.split and rng.init are all given, found 2: nothing is left that " +
      "follows from the seed, so each would be the very same run again, and the spread over them 0 by construction; " +
      "leave one seed, or remove rng.split or rng.init, so that it follows from the seed",
    ]],
    [
      "seeds: [0, 1]\nrng: {split: 0, init: 0, shuffle: 0}\nmodel: {hidden: [5]}\nsweep: {parameters: {train.dropout: [0.5, 0]}}\n",
      [
        "x.yaml:6:43: sweep.parameters.train.dropout[1]: trial 1 (train.dropout 0) cannot run: seeds must be one seed where rng.split, " +
        "rng.init and rng.shuffle are all given, found 2: nothing is left that follows from the seed, so each would be the very same " +
        "run again, and the spread over them 0 by construction; leave one seed, or remove rng.split, rng.init or rng.shuffle, " +
        "so that it follows from the seed",
      ],
    ],
  ],
  "a full-width colon, or one without a blank, is told where it stands": [
    ["train：\n  epochs: 3\n", [
      "x.yaml:3:1: cannot be read as YAML: the colon after `train` is full-width; write a half-width `:` and a blank, as in `train: ...`",
    ]],
    ["train:\n  epochs：3\n  batch_size：10\n  shuffle: once\n", [
      "x.yaml:4:3: cannot be read as YAML: the colon after `epochs` is full-width; write a half-width `:` and a blank, as in `epochs: ...`",
      "x.yaml:5:3: cannot be read as YAML: the colon after `batch_size` is full-width; write a half-width `:` and a blank, as in `batch_size: ...`",
    ]],
    ["train:\n  epochs：3\n", [
      `x.yaml:4:3: train: must be a mapping with keys among ${trainKeys}, found the text "epochs：3"; ` +
      "the colon after `epochs` is full-width; write a half-width `:` and a blank, as in `epochs: ...`",
    ]],
    ["train: {epochs：3}\n", [
      `x.yaml:3:9: train.epochs：3: is not a known key; allowed here: ${trainKeys}; ` +
      "the colon after `epochs` is full-width; write a half-width `:` and a blank, as in `epochs: ...`",
    ]],
    ["train:\n  epochs:3\n", [
      `x.yaml:4:3: train: must be a mapping with keys among ${trainKeys}, found the text "epochs:3"; ` +
      "the colon after `epochs` must be followed by a half-width blank, as in `epochs: ...`",
    ]],
    ["train:\n  shuffle: once\n  epochs 3\n", [
      "x.yaml:5:3: cannot be read as YAML: a key must be followed by `:` and a blank, on one line",
    ]],
  ],
  "text that is not YAML, or not only that, is told by its place": [
    ["train:\n\tepochs: 3\n", [
      "x.yaml:4:1: cannot be read as YAML: this line is indented by a tab; use spaces",
    ]],
    ["train: epochs: 3\n", [
      "x.yaml:3:8: cannot be read as YAML: a second `:` in one entry; check the indentation of the next line, " +
      "or put the value in quotes",
    ]],
    ["train: {epochs: 3\nseeds: [0]\n", [
      "x.yaml:4:1: cannot be read as YAML: the indentation does not fit the lines above, or a bracket or quote is not closed",
    ]],
    ["---\nname: b\n", [
      "x.yaml:3:1: cannot be read as YAML: a config is one document; remove the second `---` and what follows",
    ]],
    ["model: !net {}\n", ["x.yaml:3:8: cannot be read as YAML: a config uses no tags (`!name`); remove it"]],
    ["name: b\ntrain: {epochs: 1, epochs: x}\n", [
      "x.yaml:3:1: name: is given twice, first in line 1; remove one of the two",
      "x.yaml:4:20: train.epochs: is given twice, first in line 4; remove one of the two",
    ]],
    ["model: *m\n", ["x.yaml:3:8: model: alias *m has no anchor &m before it"]],
    ["train: &t {<<: *t}\n", ["x.yaml:3:16: train: alias *t stands inside its own anchor &t"]],
    ["train: {<<: 3}\n", [
      "x.yaml:3:9: train: must merge (`<<`) a mapping or a list of mappings, as in `<<: *anchor`",
    ]],
    ["? [a]\n: 1\n", [
      "x.yaml:3:3: must have plain names as keys, found a list, mapping or alias in the place of one",
    ]],
  ],
};

for (const [sentence, examples] of Object.entries(cases)) {
  Deno.test(sentence, () => {
    for (const [text, problems] of examples) assert.deepEqual(problemsOf(text), problems, text);
  });
}

Deno.test("a missing name or data set, and a text that is no mapping, are told at the first line", () => {
  const dataset =
    "must be strokes, mnist, fashion_mnist, kmnist, emnist_digits or emnist_letters, or a mapping with one of the keys idx, points, csv, npz or folder";
  assert.deepEqual(problemsOf("name: a\n", [], ""), [`x.yaml:1:1: dataset: is missing; it ${dataset}`]);
  assert.deepEqual(problemsOf("name: my run\ndataset: mnst\n", [], ""), [
    "x.yaml:1:7: name: must be text of letters a-z, digits, `.`, `_` and `-` that begins with a letter or digit and does not end " +
    'with `.`, found the text "my run"; did you mean `my-run`?',
    `x.yaml:2:10: dataset: ${dataset}, found the text "mnst"; did you mean \`mnist\`?`,
  ]);
  const empty =
    "x.yaml:1:1: is empty; a config needs at least a name and a dataset, as `name: first` and `dataset: strokes`";
  assert.deepEqual(problemsOf("", [], ""), [empty]);
  assert.deepEqual(problemsOf("# nothing\n", ["train.epochs=3"], ""), [empty]);
  assert.deepEqual(problemsOf("name：a\n", [], ""), [
    'x.yaml:1:1: must be a mapping such as `name: first`, with a space after each half-width colon, found the text "name：a"',
  ]);
});

Deno.test("a name that YAML takes for a number asks for quotes", () => {
  const [problem] = problemsOf("name: 2024\ndataset: strokes\n", [], "");
  assert.match(problem, /does not end with `\.`, found 2024; put it in quotes$/);
});

Deno.test("names that would not be a folder of that name are refused", () => {
  for (const name of ["..", ".", ".hidden", "a/b", "a\\\\b", "a.", "名前", "", "a".repeat(101), "a b"]) {
    const [problem] = problemsOf(`name: "${name}"\ndataset: strokes\n`, [], "");
    assert.match(problem, /^x\.yaml:1:7: name: must be text of letters/, name);
  }
});

Deno.test("of quotes that a shell leaves in place, as Windows' cmd does, is said which it takes off", () => {
  const config = "name: a\ndataset: strokes\n";
  assert.deepEqual(problemsOf(config, ["'model.hidden=[100]'"], ""), [
    "--set 'model.hidden=[100]': must not begin with `'`, which this shell takes for a part of it; " +
    'write --set "model.hidden=[100]"',
  ]);
  assert.throws(
    () => parseExperiment(config, { file: "x.yaml", sweep: ["'train.epochs=1,2'"] }),
    (error: ConfigError) => {
      checkJapanese(error);
      return error.message.endsWith('write --sweep "train.epochs=1,2"');
    },
  );
});

Deno.test("names that Windows keeps for devices are refused, and only those", () => {
  for (const name of ["con", "NUL", "Aux", "prn.v2", "com1", "LPT9.a.b"]) {
    assert.deepEqual(problemsOf(`name: ${name}\ndataset: strokes\n`, [], ""), [
      "x.yaml:1:7: name: must be no name that Windows keeps for devices (con, prn, aux, nul, com1, lpt1 and so on), " +
      `found \`${name}\``,
    ]);
  }
  for (const name of ["console", "my.con", "com10", "auxiliary", "con-1", "nul_"]) {
    parseExperiment(`name: ${name}\ndataset: strokes\n`, { file: "x.yaml" });
  }
});

Deno.test("the problems of an own data set are told file by file", () => {
  const text = `name: a
dataset:
  idx:
    train_images: {path: a, url: "https://x/y", sha256: ${"0a".repeat(32)}}
    train_labels:
      url: ftp://x
      sha256: abc
    test_images: b.gz
  extra: 1
`;
  assert.deepEqual(problemsOf(text, [], ""), [
    "x.yaml:4:5: dataset.idx.test_labels: is missing; it must be a mapping with keys among path, url, sha256",
    "x.yaml:4:19: dataset.idx.train_images: must have either a path or a url, found both",
    'x.yaml:6:12: dataset.idx.train_labels.url: must be an address that begins with https:// or http://, found the text "ftp://x"',
    'x.yaml:7:15: dataset.idx.train_labels.sha256: must be 64 hexadecimal digits, found the text "abc"',
    'x.yaml:8:18: dataset.idx.test_images: must be a mapping with keys among path, url, sha256, found the text "b.gz"',
    "x.yaml:9:3: dataset.extra: is not a known key; allowed here: idx, points, csv, npz, folder",
  ]);
});

Deno.test("all problems of a config are told at once, in the order of the file, overrides last", () => {
  const text = "preprocess: {validation: 0}\nmodel: {hidden: [x]}\nseeds: [1, 1]\nsedes: 3\nname: b\n";
  assert.deepEqual(
    problemsOf(text, ["train.epochs=abc", "train.epoch=1"]).map((line) => line.split(": ").slice(0, 2)),
    [
      ["x.yaml:3:26", "preprocess.validation"],
      ["x.yaml:4:18", "model.hidden[0]"],
      ["x.yaml:5:12", "seeds[1]"],
      ["x.yaml:6:1", "sedes"],
      ["x.yaml:7:1", "name"],
      ["--set train.epoch=1", "`train.epoch` is not a setting; did you mean `train.epochs`?"],
      ["--set train.epochs=abc", "train.epochs"],
    ],
  );
});

Deno.test("a wrong override is told by the override itself", () => {
  const of = (set: string, text = "") => problemsOf(text, [set])[0].slice(`--set ${set}: `.length);
  assert.equal(
    of("train.epochs=abc"),
    'train.epochs: must be a whole number from 1 to 10000, found the text "abc"',
  );
  assert.equal(
    of("train.epochs="),
    "train.epochs: must be a whole number from 1 to 10000, found nothing; give it a value or leave it out",
  );
  assert.equal(of("epochs=3"), "`epochs` is not a setting; did you mean `train.epochs`?");
  assert.equal(of("train.lr=3"), "`train.lr` is not a setting; did you mean `train.learning_rate`?");
  assert.equal(
    of("sweep.parameters.train.epoch=[3]"),
    "`sweep.parameters.train.epoch` is not a setting; did you mean `sweep.parameters.train.epochs`?",
  );
  assert.equal(
    of("foo.bar=1"),
    `\`foo.bar\` is not a setting; it is a setting with its section, as in train.epochs, and begins with ${topKeys}`,
  );
  assert.equal(of("train.epochs"), "must be PATH=VALUE, as in train.epochs=3");
  assert.equal(of("=3"), "must be PATH=VALUE, as in train.epochs=3");
  assert.equal(
    of("model.hidden=[1"),
    "model.hidden: cannot be read as YAML: a closing quote, bracket or comma is missing before this place",
  );
  assert.equal(
    of("train={lr: 1}"),
    `train.lr: is not a known key; allowed here: ${trainKeys}; did you mean \`learning_rate\`?`,
  );
});

Deno.test("a key of a setting in one word makes a mapping of the word, from the file or an earlier override", () => {
  const set = [
    "train.optimizer.beta1=0.8",
    "train.schedule=cosine",
    "train.schedule.warmup=2",
    "train.early_stopping.restore_best=true",
  ];
  const text = `${head}train: {optimizer: adam, early_stopping: 3}\n`;
  const { optimizer, schedule, early_stopping } = parseExperiment(text, { file: "x.yaml", set }).train;
  assert.deepEqual(optimizer, { name: "adam", beta1: 0.8 });
  assert.deepEqual(schedule, { method: "cosine", to: 0, warmup: 2 });
  assert.deepEqual(early_stopping, { patience: 3, min_delta: 0, restore_best: true });
  assert.match(problemsOf("", ["train.optimizer.beta1=0.8"])[0], /optimizer\.name: is missing/);
  assert.throws(
    () => parseExperiment(head, { file: "x.yaml", sweep: ["train.optimizer.beta1=0.8,0.9"] }),
    /`train\.optimizer` varies as a whole, as in --sweep "train\.optimizer=\{name: adam, beta1: 0\.8\},\.\.\."$/,
  );
});

Deno.test("an override of a swept setting, which would change nothing, is refused", () => {
  const sweep = "sweep: {parameters: {train.epochs: [1, 2], model.init: [{method: he}]}}\n";
  assert.deepEqual(problemsOf(sweep, ["train.epochs=3", "model.init.bias=zero"]), [
    "--set train.epochs=3: train.epochs: would change nothing: the sweep varies train.epochs; " +
    "set sweep.parameters.train.epochs to a list instead",
    "--set model.init.bias=zero: model.init.bias: would change nothing: the sweep varies model.init; " +
    "set sweep.parameters.model.init to a list instead",
  ]);
});

Deno.test("a problem carries its parts, and none of the place where there is no line", () => {
  try {
    parseExperiment("name: a\ndataset: x\n", { file: "dir/x.yaml", set: ["seeds=[-1]"] });
    assert.fail("accepted");
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(error.problems, [
      {
        file: "dir/x.yaml",
        line: 2,
        column: 10,
        path: "dataset",
        message:
          'must be strokes, mnist, fashion_mnist, kmnist, emnist_digits or emnist_letters, or a mapping with one of the keys idx, points, csv, npz or folder, found the text "x"',
        ja:
          'strokes、mnist、fashion_mnist、kmnist、emnist_digits、emnist_letters のどれか、または idx、points、csv、npz、folder のどれか 1 つをキーとするマッピングを指定してください（現在の値：文字列 "x"）',
      },
      {
        file: "--set seeds=[-1]",
        path: "seeds[0]",
        message: "must be a whole number from 0 to 1073741823, found -1",
        ja: "0 以上 1073741823 以下の整数を指定してください（現在の値：-1）",
      },
    ]);
  }
});

Deno.test("thousands of brackets are refused where they get too deep, without a stack overflow", () => {
  const [problem, ...others] = problemsOf(`model: {hidden: ${"[".repeat(3000)}`);
  assert.match(problem, /^x\.yaml:3:\d+: cannot be read as YAML: it nests far too deep$/);
  assert.deepEqual(others, []);
});

Deno.test("of many problems the message lists the first 20 and says how many more there are", () => {
  try {
    parseExperiment(`${head}seeds: [${"-1, ".repeat(1000)}]\n`, { file: "x.yaml" });
    assert.fail("accepted");
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    const lines = error.message.split("\n");
    assert.ok(error.problems.length <= 100);
    assert.equal(lines.length, 22);
    assert.equal(lines[0], "The config has 1000 problems:");
    assert.match(lines[20], /seeds\[19\]/);
    assert.equal(lines[21], "... and 980 more");
    checkJapanese(error);
    assert.match(error.ja, /^設定に 1000 件の誤りがあります。\n.*\n（ほか 980 件）$/s);
  }
});

Deno.test("a bomb of nested aliases is refused before it grows", () => {
  const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"];
  for (let level = 1; level < 30; level++) {
    lines.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(10)}]`);
  }
  const [problem, ...others] = problemsOf(lines.join("\n"));
  assert.match(
    problem,
    /is too large: a config has at most 12000 values, 100 levels deep, aliases expanded$/,
  );
  assert.deepEqual(others, []);
});

Deno.test("a grid of more than 1e9 trials is refused, one of 1e9 is not", () => {
  const parameter = (path: string, count: number) =>
    `${path}: [${Array.from({ length: count }, (_, index) => index + 1)}]`;
  const sweep = (epochs: number) =>
    `sweep: {parameters: {${
      ["train.learning_rate", "model.init.sigma"].map((path) => parameter(path, 1000)).concat(
        parameter("train.epochs", epochs),
      )
    }}}`;
  parseExperiment(head + sweep(1000), { file: "x.yaml" });
  assert.deepEqual(problemsOf(sweep(1001)), [
    "x.yaml:3:21: sweep.parameters: must make at most 1000000000 trials, found 1001000000; remove values or parameters",
  ]);
});

Deno.test("several seeds may stand where rng fixes only a part of what a run draws, or a run is recorded", () => {
  const text = (rng: string, more = "") => `${head}seeds: [0, 1]\nrng: {${rng}}\n${more}`;
  for (
    const config of [
      text("split: 0, init: 0"),
      text("init: 0, shuffle: 0"),
      text("split: 0, init: 0, shuffle: 0", "train: {input_noise: 0.1}\n"),
    ]
  ) {
    assert.deepEqual(parseExperiment(config, { file: "x.yaml" }).seeds, [0, 1]);
  }
  const pinned = text("split: 0, init: 0, shuffle: 0");
  assert.throws(() => parseExperiment(pinned, { file: "x.yaml" }), ConfigError);
  assert.throws(
    () => parseExperiment(pinned, { file: "x.yaml", set: ["seeds=[0,1]"] }),
    /^.*--set seeds=\[0,1\]: seeds: must be one/,
  );
  assert.deepEqual(parseExperiment(pinned, { file: "x.yaml", recorded: true }).seeds, [0, 1]);
});

Deno.test("of a name in Japanese no part is suggested, but the title, which takes it", () => {
  const allowed =
    "text of letters a-z, digits, `.`, `_` and `-` that begins with a letter or digit and does not end with `.`";
  const named = (name: string) => problemsOf(`name: ${name}\ndataset: strokes\n`, [], "");
  for (const name of ["実験1", "mnist実験"]) {
    assert.deepEqual(named(name), [
      `x.yaml:1:7: name: must be ${allowed}, found the text "${name}"; text in any script may stand in \`title\``,
    ]);
  }
  // What YAML reads as a number would be the next error.
  assert.deepEqual(named("1!"), [`x.yaml:1:7: name: must be ${allowed}, found the text "1!"`]);
  assert.match(named("ｅｘｐ １")[0], /did you mean `exp-1`\?$/);
});
