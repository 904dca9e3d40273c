import { counted, listed } from "../show_number.ts";

/** English texts of grading: outputs. */
export const outputsEn = {
  /** Between two sentences. */
  space: " ",
  colon: ": ",
  comma: ", ",
  semicolon: "; ",
  stop: ".",

  /** What a check is about, as people call it; by its kind, then by what sets it apart. */
  check: {
    shapes: {
      initialize: "Shapes of the first weights and biases",
      forward: "Shapes of activations",
      gradients: "Shapes of gradients",
    },
    moments: "Mean and spread of the first weights",
    vector: (activation: string | null) =>
      `Activations and probabilities${activation === null ? "" : ` (${activation})`}`,
    finite: { forward: "Softmax of large logits", loss: "Cross-entropy of a probability of 0" },
    value: "Value of the cross-entropy",
    gradcheck: (details: readonly string[]) =>
      `Gradients${details.length === 0 ? "" : ` (${details.join(", ")})`}`,
    one_step: { step: "One update of the parameters", fit: "One update through fit" },
    ragged_batch: "A smaller batch",
    argmax: "Predicted classes",
    recompute: "Saved weights give the same predictions and loss",
    band: { test_accuracy: "Test accuracy reached", test_loss: "Test loss reached" },
    history: "Loss of each epoch",
    misclassified: "List of misclassified images",
  },
  /** What the activation and the reduction of a program's check are called. */
  reduction: { mean: "mean", sum: "sum" },

  /** Statuses in words, where the points do not say it. */
  status: {
    passed: "passed",
    partial: "partly",
    failed: "failed",
    missing: "missing",
    error: "error",
    timeout: "too slow",
    memory: "too much memory",
    output: "too much output",
    crashed: "crashed",
    invalid: "invalid",
    not_graded: "not graded",
  },
  track: { ts: "ts", artifact: "artifact" },

  /** What was changed by hand. */
  override: (before: number, after: number, reason: string) =>
    `Changed by hand from ${before} to ${after}: ${reason}`,

  feedback: {
    total: (points: number, max: number) => `${points} of ${max} points.`,
    shownTotal: (points: number, max: number) => `${points} of ${max} points in the checks that are shown.`,
    /** Between the total and what stands beside it. */
    afterTotal: " ",
    hiddenChecks: (hidden: number, all: number) =>
      `${hidden} of ${counted(all, "check")} ${hidden === 1 ? "is" : "are"} not shown.`,
    late: (
      { days, percent }: { days: number; percent: number },
      taken: { penalty: number; raw: number } | null,
    ) =>
      `Late, on day ${days} after the due time: ${percent} % of the points earned${
        taken === null ? "" : `, ${taken.penalty} of ${taken.raw},`
      } are taken off.`,
    /** The network that was handed in is not as good as the rubric asks, or there is none; `accuracy` in per cent, null for none. */
    notLearned: (accuracy: string | null) =>
      accuracy === null
        ? "There is no trained network whose accuracy could be measured."
        : `The trained network classifies ${accuracy} % of the test images rightly: it has not learned.`,
    capped: (cap: number) => `Because of that the total is at most ${cap} points.`,
    incomplete: (open: number, all: number) =>
      `${open} of ${counted(all, "check")} could not be graded where this was made. ${
        open === 1 ? "It has" : "They have"
      } no points yet: this is not your final score.`,
    /** @param attempts those that do not count yet, and may */
    openAttempts: (attempts: readonly number[]) =>
      `Attempt${attempts.length === 1 ? "" : "s"} ${
        listed(attempts.map(String))
      } could not be graded whole where this was made, ` +
      `and may come to more points than this one, which counts until then: this is not your final score.`,
    problem: (number: number, title: string) => `${number}. ${title}`,
    points: (points: number, max: number) => `${points} of ${max}`,
    bonus: (points: number, max: number) => `${points} of ${max} bonus`,
    withBonus: (points: string, bonus: number) => `${points}, ${bonus} bonus`,
    shown: (points: string) => `${points} shown`,
    word: (word: string) => ` (${word})`,
    hint: (hint: string) => `Hint: ${hint}`,
    /** In place of a reason that would tell what a check found which is not shown. */
    nothingLost: "No points are lost here.",
    partlyHidden: "Not all of it is right.",
    hidden: (count: number) => `${counted(count, "check is", "checks are")} not shown.`,
    colophon: (track: string, attempt: number, attempts: number) =>
      `Track ${track}, attempt ${attempt} of ${attempts}, submission`,
  },

  gradescope: {
    notGraded: (open: number) =>
      `${counted(open, "check")} could not be graded here: this score is not final.`,
    accuracy: "Test accuracy",
  },
  junit: { points: (points: number, max: number, reason: string) => `${points} of ${max} points. ${reason}` },

  student: {
    of: (max: number) => `of ${max} points`,
    ofShown: (max: number) => `of ${max} points in the checks that are shown`,
    skip: "Skip to the points",
    overview: "Points by problem",
    problem: "Problem",
    points: "Points",
    worth: "of",
    /** What leads from the problems' points to the total. */
    sums: {
      bonus: "Bonus",
      together: "Together",
      over: (most: number) => `Above the most, ${most}`,
      late: "Lateness",
      byHand: "Changed by hand",
      total: "Total",
    },
    mark: { right: "Full points", wrong: "Points lost", open: "Not graded" },
    hint: "Hint",
    curve: {
      heading: "Your learning curve",
      yours: "yours (history.csv)",
      ours: "ours, with the same settings and seeds",
      oursOfOtherSeeds: "ours, with the same settings and other seeds",
      train: "Training loss",
      validation: "Validation loss",
      epoch: "epoch",
      log: "logarithmic scale",
      alone: "Our own run is not shown.",
      broken: (count: number) => `${counted(count, "value is", "values are")} not finite and not drawn.`,
      short: (ours: number) => `Our run is shown for its first ${counted(ours, "epoch")}.`,
      describe: (title: string, own: number, ours: number | null, last: string) =>
        `${title} over ${counted(own, "epoch")}${
          ours === null ? "" : `, with ours over ${ours}`
        }. Yours ends at ${last}.`,
      table: "The numbers",
      cut: (shown: number, all: number) => `The table shows ${shown} of ${all} epochs.`,
    },
    images: {
      heading: "Your misclassified images",
      note: (shown: number, all: number, tested: number) =>
        shown < all
          ? `${all} of ${tested} test images are classified wrongly. These are the first ${shown}.`
          : `${all} of ${tested} test images are classified wrongly.`,
      legend: "Above each image: what your network predicts, then what it is.",
      none: (tested: number) => `None of ${tested} test images is classified wrongly.`,
      describe: (index: number, predicted: number, label: number) =>
        `Test image ${index}: predicted ${predicted}, is ${label}`,
      /** Below an image. */
      index: (index: number) => `no. ${index}`,
    },
  },

  class: {
    heading: (title: string) => `${title}: class report`,
    overview: (
      count: number,
      points: number,
      { mean, median, lowest, highest }: Record<"mean" | "median" | "lowest" | "highest", string>,
    ) =>
      `${
        counted(count, "student")
      }, ${points} points: mean ${mean}, median ${median}, lowest ${lowest}, highest ${highest}.`,
    incomplete: (students: number) =>
      `Incomplete: checks of ${counted(students, "student")} could not be graded here.`,
    unlearned: "Networks that have not learned",
    unlearnedNote:
      "They do not reach the accuracy that the rubric asks of a network that has learned, or there is none that could be run.",
    noNetwork: "no network that could be run",
    accuracy: (percent: string) => `test accuracy ${percent} %`,
    absent: "Nothing handed in",
    absentNote: (absent: number, roster: number) => `${absent} of ${roster} on the roster.`,
    distribution: "Distribution",
    problems: "Problems",
    problem: "problem",
    mean: "mean",
    of: "of",
    full: "full points",
    fullOf: (full: number, all: number) => `${full} of ${all}`,
    hardest: "Hardest checks",
    check: "check",
    given: "points given",
    students: "students",
    mistakes: "Common mistakes",
    mistake: "mistake",
    who: "who",
    more: "...",
    undiagnosed: "Wrong in the same way, not in the catalogue",
    undiagnosedNote:
      "Equal numbers mostly come from equal mistakes. What many share may be a mistake of the course's material.",
    found: "what was found",
    attention: "To look at",
    ended: (statuses: readonly string[]) => `checks ended with ${statuses.join(", ")}`,
    unreadable: "files could not be read",
    late: (days: number, percent: number) => `late, day ${days}, ${percent} % off`,
    notGraded: (count: number) => `${counted(count, "check")} not graded`,
    openAttempts: (attempts: readonly number[]) =>
      `attempt${attempts.length === 1 ? "" : "s"} ${
        listed(attempts.map(String))
      }, not graded whole, may come to more`,
    byHand: "changed by hand",
    /** Names, of which nothing was graded, in the instructor's own files. */
    unknownNames: {
      overrides: (names: string) =>
        `overrides.yaml sets points of ${names}: no submission is theirs, and nothing was set`,
      /** @param places each a student with a problem's check */
      checks: (places: string) =>
        `overrides.yaml sets points of checks that the track handed in does not have, and nothing was set: ${places}`,
      submitted: (names: string) =>
        `The times of submission name ${names}: there is no such submission or student, and these times count for nobody`,
    },
    /** @param name of a file that was handed in */
    refused: (name: string, reason: string) => `${name} was not graded: ${reason}`,
    capped: (cap: number) => `capped at ${cap} points`,
    similar: (count: number) => `${counted(count, "pair")} of similar submissions: see similarity.csv`,
    map: "Students and checks",
    mapNote:
      "A cell holds the points that were given; the stronger its colour, the more were lost. Rows: networks that have not learned first, then by score. A name leads to the feedback.",
    mapKey: { all: "all points", none: "no points", open: "not graded", absent: "not in this track" },
    student: "Student",
    score: "Score",
    chance: "not learned",
    noNetworkShort: "no network",
    summary: {
      students: "students",
      mean: "mean",
      median: "median",
      unlearned: "not learned",
      absent: "handed in nothing",
      incomplete: "incomplete",
    },
    histogram: (points: number, median: string) =>
      `Number of students by score, of ${points} points (▲ median ${median})`,
    bin: (from: string, to: string, count: number) => `${from} to ${to} points: ${counted(count, "student")}`,
    cell: (points: number, max: number, status: string, reason: string) =>
      `${points} of ${max}, ${status}: ${reason}`,
    none: "No points were lost to a mistake of the catalogue.",
    skip: "Skip to the table",
    similarHeading: "Similar submissions",
    similarTo: (a: string, b: string) => `${a} and ${b}`,
    similarNote: {
      unknown_settings:
        "equal; hyperparameters or seeds are not known, so honest runs cannot be told from copies",
      other_settings: "equal, though hyperparameters or seeds that it follows from differ",
      same_settings:
        "the hyperparameters and seeds that it follows from are the same: honest runs may be equal",
      same_code:
        "the same code but for names, texts, comments and blanks; the course's own text may be much of it",
      not_ours:
        "the hyperparameters and seeds that it follows from are the same, but what was handed in is not what our own run with them gives",
    },
    morePairs: (shown: number, all: number) =>
      `These are the first ${shown} of ${all}: similarity.csv has all.`,
    share: (percent: string) => `${percent} %`,
    files: "The same as a table, for programs: gradebook.csv, junit.xml, similarity.csv.",
  },
};
