import { counted, listed } from "../show_number.ts";

/** A place in a YAML file. */
export interface FaultPlace {
  readonly line: number;
  readonly column: number;
  /** The key, such as `seeds.init`; empty for the file as a whole. */
  readonly path: string;
}

/** A line of a file. */
interface FileLine {
  readonly file: string;
  readonly line: number;
}

/** The least and the most that a rubric allows. */
interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** What may keep a network from learning. */
type Cause = "gradients" | "forward" | "initialize";

const CAUSES: Readonly<Record<Cause, string>> = {
  gradients: "the backpropagation points",
  forward: "the points for forward propagation",
  initialize: "the points for the first weights",
};

/** English texts of what is read, of the rubric's demands, and of the checks of files. */
export const filesEn = {
  /** What is wrong with a file, after its name and the place in it. */
  problem: (file: string, fault: string) => `${file}: ${fault}`,
  located: ({ line, column, path }: FaultPlace, fault: string) =>
    `line ${line}, column ${column}: ${path === "" ? "" : `${path} `}${fault}`,
  /** A file that has a problem, which is told after it. */
  notRead: (problem: string) => `Counts as not handed in: ${problem}`,
  /** A manifest whose student cannot be one. */
  namesNobody: (problem: string) => `The submission's name says whose it is. ${problem}`,

  // Files that are not there, or not as they must be.
  noFile: (file: string) => `The submission must have ${file}, found none`,
  noReadableFile: (file: string) => `The submission must have ${file}, found none that can be read`,
  noArray: (name: string) => `probe.npz must have ${name}, found none`,
  columnsMust: (file: string, names: readonly string[], found: string) =>
    `${file} must have the columns ${names.join(", ")}, found ${found}`,
  twoWholeNumbers: ({ file, line }: FileLine, found: string) =>
    `${file}, line ${line}, must be two whole numbers, index and label, found ${found}`,
  threeWholeNumbers: ({ file, line }: FileLine, found: string) =>
    `${file}, line ${line}, must be three whole numbers, index, predicted and label, found ${found}`,
  indexBelow: ({ file, line }: FileLine, count: number, found: string) =>
    `${file}, line ${line}, must have an index below the number of rows, ${count}, found ${found}`,
  indexTwice: ({ file, line }: FileLine, index: number) =>
    `${file}, line ${line}, must have an index of its own, found ${index} again`,
  trainingIndex: ({ file, line }: FileLine, count: number, found: string) =>
    `${file}, line ${line}, must be the number of a training image, from 0 to ${count - 1}, found ${found}`,
  validationCount: (count: number, found: number) =>
    `validation.csv must list some of the ${count} training images and not all, found ${found}`,
  noWeights: (found: readonly string[]) =>
    `The trained parameters must be W1, B1, W2, B2, ..., found no W1${
      found.length === 0 ? "" : ` but ${found.slice(0, 8).join(", ")}${found.length > 8 ? ", ..." : ""}`
    }`,
  weightMissing: (name: string) => `The trained parameters must be W1, B1, W2, B2, ..., found no ${name}`,
  trainedShape: (name: string, expected: string, found: string) =>
    `The trained ${name} must have the shape ${expected}, found ${found}`,
  trainedFinite: (name: string, found: number) =>
    `The trained network has values that are not finite: ${name} must be finite in float32, found ${found}`,
  trainedFiniteHint:
    "The training has diverged, or a number overflowed: try a smaller learning rate, and see that softmax and the loss stay finite.",
  units: "units",

  // What was read otherwise than it stands there.
  arraysRenamed: (file: string, from: readonly string[], to: readonly string[]) =>
    `${file}: ${some(from)} were read as ${some(to)}.`,
  arraysTransposed: (file: string, names: readonly string[]) =>
    `${file}: ${
      some(names)
    } lie the other way round and were transposed: a layer's weights are (units below, units), a row is a sample.`,
  columnsRenamed: (file: string, from: readonly string[], to: readonly string[]) =>
    `${file}: the columns ${from.join(", ")} were read as ${to.join(", ")}.`,
  separatedBy: (file: string, separator: "tab" | "semicolon") =>
    `${file}: its cells are separated by ${separator}s and were read so.`,
  noHeader: (file: string, names: readonly string[]) =>
    `${file}: it has no header; its columns were read as ${names.join(", ")}.`,
  noIndex: (file: string) =>
    `${file}: it has no index; its rows were read as the test images in their order.`,
  indexFromOne: (file: string) => `${file}: its indices go from 1 and were read as from 0.`,
  epochsFromZero: (file: string) => `${file}: its epochs go from 0 and were read as from 1.`,
  epochZero: (file: string) => `${file}: the row of epoch 0, of before the training, was left out.`,
  reductionRequired: (asked: string, found: string) =>
    `The rubric asks for gradients that are the ${asked} over a batch's rows, so they are checked for that, though manifest.yaml says ${found}.`,
  templateStudent: (name: string) =>
    `manifest.yaml: student is still the template's; by its name the submission was graded as that of ${name}`,
  /** What is said of a notebook that was run. */
  notebook: {
    ran: (file: string) => `The notebook ${file} was run from top to bottom, and what it gives is graded`,
    /** @param cell the last one that was begun */
    ranUpTo: (file: string, cell: number) =>
      `The notebook ${file} was run up to code cell ${cell}, and what it gave until then is graded`,
    others: (files: readonly string[]) => `Only one notebook is run; these were not: ${some(files)}`,
    skipped: (lines: readonly string[], count: number) =>
      `${counted(count, "line is", "lines are")} no Python, or asked for another place, and ${
        count === 1 ? "was" : "were"
      } passed over: ${lines.join(" / ")}`,
    notImported: (imports: readonly string[], count: number) =>
      `${counted(count, "import")} of what is not where notebooks are graded ${
        count === 1 ? "was" : "were"
      } passed over: ${imports.join(" / ")}`,
    broken: ({ cell, status, name = "", message = "", line = null }: BrokenCell) => {
      if (status === "died") return `Code cell ${cell} did not end: Python ended while it ran`;
      const place = line === null ? "" : ` in its line ${line}`;
      if (name === "SystemExit") {
        return `Code cell ${cell} was ended${place} by sys.exit() or raise SystemExit, which ends no more than the cell here`;
      }
      return `Code cell ${cell} failed${place}: ${name}${message === "" ? "" : `: ${message}`}${
        aside(BROKEN_EN[name])
      }`;
    },
    brokenCells: (cells: readonly number[]) =>
      `Code cell${cells.length === 1 ? "" : "s"} ${some(cells.map(String))} of the notebook did not come to ${
        cells.length === 1 ? "its" : "their"
      } end`,
    moreBroken: (count: number) => `${counted(count, "other cell")} failed`,
    outOfTime: (cells: readonly number[]) =>
      `${
        cells.length === 1 ? `Code cell ${cells[0]}` : `Code cells ${some(cells.map(String))}`
      } did not come to an end within the time that a notebook has`,
    unrun: (first: number, last: number, why: "time" | "died") =>
      `${first === last ? `Code cell ${first} was` : `Code cells ${first} to ${last} were`} not run: ${
        why === "time" ? "the time that a notebook has was over" : "Python had ended"
      }`,
    /** A file, or an array of one, that the notebook should have given. */
    notGiven: (what: string, why: string | null) =>
      `The notebook did not give ${what}${why === null ? "" : ` (${why})`}`,
    nothingTaken: (ending: string) => `Nothing could be taken from the notebook: ${ending}`,
    trainedByUs: (epochs: number, late: boolean) =>
      late
        ? `We trained your network for ${
          counted(epochs, "epoch")
        } through its fit(), because no cell came to the end of a training within the time`
        : `We trained your network for ${
          counted(epochs, "epoch")
        } through its fit(), because no cell came to the end of a training`,
    missing: (what: Sought, why: string, line: string | null) =>
      `Not found in the notebook: ${SOUGHT_EN[what]} (${why})${
        line === null ? "" : `. A last cell gives it: import submit, then ${line}`
      }`,
    /** @param others are not graded */
    ofSeveral: (name: string, others: readonly string[]) =>
      `There are several networks in the notebook. By how many training images they classify rightly ${name} was chosen and graded; not graded: ${
        some(others)
      }`,
    severalNetworks: (name: string, others: readonly string[]) =>
      `several networks in the notebook: ${name} was graded, and not ${some(others)}`,
    called: "The notebook calls submit.export() itself, so what that wrote is graded",
    network: (name: string, kind: string | null) =>
      kind === null
        ? "The network was found in functions and variables"
        : `The network was found in ${name}, of the class ${kind}`,
    found: (what: Sought, how: string) => `${SOUGHT_EN[what]} (${how})`,
    allFound: (all: readonly string[]) => `Found: ${all.join("; ")}`,
    kept: (files: readonly string[]) =>
      `The notebook does not give ${some(files)}, so the handed-in ${
        files.length === 1 ? "file is" : "files are"
      } graded`,
    differs: (what: readonly string[]) =>
      `What was handed in beside the notebook is not what the notebook gives: ${some(what)}`,
    activationRecognised: (names: readonly string[]) =>
      `The activation is taken to be ${
        names.join(", ")
      }, with which the network gives what the notebook gives`,
    noNetwork:
      "no network with all its weights and biases was found in the notebook, so that it counts as none handed in: see whether there is one",
    /** For the instructor. */
    settingsUnknown: (names: readonly string[]) =>
      `settings of the training that the notebook does not show: ${
        names.join(", ")
      }; what needs them is not graded`,
    requirementsUnmet: (unmet: readonly string[]) =>
      `Not compared with our own training: the notebook's settings are out of the bounds of this rubric, ${
        listed(unmet)
      }.`,
    place: (name: string, cells: readonly number[]) =>
      `${name}() is defined in code cell${cells.length === 1 ? "" : "s"} ${listed(cells.map(String))}`,
  },

  noManifest: "The submission must have a manifest.yaml, found none",
  wrongTrack: (allowed: readonly string[], found: string) =>
    `manifest.yaml: track must be ${allowed.join(" or ")}, found ${found}`,
  claimedStudent: (student: string) =>
    `manifest.yaml: says student ${student}, who has a submission of their own or is claimed by several`,

  // What a rubric asks of a manifest, and of what was learned.
  layersMust: (layers: number, found: number) =>
    `hidden must have ${counted(layers, "layer")}, found ${found}`,
  mustBeWithin: (key: string, { min, max }: Bounds, found: number) =>
    `${key} must be ${
      min === undefined
        ? `at most ${max}`
        : max === undefined
        ? `at least ${min}`
        : min === max
        ? `${min}`
        : `from ${min} to ${max}`
    }, found ${found}`,
  mustBeOneOf: (key: string, allowed: readonly string[], found: string) =>
    `${key} must be ${allowed.join(" or ")}, found ${found}`,
  requirementsUnmet: (unmet: readonly string[]) =>
    `Not compared with our own training: by this rubric manifest.yaml is out of bounds, ${listed(unmet)}.`,
  requirementsHint: "Train with settings within the bounds, and hand in what comes out.",
  /** How well it does the checks say that have it run, which may be hidden where this is not. */
  notLearned: (least: string) =>
    `The network has not learned: it classifies fewer of the test images rightly than the ${least} % that are asked for. ` +
    "Our own training with the same settings is no measure for it.",
  /** @param cause what lost points and may be why */
  notLearnedHint: (cause: Cause | null) =>
    `See whether the training loss falls from epoch to epoch; if not, look at ${
      cause === null ? "the learning rate and the inputs" : `${CAUSES[cause]}, and at the learning rate`
    }.`,
  firstEpochs: (compared: number, epochs: number) =>
    `Our run makes the first ${compared} of ${epochs} epochs, and those were compared.`,

  // What a student can see before handing in.
  studentMust: "student must be your id in the course, found the template's",
  exportMissing: (name: string) => `src/mod.ts must export ${name}, found none`,
  functionUnwritten: (name: string) => `${name} is not written yet`,
  arrayShape: (name: string, expected: string, found: string) =>
    `${name} must have the shape ${expected}, found ${found}`,
  arrayNotFinite: (name: string) => `${name} has values that are not finite`,
  epochsMust: (epochs: number, found: number) =>
    `history.csv must have the epochs 1 to ${epochs} of the manifest, found ${counted(found, "row")}`,
  trainLossMust: "history.csv must have a finite train_loss for each epoch",
  selfCheckStates: { ok: "ok", missing: "missing", problem: "problem" },
  selfCheckLooks: (checks: readonly string[]) => `looked at by ${checks.join(", ")}`,
  selfCheckRead: (note: string) => `Read as meant: ${note}`,
  selfCheckGood: "Every file is there, readable and of the right shape. Nothing was graded.",
  selfCheckNotebook:
    "The notebook can be read. When it is graded it is run, and what it gives is looked at: nothing else need be handed in. Nothing was run or graded.",
  selfCheckBad: (files: number) =>
    `${counted(files, "file")} to mend before you hand in. Nothing was graded.`,

  // recompute
  noPredictions: (accuracy: string, count: number, reason: string) =>
    `The weights classify ${accuracy} % of ${
      counted(count, "test image")
    } rightly; there are no predictions to compare with: ${reason}.`,
  predictionsCount: (count: number, found: number) =>
    `There must be one prediction for each of ${counted(count, "test image")}, found ${found}.`,
  predictionsAgree: (accuracy: string, count: number, different: number) =>
    `The weights classify ${accuracy} % of ${
      counted(count, "test image")
    } rightly, and give the predictions handed in${
      different === 0 ? "" : ` but for ${counted(different, "image")}`
    }.`,
  predictionsDiffer: (
    { accuracy, count, claimed, different, allowed }: {
      accuracy: string;
      count: number;
      claimed: string;
      different: number;
      allowed: number;
    },
  ) =>
    `The weights classify ${accuracy} % of ${
      counted(count, "test image")
    } rightly, but the predictions handed in are right for ` +
    `${claimed} % and differ in ${counted(different, "image")}, more than ${allowed}.`,
  noValidationLoss: "No validation loss was handed in to compare with theirs, which costs nothing here.",
  lossNotRead: (reason: string) =>
    `Their validation loss was not compared, as history.csv could not be read, which costs nothing here: ${reason}.`,
  lossNotComparable: (reason: string) => `Their validation loss cannot be compared: ${reason}.`,
  lossNotFinite: (found: string) => `history.csv must end with a finite validation loss, found ${found}.`,
  splitUnknown: (test: string, claimed: string, reason: string | null) =>
    `Their loss on the test images is ${test}; history.csv ends with a validation loss of ${claimed}, on images that are not known${
      reason === null ? "" : ` (${reason})`
    }, so that it was not compared.`,
  lossAgrees: (loss: string) => `Their validation loss is ${loss}, as history.csv says.`,
  lossClipped: (claimed: string, loss: string) =>
    `history.csv ends with a validation loss of ${claimed}, which is theirs where the logarithm is kept from 0; where it is not, theirs is ${loss}.`,
  lossDiffers: (loss: string, claimed: string, rtol: string) =>
    `Their validation loss is ${loss}, but history.csv ends with ${claimed}, further off than ${rtol} %.`,
  /** @param titles of mistakes of forward propagation */
  runAsOwn: (titles: string) =>
    `The network was run as your own forward propagation does it, whose mistake is counted there: ${titles}.`,
  recomputeHint:
    "Save weights, predictions and history at the end of the same run, and read the weights back to check.",
  splitHint:
    "If train_test_split had no random_state, write `split: unknown` in manifest.yaml, or list the indices that were set aside in validation.csv: nothing need be trained again.",

  // band
  bandReference: ({ runs, value, deviation }: { runs: number; value: string; deviation: string }) =>
    `our ${
      counted(runs, "run")
    } with the same hyperparameters reach ${value} (standard deviation ${deviation})`,
  bandReferenceShortened: (
    { runs, epochs, value, deviation }: { runs: number; epochs: number; value: string; deviation: string },
  ) =>
    `our ${
      counted(runs, "run")
    } with the same hyperparameters reach ${value} (standard deviation ${deviation}) after ${
      counted(epochs, "epoch")
    }, as many as are compared, below which a longer training should not fall`,
  bandNotFinite: ({ metric, found, reference }: { metric: string; found: number; reference: string }) =>
    `The ${metricEn(metric)} must be a finite number, found ${found}; ${reference}.`,
  bandFound: (
    { metric, found, reference, difference, below, deviations }: {
      metric: string;
      found: string;
      reference: string;
      difference: string;
      below: boolean;
      deviations: string | null;
    },
  ) =>
    `The ${metricEn(metric)} is ${found}; ${reference}: ${difference} ${below ? "below" : "above"}${
      deviations === null ? "" : `, ${deviations} standard deviations`
    }.`,
  /** @param title of the mistake that the predictions handed in show */
  bandOtherInputs: (title: string) => `It is that of inputs as your predictions are made of: ${title}.`,
  /** @param cause what lost points and may be why */
  bandHint: ({ from, to }: { from: string | null; to: string | null }, cause: Cause | null) =>
    `With these hyperparameters a right program nearly always comes out within the band, ${
      from === null ? `at most ${to}` : to === null ? `at least ${from}` : `from ${from} to ${to}`
    }.${cause === null ? "" : ` Look at ${CAUSES[cause]} first.`}`,

  // misclassified
  misclassifiedAll: (expected: number) =>
    expected === 1
      ? "The misclassified image is listed, and no other."
      : `All ${expected} misclassified images are listed, and no others.`,
  misclassifiedFound: (right: number, expected: number, besides: number) =>
    `${right} of ${counted(expected, "misclassified image")} found, ${counted(besides, "other")} besides.`,
  wrongRows: (wrong: number) =>
    `${counted(wrong, "row", "rows")} of misclassified images ${wrong === 1 ? "has" : "have"} a wrong class.`,
  misclassifiedHint: "Compare predictions with labels and list every index at which they differ, once.",
  misclassifiedOfWeights: (different: number) =>
    `The list was compared with what the weights predict, from which predictions.csv differs in ${
      counted(different, "image")
    }.`,
  misclassifiedOfPredictions: (different: number) =>
    `The list was compared with predictions.csv: that it differs from what the weights predict in ${
      counted(different, "image")
    } is counted there.`,
  misclassifiedFromOne: "The indices go from 1 and were read as from 0.",
  misclassifiedOfValidation:
    "The rows are of the validation images, counted from 0 as they were set aside, and were compared with those.",
  misclassifiedOfTraining:
    "The rows are of the validation images, by their numbers among all training images, and were compared with those.",
  misclassifiedOthers: (
    { index, label, right, count }: { index: number; label: number; right: number | null; count: number },
  ) =>
    `misclassified.csv must list test images by their index from 0 to ${
      count - 1
    } with their true labels; found image ${index} with the ` +
    `label ${label}, ${
      right === null ? "and there is no such image" : `where it is ${right}`
    }, and most other rows are not those either.`,
  misclassifiedOthersHint:
    "Write one row for each wrongly classified official test image: its index, the predicted class and the true label.",
};

