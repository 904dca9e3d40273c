import type { Language } from "../../text/language.ts";
import { formatCount, formatCounted } from "../../text/numbers.ts";

export type Messages = typeof en;

export const en = {
  language: "en" as Language,
  /** Between the items of a list within a sentence. */
  comma: ", ",
  /** Between two sentences. */
  space: " ",
  colon: ": ",

  none: "none",
  status: { ok: "ok", diverged: "diverged", failed: "failed" },
  statuses: (count: number, status: string) => `${formatCount(count)} ${status}`,
  trial: (trial: number) => `trial ${trial}`,
  run: (trial: number, seed: number) => `trial ${trial}, seed ${seed}`,
  trials: (count: number) => formatCounted(count, "trial"),
  runs: (count: number) => formatCounted(count, "run"),
  epoch: "epoch",
  seed: "seed",

  answer: {
    heading: "The answer",
    semicolon: "; ",
    testAccuracy: "of the test images are classified right",
    best: (trial: number, described: string) => `Best trial: ${trial}${described && ` (${described})`}`,
    only: (trial: number, described: string) => `Trial ${trial}${described && ` (${described})`}`,
    none: "There is no best trial: no run ended ok with a value of the metric.",
    images: (right: number, all: number, low: string, high: string) =>
      `${formatCount(right)} of ${formatCount(all)} test images; ` +
      `95% interval ${low} to ${high}, from the number of images`,
    seeds: (count: number) => `mean over ${formatCounted(count, "seed")}`,
    overSeeds: (count: number, low: string, high: string) =>
      `mean over ${formatCounted(count, "seed")}; ` +
      `95% interval of the mean ${low} to ${high}, from the spread over seeds`,
    bestSeed: (seed: number, percent: string) => `its best run, seed ${seed}: ${percent}`,
    counts: (trials: string, runs: string, statuses: string) => `${trials}, ${runs}: ${statuses}.`,
    idle: (runs: number) =>
      `**${
        formatCounted(runs, "run")
      } learned nothing**: not better on the test images than always guessing the largest class ` +
      "(exact binomial test, 1%).",
    ranked: (metric: string, goal: "maximize" | "minimize", overSeeds: boolean) =>
      `Trials are ranked by ${overSeeds ? "mean " : ""}${metric}${overSeeds ? " over seeds" : ""}, ${
        goal === "maximize" ? "highest" : "lowest"
      } first`,
    honest: "; the test set had no part in the choice.",
    dishonest: ". **The test set made the choice**, so the best trial's test figures flatter it.",
    after: "after its last epoch",
    figures: "Loss and accuracy of the best trial after its last epoch",
    published: (dataset: string) => `Test error on ${dataset} beside published results of such networks`,
    network: "network",
    testError: "test error",
    here: "this experiment's best trial",
    source: (source: string) => `Published: ${source}`,
    linear: "linear classifier",
  },

  table: {
    heading: "Trials",
    caption: "Trials, best first",
    rank: "#",
    trial: "trial",
    runs: "runs",
    draw: "draw",
    meanNote:
      "Each metric is the mean over the trial's ok runs; ± is the standard deviation over seeds, in points.",
    cut: (shown: number, all: number) =>
      `The first ${formatCount(shown)} of ${formatCounted(all, "trial")} by rank`,
    cutBroken: (shown: number, all: number) =>
      `and ${formatCount(shown)} of the ${formatCount(all)} with a diverged or failed run`,
    cutFile: (link: string) => `${link} has all.`,
    select: (trial: number) => `draw trial ${trial} in the charts`,
    selectNote: (most: number) =>
      `Tick up to ${most} trials to draw them in colour in every chart below; the others stay grey.`,
    selected: (trials: string) => `Drawn: ${trials}.`,
    selectedNone: "No trial is drawn.",
    full: (most: number) => `Only ${most} trials have a colour at a time; untick one first.`,
    unfinished: "Runs that diverged, failed or learned nothing",
    divergedRuns: "Diverged (the loss was no longer a finite number)",
    failedRuns: "Failed",
    idleRuns: "Learned nothing (not better on the test images than always guessing the largest class)",
    more: (count: number) => `and ${formatCount(count)} more`,
    brokenNote: "Trials with a run that diverged or failed come after all others.",
  },

  conclusions: {
    heading: "What can be concluded",
    column: (accuracy: boolean) => `against the best, 95% interval${accuracy ? ", in points" : ""}`,
    best: "best",
    interval: (low: string, high: string) => `${low} to ${high}`,
    notDistinguishable: "not distinguishable from the best",
    isWorse: "worse",
    stopped: "stopped early",
    alike: (count: number, trials: string) =>
      `${formatCounted(count, "trial")} ${count === 1 ? "is" : "are"} not distinguishable from the best: ` +
      `the 95% interval of the difference, paired over seeds, holds zero (${trials}).`,
    worse: (count: number, all: boolean) =>
      `${all ? `All ${formatCount(count)} other trials` : formatCounted(count, "trial")} ` +
      `${count === 1 && !all ? "is" : "are"} worse than the best beyond chance.`,
    eliminated: (count: number) =>
      `Halving stopped ${formatCounted(count, "trial")} before the last rung; ` +
      "they come after those that got further.",
    fewImages: (images: number, points: string) =>
      `Only ${
        formatCounted(images, "image")
      } validated: two accuracies that are less than ${points} points ` +
      "apart may be so by chance, so small differences mean nothing. " +
      "More images (preprocess.limit, preprocess.validation) tell trials apart.",
    singleSeed: "There is one seed only, so nobody can tell a difference between trials from chance: " +
      "add seeds, as `seeds: {count: 5}`.",
    edge: (name: string, value: string, end: "lowest" | "highest", values: number) =>
      `${name} ${value}, the ${end} of ${values}`,
    edges: (list: string) =>
      `The best trial lies at the edge of what was tried (${list}): better values may lie beyond.`,
    seedSpread: (seeds: string, trials: string) =>
      `Seeds differ more (standard deviation ${seeds}) than trials do (${trials}): the sweep hardly matters, or needs more seeds.`,
    testMetric: (metric: string) =>
      `Trials were chosen by ${metric}, which should only judge the choice: the best trial's is too good to be true.`,
  },

  curves: {
    heading: "Learning curves",
    train_loss: "Training loss",
    val_loss: "Validation loss",
    val_accuracy: "Validation accuracy",
    loss: "Loss",
    log: " (log scale)",
    alt: "Training and validation loss by epoch",
    colours: "The thick line is the best trial, the other colours are the next best, grey is the rest.",
    coloursPage: "Coloured lines are the ticked trials, grey ones the rest.",
    bands: "A line is the mean over the seeds, its band goes from the lowest to the highest seed.",
    crosses: "A cross marks the epoch at which a run's loss was no longer finite.",
    beyond: (count: number, page: boolean) =>
      `${formatCounted(count, "trial")} ${count === 1 ? "has" : "have"} losses of more than ten times ` +
      `the best trial's, above the frame${page ? ": zoom out to see them" : ""}.`,
    note:
      "Training loss is averaged over an epoch's batches while the weights change; validation loss is taken after it.",
    otherTrials: (drawn: number, all: number) =>
      drawn < all
        ? `${formatCount(drawn)} of ${formatCount(all)} other trials`
        : formatCounted(all, "other trial"),
    sampled: (drawn: number, all: number) =>
      `${formatCount(drawn)} of the ${formatCount(all)} trials are drawn, evenly spaced by rank.`,
    epochsSampled: (drawn: number, all: number) =>
      `${formatCount(drawn)} of ${formatCount(all)} epochs are drawn, ` +
      "evenly spaced, with the first and the last.",
    diverged: "\u2715 a run diverged",
  },

  effects: {
    heading: "Effect of each parameter",
    alt: (metric: string, names: string) => `${metric} by ${names}`,
    note: (metric: string) =>
      `A point is a trial's ${metric}, the black line or stroke the mean of all trials with that value.`,
    sampled: (drawn: number, all: number) =>
      `${formatCount(drawn)} of the ${formatCount(all)} trials are points, ` +
      "evenly spaced by rank; the means are over all.",
    missing: (count: number) =>
      `${formatCounted(count, "trial")} without a value (no run ended ok) ` +
      `${count === 1 ? "is" : "are"} a cross at the lower edge.`,
    mean: "mean",
    pairHeading: (a: string, b: string) => `${a} and ${b} together`,
    pairNote: (metric: string) => `Each cell is the mean ${metric} of the trials with these two values.`,
    parallelHeading: "All parameters together",
    parallelNote: (metric: string) =>
      `Each line is a trial: it crosses every axis at its value and ends at its ${metric}. Dashed: a run diverged or failed.`,
    tableHeading: "Share of the variance that each parameter explains",
    parameter: "parameter",
    share: "share of variance",
    shareNote: (runs: number) =>
      `Shares are of the variance over ${formatCounted(runs, "run")} that each parameter explains by itself.`,
    smallPairs: (count: number) =>
      `${formatCounted(count, "pair")} of parameters that together explain less than 0.5% more ` +
      `${count === 1 ? "is" : "are"} left out.`,
    overlapping: "Not every combination was run alike, so shares overlap and do not add up.",
    together: (a: string, b: string) => `${a} and ${b} together`,
    rest: "three or more together",
    seeds: "seeds",
    afterEpoch: (metric: string, epoch: number) => `${metric} after epoch ${epoch}`,
    alikeNote: (epoch: number) =>
      `Halving trained trials for different numbers of epochs: they are compared after epoch ${epoch}, which all have.`,
    value: "value",
    runs: "runs",
    meanOf: (metric: string) => `mean ${metric}`,
  },

  bestRun: {
    heading: (trial: number, seed: number) => `Best run: trial ${trial}, seed ${seed}`,
    wrong: (wrong: number, all: number, percent: string) =>
      `Of ${formatCounted(all, "test image")}, ${formatCount(wrong)} (${percent}) ` +
      `${wrong === 1 ? "is" : "are"} misclassified.`,
  },
  errors: {
    heading: "Errors",
    choose: "Trial",
    open: "Choose a cell of the matrix, by a click or by the arrow keys and Enter, to see its images.",
    which: (inspected: number, examined: number, all: number) =>
      `A trial is looked at by its best run: ${
        examined < all
          ? `the ten best and, evenly spaced by rank, ${formatCount(examined - 10)} of the ${
            formatCount(all - 10)
          } others`
          : `all ${formatCount(all)}`
      }. There are images of ${
        inspected === examined ? "each" : inspected === 10 ? "the ten best" : `${inspected} of the ten best`
      }.`,
    bound: (best: number, other: number, most: number) =>
      `Of a cell the page holds up to ${best} images${
        best === other ? "" : ` (of trials other than the best up to ${other})`
      }: the most confident mistakes, or the least confident right answers. ` +
      `Besides, it holds up to ${most} of the most confident mistakes of all cells.`,
    noneInspected: "There are no images here: the results folder holds no inspection.npz of these runs.",
    noPredictions: (trial: string) =>
      `There are no predictions of ${trial}: its run diverged or failed, or the file is not in the results folder.`,
  },
  confusion: {
    heading: "Confusion matrix",
    caption: "Test images by true class (rows) and predicted class (columns)",
    note:
      "A row is a true class, a column what the images were predicted as: the count, and below it its share of the row.",
    noteCounts: "A row is a true class, a column what the images were predicted as.",
    alt: "Confusion matrix: counts and rates by true and predicted class",
    corner: "true \\ predicted",
    cornerShort: "↓ true",
    cell: (label: number, predicted: number) =>
      `${label === predicted ? `${label} predicted right` : `${label} taken for ${predicted}`}: `,
    true: "true class",
    predicted: "predicted class",
    counts: "Counts as a table",
    worst: (pairs: string) => `Most frequent confusions: ${pairs}.`,
    pair: (label: string, predicted: string, count: number) =>
      `${label} taken for ${predicted} (${formatCount(count)})`,
  },
  classes: {
    heading: "Precision and recall of each class",
    caption: "Scores of each class on the test images",
    bars: (from: string) => `Bars start at ${from}.`,
    class: "class",
    images: "images",
    precision: "precision",
    recall: "recall",
    f1: "F1",
    mean: "mean",
    undefinedNote:
      "A class that was never predicted has precision 0, one without images recall 0 (0/0 counts as 0).",
  },
  mistakes: {
    heading: "Misclassified images",
    none: (source: string) => `None. Every prediction is in ${source}.`,
    note: (shown: number, all: number) =>
      (shown < all
        ? `The ${formatCount(shown)} most confident errors of ${formatCount(all)}, surest first.`
        : `All ${formatCount(all)}, the surest errors first.`) + " Above each image: predicted / true.",
    alt: (shown: number) => `${formatCount(shown)} misclassified test images, titled predicted / true`,
    describe: (index: number, label: string, predicted: string) =>
      `Test image ${formatCount(index)}: ${label} taken for ${predicted}`,
    describeRight: (index: number, label: number) =>
      `Test image ${formatCount(index)}: ${label} predicted right`,
    probabilities: (shares: string) => `. Probabilities: ${shares}`,
    most: "Most confident mistakes",
    taken: (label: number, predicted: number) => `${label} taken for ${predicted}`,
    right: (label: number) => `${label} predicted right`,
    back: "Back to all mistakes",
    shown: (shown: number, all: number, kind: "right" | "wrong") =>
      shown === all
        ? `${formatCounted(all, "image")}, the ${kind === "right" ? "least" : "most"} confident first.`
        : `The ${formatCount(shown)} ${kind === "right" ? "least" : "most"} confident of ${
          formatCounted(all, "image")
        }.`,
    noneAtAll: "No test image is misclassified.",
    noneHere: "No test image is here.",
    noneHeld: (all: number) => `${formatCounted(all, "image")}. The results folder has none of them.`,
    notHeld: (all: number) =>
      `${formatCounted(all, "image")}. This page holds the images of the ten best trials only.`,
    closeup: (index: number, label: number, predicted: number) =>
      label === predicted
        ? `Test image ${formatCount(index)}: ${label}`
        : `Test image ${formatCount(index)}: ${label} taken for ${predicted}`,
    predicted: "predicted",
    true: "true",
    reading:
      "Below each image: predicted / true, the probability of the prediction, and a bar for each class from 0.",
    rounded: "Probabilities are rounded to 0.1%.",
    confidence: "confidence",
    trueConfidence: "probability of the true class",
    below: "Below it: the probability that the network gave its wrong answer.",
    listed: "The same as a table",
    index: "test image",
    source: (source: string) => `Every prediction is in ${source}.`,
    indices: (shown: number, all: number) =>
      "Indices in the test set, counted from 0, with (true→predicted); " +
      `${shown < all ? `the first ${shown} of ${formatCount(all)}` : "all"}:`,
  },
  filters: {
    heading: "First-layer weights",
    note: (shown: number, all: number) =>
      (shown < all
        ? `The ${formatCount(shown)} hidden units of ${formatCount(all)} with the largest weights`
        : `All ${formatCount(all)} hidden units`) + ", an image each.",
    noteClasses: "There is no hidden layer: an image is what speaks for a class.",
    labels: (hidden: boolean) =>
      `Below each: the ${
        hidden ? "unit" : "class"
      } and the norm of its weights (the root of the sum of their squares).`,
    unit: (unit: number) => `unit ${unit}`,
    class: (label: number) => `class ${label}`,
    norm: (norm: string) => `norm ${norm}`,
    notHeld:
      "The page holds the weights of the ten best trials' best runs, as far as the results folder has them.",
    scale: (limit: string) =>
      `Orange is positive, blue negative; white is 0, full colour ${limit} and beyond.`,
    untouched: "Noise along the edge is how training began: pixels that are 0 in every image move no weight.",
    alt: (shown: number) => `Weights of ${formatCount(shown)} units of the first layer as images`,
  },
  diagnostics: {
    heading: "Activations and gradients by layer",
    layers: "Layers",
    note:
      "What flows through each layer, on the same 64 images (of validation) after every epoch; epoch 0 is before training.",
    figureNote:
      "Lines are medians of the magnitudes, bands their middle half; what is 0 lies at the lower edge.",
    histogramNote:
      "Each column is a histogram of the magnitudes over octaves (from one power of two to the next): the darker, the more of them. " +
      "The line is the median; the axis fits the chosen trial, and what is 0 has a strip below it.",
    quantileNote:
      "These results have quantiles and no histograms: the line is the median of the magnitudes, the bands hold their middle half " +
      "and 90%; the axis fits the chosen trial.",
    epochsSampled: (drawn: number, all: number) =>
      `${formatCount(drawn)} of ${
        formatCount(all)
      } probes are drawn, evenly spaced, with the first and the last.`,
    none: (trial: string) => `There are no activations and gradients of ${trial} in the results folder.`,
    median: "median",
    inRange: (range: string, share: string) => `${range}, ${share} of the magnitudes`,
    zeros: (share: string) => `${share} are 0`,
    unitCount: (units: number) => formatCounted(units, "unit"),
    linesHeading: "Spread and saturation by epoch",
    lines: {
      activation: "Standard deviation of activations",
      gradient: "Standard deviation of gradients",
      saturated: "Saturated share of activations",
    },
    lastEpoch: (epoch: number) => `Each layer after epoch ${epoch}`,
    reading:
      "Where the initial weights are too small, activations shrink from layer to layer, the gradients that come back are smaller " +
      "still, and the loss stays at ln 10 = 2.30, that of a guess among ten classes.",
    activation: "Activations, magnitude",
    gradient: "Gradients, magnitude",
    gradientNote:
      "A gradient is the derivative of one image's loss by what enters a unit's activation function.",
    alt: (run: string) => `Activations and gradients by layer and epoch: ${run}`,
    altShort: "Activations and gradients by layer and epoch",
    hidden: (layer: number) => `hidden ${layer}`,
    output: "output",
    choose: "Trial",
    layer: "layer",
    units: "units",
    mean: "activation mean",
    std: "activation std",
    saturated: "saturated",
    gradientStd: "gradient std",
    saturatedNote:
      "Saturated: the share of activations whose derivative is less than a twentieth of its largest value (with relu: those that are 0).",
    best: (run: string) => `best: ${run}`,
    last: (run: string) => `last in rank: ${run}`,
  },

  how: {
    heading: "How it was run",
    again: "One command gives all of it again:",
    weightsOf: (run: string) => `SHA-256 of the weights of ${run}`,
    weights: (run: string, sha256: string) => `The weights of ${run}, must then have SHA-256 ${sha256}.`,
    madeWith: "Made with",
    seeds: "Seeds",
    data: "SHA-256 of the data",
    time: "Time",
    timeText: (training: string, runs: number, rest: string, rate: string) =>
      `${training} of training over ${formatCounted(runs, "run")}${rest}; ${rate} images/s a worker`,
    timeEvaluate: (seconds: string) => ` and ${seconds} of evaluation`,
    timeNone: "not measured: every run was in the store already",
    config: "The experiment, every default written out",
    sources: "Where the numbers come from",
    files: {
      "results.csv": "every run, its hyperparameters and metrics, in full precision",
      "history.csv": "losses and validation accuracy of every run after each epoch",
      "runs/": "a run's weights, predictions on the test set, activations and gradients",
      "manifest.json": "the config, the data's and these files' SHA-256, versions",
      "timings.csv": "seconds and images a second of each step",
    },
    definitions:
      "Loss is the mean cross-entropy (natural logarithm), accuracy the share of images predicted right.",
  },

  page: {
    skip: "Skip to the answer",
    contents: "Contents",
    logLoss: "Log loss",
    logEpoch: "Log epochs",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    reset: "Reset",
    controls: "Chart controls",
    hint: "Drag to move, Ctrl + wheel to zoom, click a line to tick its trial.",
    noScript: "The charts need JavaScript; report.md and its figures show the same without.",
  },
};
