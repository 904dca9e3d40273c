import { counted, listed, showNumber } from "../show_number.ts";
import { mistakesEn } from "./mistakes_en.ts";

/** Of a network with two hidden layers, as programs and probes have. */
export const OUTPUT_LAYER = 3;

/** What a check's arrays are called. */
interface ArrayNames {
  /** `gradients`. */
  readonly all: string;
  /** One of them, by its name. */
  one(name: string): string;
}

/** English texts of grading: checks. */
export const checksEn = {
  mistakes: mistakesEn,
  and: (items: readonly string[]) => listed(items),
  /** Between two sentences. */
  space: " ",

  notGraded: (obstacle: string) => `Not graded: ${obstacle}.`,

  arrays: {
    forward: { all: "activations and probabilities", one: (name) => name },
    gradients: { all: "gradients", one: (name) => `d${name}` },
    updates: { all: "updates", one: (name) => `the update of ${name}` },
    small: { all: "updates by a smaller batch", one: (name) => `the update of ${name}` },
    smallGradients: { all: "gradients of a smaller batch", one: (name) => `small_d${name}` },
    losses: { all: "2 losses in trainLoss", one: (name) => name },
    validationLosses: { all: "2 losses in valLoss", one: (name) => name },
  } satisfies Readonly<Record<string, ArrayNames>> as Readonly<
    Record<
      "forward" | "gradients" | "updates" | "small" | "smallGradients" | "losses" | "validationLosses",
      ArrayNames
    >
  >,
  allAgree: (count: number, what: string, error: string) =>
    `${capital(count === 1 ? what : `All ${count} ${what}`)} agree with ours: ${error}.`,
  sameToRounding: "the same to rounding",
  largestDifference: (error: number) => `the largest relative difference is ${showNumber(error)}`,
  allowed: (error: string, rtol: number) => `${error}, allowed ${showNumber(rtol)}`,
  someAgree: (right: number, count: number, what: string, faults: readonly string[], more: number) => {
    const summary = count === 1
      ? `${capital(what)} must agree with ours.`
      : `${right} of ${count} ${what} agree with ours.`;
    return `${summary} ${faults.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
  },
  /** What is wrong, as one sentence. */
  faults: (faults: readonly string[]) => `${faults.join("; ")}.`,
  isMissing: (name: string) => `${name} is missing`,
  offBy: (name: string, error: number) => `${name} is off by ${showNumber(100 * error)} %`,
  times: (name: string, ratio: number, fraction: string | null) =>
    `${name} is ${showNumber(ratio)} times ours${fraction === null ? "" : ` (${fraction})`}`,
  allZero: (name: string) => `${name} is 0 throughout`,
  wrongShape: (name: string, expected: string, found: string) =>
    `${name} must have the shape ${expected}, found ${found}`,
  notFinite: (name: string) => `${name} has values that are not finite`,
  inLayer: (title: string, layer: number) =>
    `${title} (in ${layer === OUTPUT_LAYER ? "the output layer" : `hidden layer ${layer}`} alone)`,
  explained: (titles: string) => `This is what comes out where ${titles}.`,
  carriedOver: (titles: string) => `Right, given a mistake that is counted elsewhere: ${titles}.`,
  /** @param names arrays that it alone makes wrong */
  elsewhere: (names: string) => `No points are lost for ${names}: the mistake in them is counted elsewhere.`,
  follows: {
    predict:
      "That the predictions differ is put down to predict(), and counted with the predicted classes alone.",
    curve: "That the validation loss differs is counted with the learning curve alone.",
    statedSlopes:
      "Right with the derivative of the activation that there should be: that forward propagation has another one, or none, is counted there.",
    forward:
      "Right, given your own forward propagation: these numbers follow from the activations and probabilities " +
      "that you got, whose error is counted there.",
    backward:
      "Right, given your own gradients: the step follows from them, and their error is not charged again.",
    update:
      "Right, given your own step: fit moves the parameters as step does, whose error is not charged again.",
    smallFromGradients:
      "Right, given your own gradients: those of this batch move the parameters, and their error is not charged again.",
    smallAlike: (names: string) =>
      `Nothing is charged here: what is wrong (${names}) is wrong for a whole batch already, where it is counted.`,
    smallPartly: (names: string) =>
      `No points are lost for ${names}, wrong for a whole batch already, where it is counted.`,
    partly: (names: string) => `No points are lost for ${names}: they follow from your own earlier numbers.`,
    loss: (which: string, ratio: number) =>
      `The ${which} losses go as those of our run do, ${
        showNumber(ratio)
      } times as large: that your loss is another one is counted there.`,
    lossOfWeights: (ratio: number) =>
      `The weights give the predictions handed in, and the validation loss handed in is ${
        showNumber(ratio)
      } times that of the weights: that your loss is another one is counted there.`,
    otherLoss: (which: string) =>
      `The ${which} losses are not compared with ours, as your loss is another one than the cross-entropy, which is counted there.`,
    otherLossOfWeights: (found: number) =>
      `The weights give the predictions handed in. The validation loss handed in, ${
        showNumber(found)
      }, is not compared with that of the weights, as your loss is another one than the cross-entropy, which is counted there.`,
    ownLoss:
      "Right, given your own functions: these are the losses that they give, and their error is counted there.",
  },
  otherLabelsHint:
    "The gradient of the last bias alone is right, and it does not depend on which label belongs to which row: see whether rows and labels are " +
    "shuffled alike, by the same indices.",
  madeInTraining:
    "Forward propagation alone gives the right probabilities, so that this is made in the training.",
  ofStep: "These gradients were taken from how far one step moves the parameters, by the learning rate.",
  preActivation: (names: string, plural: boolean) =>
    `Note: ${names} ${
      plural ? "are" : "is"
    } taken as the value before the activation function, A = XW + B, as the course writes it.`,
  byDifferences: (error: number) =>
    `Gradients agree to ${showNumber(error)} only, though they are computed in float64: by differences?`,

  shapes: {
    right: (count: number) => `All ${counted(count, "array")} have the right shape.`,
    hint: "A layer's weights are (units below, units), its bias has one number a unit.",
  },
  moments: {
    right: (sigma: number, maxZ: number) =>
      `Mean 0 and standard deviation ${sigma}, within ${maxZ} standard errors, in each layer.`,
    hint: "Draw weights and biases as sigma times standard normal numbers.",
    unstated: (sigma: number) => `manifest.yaml does not say sigma, so ${sigma} is taken for it.`,
    state: "If you drew with another standard deviation, write it into manifest.yaml as sigma.",
    ofNotebook: {
      unstated: (sigma: number) => `The notebook has no sigma, so ${sigma} is taken for it.`,
      state:
        "If you drew with another standard deviation, give it to a variable or an attribute that is called sigma, and draw with that.",
    },
    byLayer: (scheme: "he" | "xavier" | "glorot", found: readonly string[]) =>
      `The weights are drawn by layer, as ${SCHEMES_EN[scheme]} does (standard deviations ${
        found.join(", ")
      }), where normal numbers times one sigma are asked for in all layers.`,
    otherDeviations: (found: readonly string[]) =>
      `The weights of all layers must be normal with mean 0 and one standard deviation sigma; their standard deviations are ${
        found.join(", ")
      }.`,
    biases: "biases",
    fault: (name: string, fault: string) => `${name}: ${fault}`,
    none: "there are none",
    notFinite: "not all are finite",
    deviation: (found: number, z: number, sigma: number) =>
      `standard deviation ${showNumber(found)} is ${showNumber(z)} standard errors from ${sigma}`,
    mean: (found: number, z: number) =>
      `mean ${showNumber(found)} is ${showNumber(z)} standard errors from 0`,
  },
  finite: {
    missing: "probabilities of large logits are missing",
    notFinite: (bad: number, count: number) =>
      `With logits in the thousands ${bad} of ${count} probabilities are not finite.`,
    subtract: "Subtract each row's largest logit before exp().",
    wrong: "With logits in the thousands all probabilities are finite, but they are not the right ones.",
    wrongHint:
      "Softmax less each row's largest logit needs nothing else to be finite, and its result is the same.",
    clipped:
      "Several classes share the largest probability, as where logits are clipped: that changes the result. " +
      "Subtract each row's largest logit before exp() instead.",
    right: "With logits in the thousands all probabilities are finite.",
    elsewhere:
      "With logits in the thousands all probabilities are finite. That they are not ours is counted in the forward propagation.",
    noProbabilities: "With logits in the thousands the rows are no probabilities: each must sum to 1.",
    constant: "With logits in the thousands all rows get the same numbers, which do not depend on the input.",
    lossRight: (loss: number) =>
      `Where the true class has probability 0 the loss is ${showNumber(loss)}, a finite number.`,
    lossWrong: (loss: number) =>
      `Where the true class has probability 0 the loss must be a finite positive number, found ${
        showNumber(loss)
      }.`,
    lossNegative: (loss: number) =>
      `Where the true class has probability 0 the loss is ${
        showNumber(loss)
      }, a finite number. That it is not positive is counted at the cross-entropy.`,
    lossConstant: (loss: number) =>
      `The loss is ${showNumber(loss)} whatever the probabilities are, with a probability of 0 and without.`,
    lossHint: "Keep the logarithm from 0: log(p + 1e-7), or log(max(p, 1e-7)).",
  },
  value: {
    right: (loss: number) => `The cross-entropy is ${showNumber(loss)}, as it should be.`,
    wrong: (expected: number, found: number) =>
      `The cross-entropy must be ${showNumber(expected)}, found ${showNumber(found)}.`,
    hint: "The loss of a row is minus the logarithm of its true class's probability; take their mean.",
  },
  argmax: {
    count: (rows: number, found: number) => `There must be one prediction a row, ${rows}, found ${found}.`,
    right: (rows: number) => `All ${counted(rows, "row")} get their most probable class.`,
    wrong: (right: number, rows: number) =>
      `${right} of ${counted(rows, "row")} get their most probable class.`,
    hint: "Predict the index of a row's largest probability (in NumPy `np.argmax(probabilities, axis=1)`).",
    unusable: {
      notFinite: "Your own probabilities do not count, as not all are finite.",
      noSum: "Your own probabilities do not count, as their rows do not sum to 1.",
      tie: "Your own probabilities do not count, as a row's largest occurs more than once.",
      constant: "Your own probabilities do not count, as all rows have the same.",
    },
  },
  history: {
    training: "training",
    validation: "validation",
    noRows: "no rows",
    badRow: (epoch: number, train: number, validation: number) =>
      `epoch ${showNumber(epoch)} with ${showNumber(train)} and ${showNumber(validation)}`,
    mustBeFinite: (found: string) => `history.csv must have finite losses for each epoch, found ${found}.`,
    form: (epochs: number) => `history.csv has its ${counted(epochs, "epoch")}.`,
    formWrong: (epochs: number, rows: number, notebook: boolean) =>
      `history.csv must have the epochs 1 to ${epochs} of the ${notebook ? "notebook" : "manifest"}, found ${
        counted(rows, "row")
      }.`,
    formHint: "Write one row an epoch, numbered from 1.",
    right: (which: string, most: number) =>
      `The ${which} losses are those of our run, to ${closeness(most)}.`,
    rightAfter: (most: number) =>
      `The training losses are those of our run after each epoch, to ${closeness(most)}.`,
    near: (which: string, mean: number) =>
      `The ${which} losses are near those of our run with the same settings, ${
        showNumber(100 * mean)
      } % off on the average.`,
    far: (which: string, mean: number) =>
      `The ${which} losses are ${
        showNumber(100 * mean)
      } % off those of our run with the same settings, on the average.`,
    trainHint:
      "An epoch's training loss is the mean over all its rows, each taken before its batch's step, " +
      "or all of them after the epoch.",
    validationHint: "Measure the validation loss after each epoch, on all validation rows.",
    settingsHint: (notebook: boolean) =>
      `Our run has the settings ${
        notebook ? "that were found in the notebook" : "of manifest.yaml"
      }: see whether your training had them, and whether these are its losses.`,
    noValidation:
      "There are no validation losses; the training losses give their part of the points by themselves.",
    noValidationHint: "Measure the loss on the validation rows too, after each epoch.",
    splitUnknown: "The validation losses are not charged: which images they are of is not known.",
    changedArguments:
      "The first epoch's loss is right; those after it are of arguments that a function has changed, which is counted elsewhere.",
    other: "Right, given an error in the training that is counted elsewhere.",
    inBatches: (reason: string, size: number) =>
      `${reason} In batches of ${size} they are not finite, which is counted elsewhere.`,
  },
  program: {
    mustExport: (name: string) => `src/mod.ts must export ${name}, found none`,
    otherForm: (name: string, expects: string) => `${name} returned something else than it must: ${expects}`,
    signature: "see its signature in docs/grading.md",
    said: (name: string, message: string) => `${name}: ${message}`,
    afterFit: "after fit it must have `parameters`, and predict must return a list of labels",
    labels: "predict must return a list of labels",
    parameters: (name: string) => `${name} must have \`parameters\` after fit`,
  },
  arguments: {
    changed: (name: string, argument: string) =>
      `${name} changes its argument ${argument}, which a function must not do: a quarter of the points is taken, here alone.`,
    remark: (name: string, argument: string) => `${name} changes its argument ${argument}.`,
    hint: "Make new arrays, and leave those that the function is given as they are.",
  },
};

const SCHEMES_EN = {
  he: "He's initialisation, sqrt(2 / units below),",
  xavier: "Xavier's initialisation, sqrt(1 / units below),",
  glorot: "Glorot's initialisation, sqrt(2 / (units below + units)),",
};

/** How near losses are at the most distant epoch. */
function closeness(most: number): string {
  return most < 1e-4 ? "less than 0.01 %" : `${showNumber(100 * most)} %`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