function metricEn(metric: string): string {
  return metric === "test_accuracy" ? "test accuracy" : "test loss";
}

const aside = (text: string | undefined) => text === undefined ? "" : `. ${text}`;

const PACKAGES_EN =
  "Notebooks are graded where there is Python with NumPy, and of pandas, matplotlib and scikit-learn no more than stands in for what loads, " +
  "splits and draws: what is missing here may be there where you ran it";

/** What is said besides of errors that may come of where notebooks are graded. */
const BROKEN_EN: Readonly<Record<string, string>> = {
  ImportError: PACKAGES_EN,
  ModuleNotFoundError: PACKAGES_EN,
  FileNotFoundError:
    "Of files there are only those that the notebook itself writes: MNIST is there through fetch_openml of scikit-learn, and the loaders of Keras and torchvision",
};

/** The first few of many names. */
function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(", ")}, ...` : listed(names);
}

/** What submit.py looks for in a notebook. */
export const SOUGHT_EN = {
  parameters: "weights and biases",
  init: "weights before the training",
  predictions: "predictions of the test images",
  forward: "forward propagation",
  large: "probabilities of large logits",
  loss: "loss function",
  step: "one update, and the gradients",
  history: "losses by epoch",
  val_history: "validation losses by epoch",
  manifest: "settings of the training",
  consistent: "saved weights and predictions",
  student: "your id in the course",
};

export type Sought = keyof typeof SOUGHT_EN;

/** A cell that did not come to its end. */
export interface BrokenCell {
  /** Among the cells of code, from 1. */
  readonly cell: number;
  /** `unrun`: it was not begun. */
  readonly status: "error" | "budget" | "died" | "unrun";
  /** Of the error. */
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  readonly line?: number | null | undefined;
}
