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
  status: { ok: "ok", diverged: "diverged", failed: "failed", running: "under way" },
  statuses: (count: number, status: string) => `${formatCount(count)} ${status}`,
  trial: (trial: number) => `trial ${trial}`,
  run: (trial: number, seed: number) => `trial ${trial}, seed ${seed}`,
  /** Where there is one trial, its runs have no number. */
  thisRun: "this run",
  theseRuns: (count: number) => `these ${formatCount(count)} runs`,
  seedRun: (seed: number) => `seed ${seed}`,
  trials: (count: number) => formatCounted(count, "trial"),
  runs: (count: number) => formatCounted(count, "run"),
  epoch: "epoch",
  seed: "seed",

  answer: {
    heading: "The answer",
    semicolon: "; ",
    testAccuracy: "of the test images are classified right",
    /** Below the large number. */
    lead: "of the test images are classified right",
    best: (trial: number, described: string) => `Best trial: ${trial}${described && ` (${described})`}`,
    only: (runs: number) => runs === 1 ? "This run" : `These ${formatCount(runs)} runs`,
    none: "There is no best trial: no run ended ok with a value of the metric.",
    notYet: "No run has ended ok yet: the answer comes with the first that does.",
    noneOfOne: "There is no result: no run ended ok with a value of the metric.",
    images: (right: number, all: number) => `${formatCount(right)} of ${formatCount(all)} test images`,
    overImages: (low: string, high: string) => `95% interval ${low} to ${high}, from the number of images`,
    sameTest:
      "no test points were given: these are the points that it learned from, and estimate nothing of new ones",
    seeds: (count: number) => `mean over ${formatCounted(count, "seed")}`,
    overSeeds: (count: number, low: string, high: string) =>
      `mean over ${formatCounted(count, "seed")}; ` +
      `95% interval of the mean for other seeds on the same test images ${low} to ${high}`,
    bestSeed: (seed: number, metric: string, percent: string) =>
      `the run with the best ${metric}, seed ${seed}: ${percent}`,
    counts: (counted: string, statuses: string) => `${counted}: ${statuses}.`,
    idle: (runs: number) =>
      `**${
        formatCounted(runs, "run")
      } learned nothing that the test images can show**: not better on them beyond chance than always guessing the largest class ` +
      "(exact binomial test, 1%).",
    idleAmong: (runs: number) => ` (${formatCount(runs)} learned nothing)`,
    ranked: (metric: string, goal: "maximize" | "minimize", overSeeds: boolean) =>
      `Trials are ranked by ${overSeeds ? "mean " : ""}${metric}${overSeeds ? " over seeds" : ""}, ${
        goal === "maximize" ? "highest" : "lowest"
      } first`,
    /** Where there is nothing to say of the test set's part in that. */
    end: ".",
    honest: "; the test set had no part in the choice.",
    dishonest: ". **The test set made the choice**, so the best trial's test figures flatter it.",
    after: "after its last epoch",
    figures: "After the last epoch",
    /** The same where weights of another epoch than the last may be kept. */
    kept: "with the weights that early stopping kept",
    keptFigures: "With the weights that early stopping kept",
    chart: (of: string, validated: boolean) =>
      `Loss${validated ? " and validation accuracy" : ""} by epoch: ${of}`,
    bestTrial: (trial: string) => `the best, ${trial}`,
    meanEpoch: "mean over the epoch",
    afterEpoch: "after the epoch",
    numbers: "The same as a table",
    chooseEpoch: "Epoch to read off; arrow keys move",
    bands: (seeds: number) => `Lines: means over ${formatCount(seeds)} seeds; bands: lowest to highest seed.`,
    published: (dataset: string) => `Test error on ${dataset} beside published results of such networks`,
    network: "network",
    testError: "test error",
    here: "this experiment's best trial",
    hereOne: "this experiment",
    source: (source: string) => `Published: ${source}`,
    linear: "linear classifier",
    ranking: "How it was chosen",
  },

  setup: {
    heading: "What was run",
    data: "Data",
    ownData: "own image files",
    ownPoints: "own points",
    inputs: "points in a plane: inputs x and y",
    drawn: (noise: number, seed: number) => `noise ${noise}, seed ${seed}`,
    sameTest: "the test points are those that were learned",
    parts: { train: "training", validation: "validation", test: "test" },
    imagesOf: (part: string, count: number) => `${part} ${formatCount(count)}`,
    imageSize: (rows: number, columns: number) => `grey images of ${rows} × ${columns} pixels`,
    ownRows: "own rows of numbers",
    rowInputs: (count: number) => `rows of ${formatCounted(count, "input")}`,
    pixels: (count: number) => `images of ${formatCount(count)} pixels`,
    classes: (count: number) => `${formatCount(count)} classes`,
    limited: (used: number, all: number) =>
      `training and validation: the first ${formatCount(used)} of ${formatCount(all)} images`,
    noValidation: "no images set aside for validation",
    network: "Network",
    softmax: "softmax",
    parameters: (count: number) => `${formatCount(count)} weights and biases`,
    input: "input",
    output: "output",
    hidden: "hidden",
    logistic: "No hidden layer: logistic (softmax) regression",
    networkAlt: (inputs: string, hidden: string, outputs: string, parameters: string) =>
      `${inputs} inputs, ${hidden}, ${outputs} outputs with softmax${parameters && `; ${parameters}`}`,
    hiddenAlt: (sizes: string, activation: string) => `hidden layers of ${sizes} units with ${activation}`,
    noHiddenAlt: "no hidden layer",
    unknown: "unknown",
    settings: "Settings",
    settingsBest: "Settings of the best trial",
    setting: "setting",
    value: "value",
    /** Beside a setting that the sweep gave so many values. */
    swept: (values: number) => `swept: ${formatCount(values)}`,
    varies: "differs by trial",
    seeds: "seeds",
    seedsOf: "seeds of split, weights, order",
    seedsOfNoise: "seeds of split, weights, order, noise",
    ended: "end of the training",
    stoppedAfter: (epoch: number) => `stopped after epoch ${formatCount(epoch)}`,
    notStopped: "ran to the last epoch",
    keptEpoch: (epoch: number) => `weights of epoch ${formatCount(epoch)} kept`,
    perSeed: "follow from each seed",
  },

  verdicts: {
    heading: "Did it learn, has it converged, is it overfitting?",
    rule: "Rule",
    /** What is said of the numbers of several seeds. */
    means: (runs: number) => ` (mean over ${formatCounted(runs, "seed")})`,
    learned: {
      yes: "It learned",
      yesText: (right: string, guessed: string) =>
        `${right} on the test images beats always guessing the largest class (${guessed}) beyond chance.`,
      allText: (runs: number, guessed: string) =>
        `on the test images each of the ${formatCount(runs)} seeds beats always guessing the largest class ` +
        `(${guessed}) beyond chance.`,
      no: "It learned nothing that its test images can show",
      noText: (right: string, guessed: string) =>
        `${right} does not beat always guessing the largest class (${guessed}) beyond chance (exact binomial test, 1%).`,
      noneText: (runs: number, guessed: string) =>
        `none of the ${formatCount(runs)} seeds beats always guessing the largest class ` +
        `(${guessed}) beyond chance (exact binomial test, 1%).`,
      some: "Not every seed learned what its test images can show",
      someText: (idle: number, runs: number, guessed: string) =>
        `${formatCount(idle)} of ${formatCounted(runs, "seed")} ${idle === 1 ? "does" : "do"} not beat ` +
        `always guessing the largest class (${guessed}) beyond chance (exact binomial test, 1%).`,
      unknown: "Did it learn?",
      unknownText:
        "Nobody can tell here: the predictions on the test images are not there, or too few to tell learning from chance.",
      notYetText: "This is told when the sweep has ended, by the predictions on the test images.",
    },
    metric: { train_loss: "training loss", val_loss: "validation loss" },
    converged: {
      few: "Has it converged?",
      fewText: (epochs: number, needed: number) =>
        `Too few epochs to tell: ${formatCount(epochs)}, and a trend takes ${needed} or more.`,
      falling: "It has not converged",
      fallingText: (metric: string, change: string, since: number, last: number) =>
        `${metric} is still falling, by ${change} from epoch ${since} to ${last}: more epochs may help.`,
      /** Of one that early stopping ended: more epochs would change nothing. */
      fallingStoppedText: (metric: string, change: string, since: number, last: number) =>
        `${metric} was still falling, by ${change} from epoch ${since} to ${last}, when early stopping ended the training: ` +
        "more patience may help.",
      flat: "It has converged",
      flatText: (metric: string, since: number, change: string) =>
        `${metric} has been flat since epoch ${since} (less than ${change} of change): more epochs of the same promise little.`,
      slow: "It hardly moves",
      slowText: (metric: string, since: number, last: number, flat: string, part: string) =>
        `${metric} is still falling from epoch ${since} to ${last}. That is less than ${flat}, but ${part} of all that it has come ` +
        "down since the first epoch, so it has not converged: the learning rate may be too small.",
      stillText: (metric: string, fall: string, validated: boolean) =>
        `${metric} is flat, but ${
          validated ? "neither training loss nor validation loss is" : "not"
        } ${fall} below that of the first epoch: nobody can tell ` +
        "by that whether training was done within that epoch or, as with a learning rate that is too small, has not really begun.",
      plateau: "It may be stuck",
      plateauText: (metric: string, since: number) =>
        `${metric} has been flat since epoch ${since}, but the test images do not show that anything was learned: ` +
        "it may be a plateau and no solution.",
      turned: "It has not settled",
      turnedText: (metric: string, lowest: number, rise: string, last: number) =>
        `${metric} was lowest after epoch ${lowest}, and after epoch ${last} it is ${rise} above that.`,
      rising: "It has passed its lowest loss",
      risingText: (metric: string, change: string, since: number, last: number) =>
        `${metric} rises, by ${change} from epoch ${since} to ${last}: more epochs of the same promise nothing.`,
      /** Of a small change, but not flat. */
      strayText: (metric: string, since: number, last: number, flat: string) =>
        `from epoch ${since} to ${last} ${metric} does not keep within ${flat} of its median.`,
      unsettled: "It has not settled",
      unsettledText: (metric: string, since: number, last: number) =>
        `${metric} goes up and down from epoch ${since} to ${last} with no trend beyond chance.`,
      /** Of a trial whose runs early stopping ended after different epochs. */
      shared: (last: number) =>
        `Judged up to epoch ${last}, the last that all its runs have: some of them went on.`,
    },
    overfitting: {
      unvalidated: "Is it overfitting?",
      unvalidatedText: "Nobody can tell: no images validate, or their loss is not there for every epoch.",
      few: "Is it overfitting?",
      fewText: (epochs: number, needed: number) =>
        `Too few epochs to tell: ${formatCount(epochs)}, and the rule takes ${needed} or more.`,
      overfitting: "It is overfitting",
      overfittingText: (epoch: number, rise: string, low: string, high: string) =>
        `validation loss was lowest after epoch ${epoch} and has since risen by ${rise} (${low} to ${high}), ` +
        "while training loss went on falling.",
      unstable: "It is unstable",
      unstableText: (epoch: number, rise: string, low: string, high: string) =>
        `validation loss was lowest after epoch ${epoch} and has since risen by ${rise} (${low} to ${high}), ` +
        "but training loss has not fallen either: no overfitting, rather steps that are too large.",
      none: "No sign of overfitting",
      /** As the next ones, of the last epoch that all runs have, where some went on. */
      lowestLastText: (end: number | null) =>
        `validation loss is lowest after ${
          end === null ? "the last epoch" : `epoch ${end}, the last that all its runs have`
        }.`,
      lowestText: (epoch: number, rise: string, end: number | null) =>
        `validation loss was lowest after epoch ${epoch} and is ${rise} above that ${
          end === null ? "at the end" : `after epoch ${end}, the last that all its runs have`
        }, `,
      /** What that lacks to count as a rise. */
      lacksRise: (rise: string) => `which is not more than the ${rise} of the rule.`,
      lacksWobbles: (times: number) =>
        `but not by more than ${times} times its ups and downs from epoch to epoch.`,
      lacksEpochs: (last: number) => `but not so in each of the last ${last} epochs.`,
      notYet: "Not overfitting by the rule",
      wide: "Not overfitting yet, but the gap is wide",
      nothing:
        "The test images do not show that it learned, and its training loss has hardly fallen either: there is nothing that it could have overfitted.",
      accuracy: (then: string, now: string) => `Validation accuracy went from ${then} to ${now} meanwhile.`,
      gap: (validation: string, train: string, gap: string, means: string, end: number | null) =>
        `${
          end === null ? "At the end" : `After epoch ${end}`
        } validation loss is ${validation}, training loss ${train}${means}: a gap of ${gap}.`,
      /** Of a negative gap: what makes it so. */
      below:
        "Below: that training loss is averaged over the epoch while the weights still improve may explain it.",
      belowNoise: "Below, as training loss was measured with dropout or noise, and validation loss without.",
      belowOther:
        "Below, by more than training loss falls in an epoch, over which it is averaged: that alone does not explain it. " +
        "The images that validate may be easier ones, by chance too.",
    },
  },

  rules: {
    heading: "Rules of the verdicts",
    intro:
      "The sentences at the top follow from these rules, not from anybody's impression. Over several seeds they go by the means " +
      "of the runs that ended ok.",
    chosen: "The trial was chosen by its last epoch, which flatters that epoch a little.",
    chosenKept:
      "Early stopping chose the epoch whose weights are kept, and the trial was chosen by that epoch, which flatters it a little.",
    learned: "Learned",
    learnedText:
      "A run learned if it gets more test images right than always guessing the largest class of the test images does, by the " +
      "exact binomial test of one side at 1%. That is far from learning well; and of few test images a run that learned may not pass. " +
      "A run that does not pass is marked as “learned nothing”: that is all that the test images show, and no proof that it has not learned.",
    converged: "Converged",
    convergedText: (
      { epochs, least, most, flat, ongoing, fall, rise }:
        & Record<"epochs" | "least" | "most", number>
        & Record<"flat" | "ongoing" | "fall" | "rise", string>,
    ) =>
      `Of ${epochs} epochs or more the last third is looked at, at least ${least} (beyond ${most}, as many of them evenly spaced): ` +
      "their validation loss, or training loss where nothing validates. Its change is Sen's slope (the median slope over all pairs " +
      `of epochs) times the length, as a share of its median. Less than ${flat} is flat where all these losses are within ${flat} of that ` +
      `median, since the first epoch from which on they are; otherwise it has not settled. ` +
      `A larger change counts as falling or rising if Mann and Kendall's test of trend (two-sided, 10%) ` +
      `says that it is no chance; otherwise it has not settled, nor has one that fell but ends more than ${rise} above its lowest. ` +
      `What changes by less than ${flat} hardly moves, and has not converged, where by that test it falls, by ${ongoing} or more of all ` +
      `that it has come down since the first epoch; and what is flat is not judged where neither loss is ${fall} below that of the first epoch. Neighbouring epochs are not independent, so this is a rule and not a proof.`,
    overfitting: "Overfitting",
    overfittingText: (
      { last, rise, wobbles, epochs, wide, fall }:
        & Record<"last" | "wobbles" | "epochs" | "wide", number>
        & Record<"rise" | "fall", string>,
    ) =>
      `Of ${epochs} epochs or more: the last ${last} validation losses all lie above the lowest one by more than ${rise} and by more than ` +
      `${wobbles} times the loss's ups and downs (the median size of its second differences, over 1.652), and training loss is lower at the ` +
      "end than it was there. If training loss is not lower, it is called unstable. A gap alone is no overfitting by this rule; " +
      `it is called wide where validation loss at the end is ${wide} times training loss or more. Where the test images do not show that anything was learned and ` +
      `training loss is not ${fall} below that of the first epoch, there is nothing to judge.`,
    gapText:
      "Training loss is the mean over an epoch's batches while the weights still change, validation loss is taken after the epoch. So " +
      "validation loss may lie below training loss while both fall fast, and the gap at the end is rather understated.",
    compared: "Worse, better, uncertain, not distinguishable",
    comparedText: (trials: number, pairs: number) =>
      "A trial is worse than the best beyond chance, or better, where the paired t test over the seeds holds at 5%" +
      (pairs === 1
        ? ". "
        : ` for all pairs of the ${formatCounted(trials, "trial")} at once: for each of the ${
          formatCounted(pairs, "pair")
        } at 5% / ${formatCount(pairs)} (Bonferroni), as the best was chosen among them by the same runs. `) +
      (pairs === 1 ? "" : "Where it holds for the pair alone, the difference is uncertain. ") +
      "Otherwise the two are not distinguishable, which does not say that they are equal: few seeds prove little" +
      (pairs === 1 ? "" : " among many trials") +
      ". A 95% interval is of one difference by itself, for other seeds on the same images.",
    noiseText:
      "Here training loss was measured with dropout or noise on the inputs, and validation loss without: that makes it larger, " +
      "and the gap smaller.",
  },

  runTable: {
    heading: "Runs",
    caption: "The runs, by seed",
    cut: (shown: number, all: number) =>
      `The first ${formatCount(shown)} of ${formatCounted(all, "run")} by seed.`,
    status: "ended",
  },

  table: {
    /** Whether any trial has a rank. */
    heading: (_ranked: boolean) => "Trials",
    caption: (ranked: boolean): string => ranked ? "Trials, best first" : "Trials",
    sortedBy: (title: string, descending: boolean) =>
      `Trials by ${title}, ${descending ? "descending" : "ascending"}`,
    trial: "trial",
    place: (rank: number) => {
      const tens = rank % 100;
      const end = tens > 10 && tens < 14 ? undefined : ["st", "nd", "rd"][rank % 10 - 1];
      return formatCount(rank) + (end ?? "th");
    },
    status: "status",
    difference: "difference to the best",
    marks: {
      failed: (runs: string) => `✕ ${runs}failed`,
      diverged: (runs: string) => `✕ ${runs}diverged`,
      idle: (runs: string) => `${runs}learned nothing`,
      stopped: (epochs: number) => `stopped after ${formatCounted(epochs, "epoch")}`,
      running: (runs: string) => `${runs}under way`,
    },
    /** How many of a trial's runs a mark is about; nothing where there is one run. */
    marked: (count: number, all: number) =>
      all === 1
        ? ""
        : count === all
        ? all === 2 ? "both " : `all ${formatCount(all)} `
        : `${count} of ${all} `,
    meanNote: (accuracy: boolean) =>
      "Each metric is the mean over the trial's ok runs, ± the standard deviation over seeds" +
      `${accuracy ? ", of accuracies in percentage points" : ""}.`,
    /** Where what trials are ranked by is not measured alike. */
    unlikeRows: (settings: string, metric: string) =>
      `**Trials that differ in ${settings} are not trained and validated on the same images**: ` +
      `part of what their ${metric} differs by, and of their order, may come from that.`,
    barNote: (low: string, high: string) =>
      `A bar is the 95% interval of a difference by itself, on an axis from ${low} to ${high} with a stroke at zero: ` +
      "a hollow point does not differ from the best beyond chance, a full one does; " +
      "an arrow points to what lies beyond the axis.",
    cut: (shown: number, all: number) =>
      `The first ${formatCount(shown)} of ${formatCounted(all, "trial")} by rank`,
    cutBroken: (shown: number, all: number) =>
      `and ${formatCount(shown)} of the ${formatCount(all)} with a diverged or failed run`,
    cutFile: (link: string) => `${link} has all.`,
    select: (trial: number) => `draw trial ${trial} in the charts`,
    selectNote: (most: number) =>
      `Tick up to ${most} trials to draw them in colour in every chart below; the others stay grey.`,
    drawable: (count: number, all: number, first: number, broken: number, sampled: number) =>
      `${formatCount(count)} of the ${formatCount(all)} trials can be ticked: ` +
      `the first ${formatCount(first)} by rank${
        broken === 0 ? "" : `, the first ${formatCount(broken)} of the others with a diverged or failed run`
      }, and ${formatCount(sampled)} evenly spaced by rank. ` +
      "The file holds no curves of the rest, so that it stays small; history.csv does.",
    notDrawable: "no curves of this trial are in the file",
    selected: (trials: string) => `Drawn: ${trials}.`,
    selectedNone: "No trial is drawn.",
    full: (most: number) => `Only ${most} trials have a colour at a time; untick one first.`,
    shown: (shown: number, all: number) => `${formatCount(shown)} of ${formatCounted(all, "trial")} shown`,
    firstShown: (first: number, matching: number, all: number) =>
      matching === all
        ? `the first ${formatCount(first)} of ${formatCounted(all, "trial")} shown`
        : `the first ${formatCount(first)} of ${formatCount(matching)} shown, of ${
          formatCounted(all, "trial")
        }`,
    firstNote: (first: number, all: number) =>
      `These are the first ${formatCount(first)} of ${formatCount(all)} rows.`,
    showAll: (all: number) => `Show all ${formatCount(all)} rows`,
    showFirst: (first: number) => `Show the first ${formatCount(first)} rows only`,
    noneShown: "No trial is like that.",
    columns: "Columns",
    filter: "Filter",
    filters: (count: number) => `Filter (${count})`,
    reset: "Reset the table",
    sort: "Sort by",
    byRank: "rank",
    ascending: "ascending",
    descending: "descending",
    from: "from",
    to: "to",
    any: "any",
    fine: "nothing to note",
    kinds: {
      failed: "failed",
      diverged: "diverged",
      idle: "learned nothing",
      stopped: "stopped early",
      running: "under way",
    },
    unfinished: "Runs that diverged, failed or are marked as “learned nothing”",
    divergedRuns: "Diverged (a loss or a weight was no longer a finite number)",
    failedRuns: "Failed",
    idleRuns:
      "“Learned nothing”: not shown to have learned, as they are not better on the test images beyond chance than always guessing the " +
      "largest class (exact binomial test, 1%)",
    more: (count: number) => `and ${formatCount(count)} more`,
    brokenNote: "Trials with a run that diverged or failed come after all others.",
  },

  conclusions: {
    heading: "What can be concluded",
    column: (accuracy: boolean) =>
      `difference to the best, 95% interval${accuracy ? ", percentage points" : ""}`,
    best: "best",
    interval: (low: string, high: string) => `${low} to ${high}`,
    notDistinguishable: "not distinguishable from the best",
    isUncertain: "uncertain among so many trials",
    isWorse: "worse",
    isBetter: "better on the seeds that both finished",
    stopped: "stopped early",
    /** `same` of them do not differ with any seed. */
    alike: (count: number, trials: string, same: number) =>
      `${formatCounted(count, "trial")} ${count === 1 ? "is" : "are"} not distinguishable from the best: ` +
      (same === count
        ? "the difference is 0 with every seed"
        : "the 95% interval of the difference, paired over seeds, holds zero" +
          (same > 0 ? ", or the difference is 0 with every seed" : "")) +
      ` (${count === 1 ? "trial" : "trials"} ${trials}).`,
    /** By their own intervals they differ, but not for all pairs of the `ranked` at once. */
    uncertain: (count: number, trials: string, { ranked, pairs }: Record<"ranked" | "pairs", number>) =>
      `${formatCounted(count, "trial")} ${
        count === 1 ? "differs" : "differ"
      } from the best, but not for certain: taken alone, ` +
      "the 95% interval of the difference, paired over seeds, leaves zero out, but " +
      `${formatCounted(ranked, "trial")} were compared, and one of ${formatCounted(pairs, "pair")} may ` +
      `differ as much by chance; more seeds would tell (${count === 1 ? "trial" : "trials"} ${trials}).`,
    unknown: (count: number, trials: string) =>
      `Whether ${formatCounted(count, "trial")} ${
        count === 1 ? "is" : "are"
      } worse than the best cannot be told: ` +
      "there are no two seeds with which both ended ok, or the difference is the same with each seed " +
      `(${count === 1 ? "trial" : "trials"} ${trials}).`,
    worse: (count: number, all: boolean) =>
      (all && count === 1
        ? "The other trial"
        : all
        ? `All ${formatCount(count)} other trials`
        : formatCounted(count, "trial")) +
      ` ${count === 1 ? "is" : "are"} worse than the best beyond chance.`,
    better: (count: number, trials: string) =>
      `${formatCounted(count, "trial")} ${count === 1 ? "is" : "are"} better than the best beyond chance ` +
      "on the seeds that both finished, but ranked behind it, as not every run ended ok " +
      `(${count === 1 ? "trial" : "trials"} ${trials}).`,
    eliminated: (count: number) =>
      `Halving stopped ${formatCounted(count, "trial")} before the last rung; ` +
      "they come after those that got further.",
    /** `differs`: not as many in each trial. */
    fewImages: (images: number, differs: boolean, points: string | null, settings: string) =>
      `Only ${formatCounted(images, "image")} validated${differs ? " in the trial with the fewest" : ""}: ` +
      (points === null
        ? "any difference between the accuracies of two runs may be so by chance. "
        : `the accuracies of two runs that are less than ${points} points apart may be so by chance. `) +
      `More images that validate (${settings}) tell trials apart.`,
    singleSeed: "There is one seed only, so nobody can tell a difference between trials from chance: " +
      "add seeds, as `seeds: {count: 5}`.",
    edge: (name: string, value: string, end: "lowest" | "highest", values: number) =>
      `${name} ${value}, the ${end} of ${values}`,
    /** Of one that was drawn between `low` and `high`. */
    edgeOfRange: (name: string, value: string, end: "lowest" | "highest", [low, high]: readonly string[]) =>
      `${name} ${value}, the ${end} of the range from ${low} to ${high}`,
    edges: (list: string) =>
      `The best trial lies at the edge of what was tried (${list}): better values may lie beyond.`,
    seedSpread: (seeds: string, trials: string) =>
      `The differences between trials change more from seed to seed (standard deviation ${seeds}, without what a seed does to all ` +
      `of them alike) than the trials' means differ (${trials}), and none is worse beyond chance: the settings matter little, ` +
      "or more seeds are needed.",
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
    alt: (metrics: string) => `By epoch: ${metrics}`,
    colours: (several: boolean, rest: boolean, validated: boolean) =>
      "The thick line is the best trial" + (several ? ", the other colours are the next best" : "") +
      (rest ? `, grey is the rest${validated ? ", of which training is left out" : ""}.` : "."),
    bands: "A line is the mean over the seeds, its band goes from the lowest to the highest seed.",
    /** Where early stopping or divergence ended some runs, or while some are under way. */
    overFewer:
      "Where a trial's runs are not equally far, the line is the mean over those that have got to that epoch.",
    crosses: "A cross marks the epoch at which a run's loss or a weight was no longer finite.",
    beyond: (count: number) =>
      `${formatCounted(count, "trial")} ${count === 1 ? "has" : "have"} losses of more than ten times ` +
      "the best trial's, above the frame.",
    note: (validated: boolean) =>
      "Training loss is averaged over an epoch's batches while the weights change" +
      (validated ? "; validation loss is taken after it." : "."),
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
    lossAxis: "Loss axis",
    xAxis: "Horizontal axis",
    linear: "linear",
    logarithmic: "log",
    units: { epochs: "epochs", iterations: "iterations", seconds: "seconds" },
    xTitles: {
      epochs: "epoch",
      iterations: "iterations: batches so far",
      seconds: "seconds of training",
    },
    zoom: "Zoom",
    atEpoch: (epoch: string) => `After epoch ${epoch}`,
    atIteration: (iteration: string) => `After ${iteration} iterations`,
    atSecond: (second: string) => `After ${second} s of training`,
    atEnd: "After the last epoch",
    byThen: "each trial's last epoch by then",
    bold: "bold: the best of a column",
    bestValue: "best",
    only: "this experiment",
    untick: "untick",
    untickHint: "Click to untick; the line is then grey.",
    brokenAt: (epoch: number) => `\u2715 a run diverged in epoch ${epoch}`,
    /** Of means where not all runs have got as far. */
    overRuns: (count: number, all: number) => `mean over ${formatCount(count)} of ${formatCount(all)} runs`,
    rest: (count: number, withoutTraining: boolean) =>
      `${formatCounted(count, "other trial")} in grey${withoutTraining ? ", without training" : ""}`,
    noneTicked: "No trial is ticked: tick one in the table, or click a grey line.",
    beyondPage: (count: number) =>
      `${formatCounted(count, "trial")} ${
        count === 1 ? "leaves" : "leave"
      } the frame at its top, with losses of more ` +
      "than ten times the best ticked trial's; tick one and press Fit ticked to see it.",
    fitTicked: "Fit ticked",
    iterationsUnknown: "Iterations cannot be shown: how many images train is not known.",
    secondsUnknown: "Seconds cannot be shown: no time of a training is known (timings.csv).",
    untimed: (count: number) =>
      `${formatCounted(count, "trial")} without a known time ${count === 1 ? "is" : "are"} left out.`,
    secondsNote:
      "Seconds are those of training alone, at the mean pace that timings.csv has of the trial's runs.",
    showsAll: "All is shown.",
    showsPart: (low: string, high: string, unit: string) => `Shown: ${low} to ${high} ${unit}.`,
    hint: (tickable: boolean) =>
      "Drag across a chart to zoom, with Shift to move it; Ctrl + wheel zooms at the pointer, a double click shows all. " +
      (tickable ? "A click on a line ticks or unticks its trial. " : "") +
      "By keyboard: arrows, Home and End move the cursor, + and \u2212 zoom, 0 shows all.",
  },

  effects: {
    heading: "Effect of each parameter",
    alt: (metric: string, names: string) => `${metric} by ${names}`,
    note: (metric: string) =>
      `A point is a trial's ${metric}; a diamond, or a stroke along a range, is the mean of the trials there, each counted alike.`,
    interval: (seeds: number) =>
      `The bar through a mean is its 95% interval over ${formatCounted(seeds, "seed")} ` +
      "(Student's t over the means for each seed): where it may lie with other seeds. " +
      "All trials have the same seeds, so two means may differ although their bars overlap.",
    oneSeed: "There is one seed only, so no interval can be told: " +
      "what the other parameters do and what chance does to points at one value cannot be told apart.",
    frame: (low: string, high: string, log: boolean) =>
      `Every vertical axis goes from ${low} to ${high}${log ? " on a logarithmic scale" : ""}.`,
    beyond: (count: number) =>
      `${formatCounted(count, "interval")} ${
        count === 1 ? "reaches" : "reach"
      } beyond that; the table has the ends.`,
    logScale: "log scale",
    notToScale: "not to scale",
    sampled: (drawn: number, all: number) =>
      `${formatCount(drawn)} of the ${formatCount(all)} trials are points, ` +
      "evenly spaced by rank; the means are over all.",
    missing: (count: number) =>
      `${formatCounted(count, "trial")} without a value (no run ended ok) ` +
      `${count === 1 ? "is" : "are"} a cross at the lower edge.`,
    /** `flattering`: some of their values have a mean, which is over their other trials. */
    incomplete: (count: number, flattering: boolean) =>
      `${formatCounted(count, "trial")} of which a run diverged or failed ${
        count === 1 ? "is" : "are"
      } in no mean` +
      (flattering ? ", so the mean of a value that such a trial has looks better than it is." : "."),
    mean: "mean",
    pairHeading: (a: string, b: string) => `${a} and ${b} together`,
    pairNote: (metric: string) => `Each cell is the mean ${metric} of the trials with these two values.`,
    parallelHeading: "All parameters together",
    parallelNote: (metric: string, broken: boolean) =>
      `Each line is a trial: it crosses every axis at its value and ends at its ${metric}, by which it is coloured.` +
      (broken ? " Dashed: a run diverged or failed." : ""),
    parallelMissing: "A trial without a value ends at a cross.",
    parallelTicked: "Dots mark the ticked trials in their colours.",
    brush:
      "Drag along an axis, or move its two handles, to choose a range; ranges of several axes hold together.",
    from: (axis: string) => `${axis}, from`,
    to: (axis: string) => `${axis}, to`,
    worst: (value: string) => `worst ${value}`,
    best: (value: string) => `best ${value}`,
    outside: "outside the ranges",
    within: (count: number, all: number, sampled: boolean) =>
      `${formatCount(count)} of ${sampled ? "the " : ""}${formatCount(all)} ${
        sampled ? "sampled " : ""
      }trials ${count === 1 ? "lies" : "lie"} within the ranges`,
    bestWithin: (label: string, value: string) => `; best of them: ${label}, ${value}.`,
    noneMeasured: "; none of them has a value.",
    noneWithin: "No trial lies within the ranges.",
    nothingChosen: "No range is chosen: every line is in colour.",
    drawBest: (most: number) => `Draw the best ${most} of them`,
    clear: "Clear ranges",
    tableHeading: "Share of the variance that each parameter explains",
    meansHeading: (metric: string) => `Mean ${metric} of each value`,
    parameter: "parameter",
    share: "share of variance",
    shareNote: (runs: number, pairs: boolean) =>
      `Shares are of the variance over ${formatCounted(runs, "run")}: of each parameter by itself` +
      (pairs ? ", of two together what they explain beyond each alone." : "."),
    untold: (names: string) =>
      `Of ${names} no share can be told: one trial alone has each value, and trials differ in other parameters too.`,
    sum: (sum: string) => `They add up to ${sum}.`,
    overlapping: (sum: string | null) =>
      "**Not every combination was run alike, so a share may have some of the other parameters' in it**" +
      (sum === null ? "." : `: the sum, ${sum}, means nothing.`),
    noVariance: "All runs have the same value, so there is no variance to explain.",
    smallPairs: (count: number) => `${formatCounted(count, "other pair")}`,
    together: (a: string, b: string) => `${a} and ${b} together`,
    rest: "three or more together",
    seeds: "seeds",
    afterEpoch: (metric: string, epoch: number) => `${metric} after epoch ${epoch}`,
    alikeNote: (epoch: number) =>
      `Halving trained trials for different numbers of epochs: they are compared after epoch ${epoch}, which all have.`,
    value: "value",
    trials: "trials",
    intervalColumn: "95% interval",
  },

  bestRun: {
    heading: (run: string) => `Best run: ${run}`,
    headingOne: "What it gets right and wrong",
    wrong: (wrong: number, all: number, percent: string) =>
      `Of ${formatCounted(all, "test image")}, ${formatCount(wrong)} (${percent}) ` +
      `${wrong === 1 ? "is" : "are"} misclassified.`,
  },
  errors: {
    heading: "Errors",
    choose: "Trial",
    open: "Choose a cell of the matrix, by a click or by the arrow keys and Enter, to see its images.",
    examined: (examined: number, all: number) =>
      `A trial is looked at by its best run${
        examined < all
          ? `: the ten best and, evenly spaced by rank, ${formatCount(examined - 10)} of the ${
            formatCount(all - 10)
          } others`
          : ""
      }.`,
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
  calibration: {
    heading: "Calibration",
    note:
      "Where probabilities can be trusted, a network that is 80% sure is right for about 80% of such images. " +
      "The test images are grouped by confidence, the probability of the predicted class. " +
      "A bar is the share of a group that is right, a red line its mean confidence; on the dashed line they are equal.",
    none: (trial: string) =>
      `There is nothing of ${trial}: its run diverged or failed, or its calibration.csv is not in the results folder.`,
    summary: (error: string, confidence: string, accuracy: string) =>
      `expected calibration error (ECE) ${error}; mean confidence ${confidence}, accuracy ${accuracy}.`,
    diagram: "Reliability diagram",
    alt: "Reliability diagram: the share of test images that are right, by confidence",
    counts: "How sure it is",
    altShare: "The share of the test images, by confidence",
    table: "Groups",
    confidence: "confidence",
    images: "images",
    accuracy: "right",
    mean: "mean confidence",
    gap: "gap (pp)",
    share: "share of images",
    tip: (range: string, count: number, accuracy: string, confidence: string) =>
      `confidence ${range}: ${
        formatCounted(count, "image")
      }, ${accuracy} right, mean confidence ${confidence}`,
    definition:
      "ECE is the absolute difference of accuracy and mean confidence in 15 groups of equal width, averaged with their numbers " +
      "of images as weights (Guo et al. 2017). It judges probabilities alone: a network that always answers with the share of each class " +
      "has hardly any. Groups without images are not listed.",
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
    cell: (label: string, predicted: string) =>
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
  fields: {
    heading: "Decision fields",
    colours: "The colour is the class that the network predicts there, the paler the less sure it is.",
    points:
      "Large dots are test points, small ones those for training and validation, each in the colour of its own class; " +
      "a cross is on each test point that is misclassified.",
    sameTest:
      "No test points were given: the test points are those for training and validation again, so test numbers say nothing of new points.",
    first: (held: number) => `Of each part the first ${formatCount(held)} points are drawn.`,
    square: (x: readonly string[], y: readonly string[]) =>
      `x is from ${x.join(" to ")}, y from ${y.join(" to ")}; thin lines are where they are 0.`,
    accuracy: (value: string) => `${value} of the test points right`,
    alt: (shown: number) =>
      `Decision fields of ${formatCounted(shown, "trial")} with the points and what is misclassified`,
    altOf: (title: string, accuracy: string) => `Decision field, ${title}: ${accuracy}`,
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
    describeRight: (index: number, label: string) =>
      `Test image ${formatCount(index)}: ${label} predicted right`,
    probabilities: (shares: string) => `. Probabilities: ${shares}`,
    most: "Most confident mistakes",
    taken: (label: string, predicted: string) => `${label} taken for ${predicted}`,
    right: (label: string) => `${label} predicted right`,
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
    notHeld: (all: number, single: boolean) =>
      `${formatCounted(all, "image")}. ` +
      (single
        ? "The results folder holds none of them."
        : "This page holds the images of the ten best trials only."),
    closeup: (index: number, label: string, predicted: string) =>
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
    rowsShown: (shown: number) =>
      shown === 0
        ? "None."
        : `The ${formatCount(shown)} most confident, surest first, each with its numbers.`,
    inputsLeftOut: (count: number) =>
      `${formatCounted(count, "more number")} of each row ${count === 1 ? "is" : "are"} not shown.`,
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
    notHeld: (single: boolean): string =>
      single
        ? "The results folder holds no picture of the weights."
        : "The page holds the weights of the ten best trials' best runs, as far as the results folder has them.",
    scale: (limit: string) =>
      `Orange is positive, blue negative; white is 0, full colour ${limit} and beyond.`,
    untouched:
      "Where a pixel is 0 in every training image, its weights are as training began: they never move.",
    alt: (shown: number) => `Weights of ${formatCount(shown)} units of the first layer as images`,
  },
  diagnostics: {
    heading: "Activations and gradients by layer",
    layers: "Layers",
    note:
      "What flows through each layer, on the same images (of validation, at most 64) after every epoch; epoch 0 is before training.",
    figureNote:
      "Lines are medians of the magnitudes, bands their middle half; what is 0 lies at the lower edge.",
    histogramNote:
      "Each column is a histogram of the magnitudes over octaves (from one power of two to the next): the stronger its blue, the more of them. " +
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
    reading: (classes: number | undefined) =>
      "Where the initial weights are too small, activations shrink from layer to layer, the gradients that come back are smaller " +
      "still, and the loss stays near that of a guess" +
      (classes === undefined
        ? "."
        : `, ln ${classes} = ${Math.log(classes).toFixed(2)} with ${classes} classes of the same size.`),
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
    weights: (run: string, sha256: string) =>
      `The weights of ${run}${run.includes(",") ? "," : ""} must then have SHA-256 ${sha256}.`,
    madeWith: "Made with",
    seeds: "Seeds",
    data: "SHA-256 of the data",
    time: "Time",
    timeText: (training: string, runs: number, rest: string, rate: string) =>
      `of what was trained when the sweep was last run, ${training} over ${
        formatCounted(runs, "run")
      }${rest}; ` +
      `${rate} images/s a worker`,
    timeEvaluate: (seconds: string) => `, and ${seconds} of evaluation`,
    timeNone:
      "not measured: no epoch was trained to its end, as runs were in the store already, diverged or failed",
    config: "The experiment, every default written out",
    sources: "Where the numbers come from",
    files: {
      "results.csv": "every run, its hyperparameters and metrics, in full precision",
      "history.csv": "losses of every run after each epoch, and validation accuracy where images validate",
      "runs/": "a run's weights, predictions on the test set, activations and gradients",
      "manifest.json": "the config, the data's and these files' SHA-256, versions",
      "timings.csv": "seconds and images a second of each step",
    },
    /** Of `runs/`, where some run did not end ok. */
    someRuns:
      "a run's activations and gradients; of one that ended ok also its weights and predictions on the test set",
    definitions:
      "Loss is the mean cross-entropy (natural logarithm), accuracy the share of images predicted right.",
  },

  page: {
    skip: "Skip to the answer",
    contents: "Contents",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    reset: "Reset",
    controls: "Chart controls",
    noScript: "The charts need JavaScript; report.md and its figures show the same without.",
  },
};
