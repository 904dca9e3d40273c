import type { RowKind } from "../../src/data/catalogue.ts";
import { ROW_NAMES } from "../../src/data/row_names.ts";
import { METRIC, type Metric } from "../../src/tables/metrics.ts";
import { formatSeconds } from "../../src/text/durations.ts";
import type { Language } from "../../src/text/language.ts";
import { formatCount, formatCounted } from "../../src/text/numbers.ts";
import { dataEn } from "./data_en.ts";
import { errorsEn } from "./errors_en.ts";
import { helpEn } from "./help_en.ts";

export type Messages = typeof en;

type Unit = "run" | "leg";

const runs = (count: number, legs: number) =>
  legs === count
    ? formatCounted(count, "run")
    : `${formatCounted(count, "run")} in ${formatCounted(legs, "leg")}`;

/** What commands print. Texts that come in from outside have no control characters left; metrics and times are formatted. */
export const en = {
  language: "en" as Language,
  comma: ", ",
  seconds: (time: number) => formatSeconds(time),
  warning: "warning:",
  note: "note:",
  error: "error:",
  noBrowser: (page: string) => `the browser was not started; open ${page} in it`,

  metric: (metric: Metric, value: string) => `${metric} ${value}`,
  // The files may lie on this machine, or be drawn: what comes over the network is told file by file.
  steps: { download: "data", preprocess: "preprocess", report: "report" },

  progress: {
    runs,
    plan: ({ name, trials, runs: count, legs, cached, workers }: {
      name: string;
      trials: number;
      runs: number;
      legs: number;
      cached: number;
      workers: number;
    }) =>
      `${name}: ${formatCounted(trials, "trial")}, ${runs(count, legs)}${
        cached > 0 ? ` (${formatCount(cached)} cached)` : ""
      }, ${formatCounted(workers, "worker")}`,
    stepStarted: (step: string) => `${step} ...`,
    stepCached: (step: string) => `${step}: cached`,
    stepDone: (step: string, time: string | null) => `${step}: ${time ?? "done"}`,
    runOk: (run: string, label: string, details: string) =>
      `run ${run} ok${label && ` (${label})`}: ${details}`,
    runBroken: (
      { run, label, status, after, reason }: {
        run: string;
        label: string;
        status: "diverged" | "failed";
        /** The time that it took; null for one that was stored. */
        after: string | null;
        reason: string | null;
      },
    ) =>
      `run ${run} ${status}${label && ` (${label})`} ${
        after === null ? "earlier, cached" : `after ${after}`
      }${reason === null ? "" : `: ${reason}`}`,
    diverged: (epoch: number | null) =>
      epoch === null ? "the test loss was not finite" : `a loss or a weight was not finite in epoch ${epoch}`,
    cached: "cached",
    counts: {
      cached: (count: number) => `${formatCount(count)} cached`,
      diverged: (count: number) => `${formatCount(count)} diverged`,
      failed: (count: number) => `${formatCount(count)} failed`,
      idle: (count: number) => `${formatCount(count)} learned nothing`,
    },
    results: (out: string, counts: string) => `Results: ${out} (${counts})`,
    report: (path: string) => `Report: ${path}`,
    stopped: (kept: string, command: string) => `Stopped: ${kept}. To go on:\n  ${command}`,
    downloadsKept: "what was downloaded is kept",
    runsKept: (
      { kept, legs, unit, underWay }: { kept: number; legs: number; unit: Unit; underWay: number },
    ) =>
      `${formatCount(kept)} of ${formatCounted(legs, unit)} kept${
        underWay > 0 ? `, and of the ${underWay} under way all but the last seconds or epoch` : ""
      }`,
    /** `done` is padded to the width of `legs`. */
    done: (done: string, legs: number, unit: Unit) => `${done}/${legs} ${unit}s`,
    /** Before a line of a log, in brackets. */
    leg: (done: string, unit: Unit) => unit === "run" ? done : `${unit} ${done}`,
    took: (time: string) => `in ${time}`,
    left: (clock: string) => `ETA ${clock}`,
    rate: (images: number, rows: RowKind) => `${formatCount(images)} ${ROW_NAMES[rows].en}/s`,
    idle: "idle",
    epoch: (epoch: string, epochs: number) => `epoch ${epoch}/${epochs}`,
    loss: (loss: string) => `loss ${loss}`,
    accuracy: (accuracy: string) => `acc ${accuracy}`,
    bytes: (bytes: string, total: string) => `${bytes} of ${total}`,
    moreWorkers: (count: number) => `and ${count} more workers`,
    downloaded: (file: string, bytes: string) => `download: ${file}, ${bytes}`,
  },

  sweep: {
    runs: (trials: number, seeds: number) =>
      `${formatCounted(trials, "trial")} x ${formatCounted(seeds, "seed")} = ${
        formatCounted(trials * seeds, "run")
      }`,
    rung: ({ rung, rungs, trials, epochs }: Record<"rung" | "rungs" | "trials" | "epochs", number>) =>
      `rung ${rung} of ${rungs}: ${formatCounted(trials, "trial")} of ${formatCounted(epochs, "epoch")}`,
    fewerWorkers: (workers: number, asked: number, each: string) =>
      `${
        formatCounted(workers, "worker")
      } of ${asked} can train at a time: each needs ${each} GiB of the 4 GiB that they share`,
    slowKernels:
      "This V8 does not know the flags that make the kernels fast: training is slower, its results are the same.",
    noJournal: (reason: string) => `\`deno task view\` cannot follow this sweep: ${reason}`,
    viewed: (address: string) => `Watch it at ${address} until it ends.`,
    noViewer: (reason: string) => `nobody can watch this sweep, which goes on: ${reason}`,
    stopping: "Stopping; press Ctrl-C again to quit at once.",
    noResult: "No run ended with a finite loss.",
    metric: (metric: Metric, value: string) => `${METRIC[metric].label.en} ${value}`,
    best: (trial: number, label: string, metrics: string) =>
      `best trial ${trial}${label && ` (${label})`}: ${metrics}`,
    learnedNothing: (idle: number, count: number, rows: RowKind) =>
      `${formatCount(idle)} of ${
        formatCounted(count, "run")
      } learned nothing that the test ${rows} can show: ` +
      "not better on them beyond chance than always guessing the largest class (exact binomial test, 1 %).",
    unlikeRows: (paths: string, rows: RowKind) =>
      `Trials that differ in ${paths} are not trained and validated on the same ${ROW_NAMES[rows].en}: ` +
      "part of the difference between them, and of their order, may come from that.",
    agrees: (count: number) =>
      `${
        count === 1 ? "The reference metric is" : `All ${count} reference metrics are`
      } within the tolerance.`,
    waitingForGc: (store: string) => `waiting until gc has done with ${store}`,
    waitingForDownload: (file: string) => `${file}: waiting for another download of the same file`,
    nextSource: (source: string, reason: string, next: string) => `${source}: ${reason}; trying ${next}`,
    triedAgain: (reason: string, epoch: number) => `${reason}; its run is tried again from epoch ${epoch}`,
    stepAgain: (reason: string, step: string) => `${reason}. The ${step} step runs again to restore it.`,
    damagedRecord: (path: string) =>
      `The record ${path} is damaged; its step counts as not performed and runs again.`,
    damagedManifest: (path: string) => `${path} is damaged: all files are written again`,
  },

  status: {
    summary: (name: string, open: number, count: number) =>
      open === 0
        ? `${name}: ${formatCounted(count, "run")} up to date`
        : `${name}: ${open} of ${formatCounted(count, "run")} to do`,
    states: { "up to date": "up to date", stale: "stale", missing: "missing" },
    line: (what: string, state: string) => `${what}: ${state}`,
    because: (state: string, reasons: string) => `${state}: ${reasons}`,
    run: (run: string, label: string) => `run ${run}${label && ` (${label})`}`,
    nearest: (state: string, reasons: string) =>
      `${state}; the nearest in the store, of another experiment: ${reasons}`,
    moreRuns: (count: number) => `and ${formatCounted(count, "more run")}; --json lists them all`,
    moreReasons: (count: number) => `${count} more`,
    laterRung: (trials: number, epochs: number) =>
      `then the best ${formatCounted(trials, "trial")} of these for ${epochs} epochs in all`,
    noEstimate: (reason: string) => `How long it takes cannot be said: ${reason}`,
    notPreprocessed: "the data set has not been preprocessed yet",
    noTimings: (file: string) => `there are no timings of runs in ${file} yet`,
    estimate: (
      { seconds, workers, laterRungs, timedRuns, source }: {
        seconds: number;
        workers: number;
        laterRungs: boolean;
        timedRuns: number;
        source: string;
      },
    ) =>
      `${seconds < 0.995 ? "Less than a second" : `About ${formatSeconds(seconds)}`} of training on ${
        formatCounted(workers, "worker")
      }${laterRungs ? ", the later rungs not counted" : ""}: by ${
        formatCounted(timedRuns, "timed run")
      } in ${source}, networks of other sizes by their weights`,
    none: "(none)",
    change: (path: string, before: string, after: string) => `${path} ${before} -> ${after}`,
    version: (step: string, before: string, after: number) => `${step} step version ${before} -> ${after}`,
    content: (input: string) => `${input} content changed`,
    epochs: (before: number, after: number, then: string) => `epochs ${before} -> ${after}: ${then}`,
    staysDiverged: "diverged before, which stays so",
    staysStopped: "early stopping ended it before, which stays so",
    continuesFrom: (epoch: number) => `continues from epoch ${epoch}`,
    fromTheBeginning: "trains from the beginning",
    notDone: "not done yet",
    goneArtifact: (artifact: string) => `its ${artifact} artifact is gone from the store`,
    waitsForDownload: "waits for the data",
    waitsForTrain: "waits for train",
    waitsForRuns: (count: number) => `waits for ${count === 1 ? "1 run" : `${count} runs`}`,
    damaged: (path: string) => `${path} is damaged`,
    noResults: (folder: string) => `${folder} has no results yet`,
    format: (format: unknown) => `its manifest.json is of format ${format}`,
    /** What another version has written; null where it does not say. */
    writtenBy: (version: string | null) =>
      version === null
        ? "it does not say which version wrote it"
        : `written by version ${version} of the program`,
    madeBy: (command: string | null) =>
      command === null ? "it does not say by which command it was made" : `made by \`${command}\``,
    renderedAgain: (language: unknown) => `its report was rendered again, language ${language}`,
    beingWritten: (folder: string) => `a sweep is writing to ${folder}, or was ended while it did`,
    changed: (file: string, others: number) =>
      `${file}${others === 0 ? "" : ` and ${others} more`} gone or changed`,
  },

  gc: {
    unused: (store: string) => `${store}: no results folder refers to it`,
    used: (store: string, folders: number) =>
      `${store}: what ${formatCounted(folders, "results folder")} may be made of is kept`,
    unfinished: (folder: string) => `${folder} (its sweep has not finished)`,
    removed: (what: string) => `removed ${what}`,
    wouldRemove: (what: string) => `would remove ${what}`,
    kept: (what: string) => `kept ${what}`,
    nothing: "nothing",
    counted: (count: number, kind: string) => formatCounted(count, kind),
    otherVersion: (folder: string) =>
      `${folder} is of another version of the program: only what is the same as its files is kept`,
  },

  verify: {
    computed: (
      { folder, computed, runs, named }: { folder: string; computed: number; runs: number; named: string },
    ) => `${folder}: ${computed} of ${formatCounted(runs, "run")} computed again${named && ` (${named})`}`,
    failed: (count: number) => `${formatCounted(count, "run")} had failed and cannot be compared`,
    absent: (count: number) =>
      `${formatCounted(count, "file")} of the manifest ${
        count === 1 ? "is not in the folder; its hash was" : "are not in the folder; their hashes were"
      } compared`,
    diverged: (count: number) =>
      `${formatCounted(count, "run")} had diverged and ${
        count === 1 ? "has" : "have"
      } no weights or predictions`,
    same: ({ runs, diverged }: { runs: number; diverged: number }) =>
      `The same bytes: data set${diverged < runs ? ", weights, predictions" : ""}${
        runs > 0 ? ", diagnostics, rows of results.csv and history.csv" : ""
      }`,
    /** What is different about a file, after its name. */
    difference: {
      ofRun: (run: string, what: string) => `run ${run}: ${what}`,
      dataset: "the data set has other bytes",
      otherValues: "other values",
      otherBytes: "other bytes",
      notRecorded: "is not recorded, and came out now",
      header: "the header",
      row: (row: string, column: string) => `row ${row}: ${column}`,
      cell: (number: number) => `cell ${number}`,
      notThere: "not there",
      was: (place: string, before: string, now: string) => `${place} was ${before}, is now ${now}`,
      sameValues: "the same values in other bytes",
      changed: "was changed after the sweep had written it",
      changedOutside: "was changed after the sweep had written it, not in the rows of a run of its own",
      changedFirst: (run: string, found: string | null) =>
        `was changed after the sweep had written it, first in run ${run}: ${
          found === null ? "its rows are gone" : `found ${found}`
        }`,
      order: "the rows are the same and the file is not: its columns or their order",
    },
    differs: (files: number) => `${formatCounted(files, "file")} differ${files === 1 ? "s" : ""}:`,
    moreRuns: (count: number) => ` (and ${formatCounted(count, "run")} more)`,
    moreFiles: (count: number) => `and ${formatCounted(count, "file")} more`,
  },

  grade: {
    noPrlimit:
      "prlimit is not there (it comes with util-linux, on Linux): programs handed in are held by Deno's permissions alone, " +
      "their memory is only watched, and hostile ones could read single lines of files. Grade what you do not trust on Linux.",
    noSetpriv:
      "setpriv is not there (it comes with util-linux): a program could outlive an interrupted grading.",
    /** `got` is padded. */
    points: (got: string, points: number) => `${got} of ${points}`,
    openChecks: (count: number) => `(${formatCounted(count, "check")} not graded)`,
    /** Above those whose points are not the ones that were told while grading. */
    changed: "After lateness and changes by hand:",
    graded: (students: number, gradebook: string) =>
      `${formatCounted(students, "student")} graded: ${gradebook}, report.html, feedback/`,
    notGraded: (reason: string) => `not graded: ${reason}`,
    absent: (count: number, names: string) => `${formatCount(count)} handed in nothing: ${names}`,
    refused: (count: number) =>
      `${formatCount(count)} of what lies among the submissions could not be graded:`,
    incomplete: (
      { checks, students, submissions }: Record<"checks" | "students" | "submissions", number>,
    ) =>
      `${formatCounted(checks, "check")} of ${formatCount(students)} of ${
        formatCounted(submissions, "submission")
      } could not be graded, so points are not final:`,
    refusals: {
      onlineText: "text written into the platform, no file",
      device: "a device or a pipe",
      deadLink: "a symbolic link that leads nowhere",
      linkOut: "a symbolic link that leads out of the folder",
      linkToDevice: "a symbolic link to a device or a pipe",
      singleFile: "a single file; download with a folder for each student",
      otherArchive: "an archive that is no .zip",
      otherFile: "a file that is neither a .zip nor a .ipynb",
    },
  },

  files: {
    written: (path: string) => `${path} written`,
    starter: (folder: string, names: string) => `${folder}: ${names} written`,
    upToDate: (path: string) => `${path} is up to date`,
  },

  view: {
    served: (address: string) => `What is running and what has been is at ${address} (Ctrl-C ends it)`,
    servedToAll: (address: string) =>
      `Whoever has this address sees it from other machines too: ${address} (put this machine's in)`,
  },

  lab: {
    served: (address: string) => `The lab is at ${address} (Ctrl-C ends it)`,
  },

  /** What `best` writes above a config. */
  best: {
    trial: (
      { trial, name, best, label }: {
        trial: number;
        name: string;
        best: { trials: number; metric: string } | null;
        label: string;
      },
    ) =>
      `Trial ${trial} of ${name}${best === null ? "" : `, the best of ${best.trials} by ${best.metric}`}${
        label && `: ${label}`
      }`,
    metric: (metric: Metric, value: string) => `${metric} ${value}`,
    overSeeds: (seeds: number) => `, means over ${seeds} seeds`,
    weights: (seed: number, sha256: string) => `Seed ${seed} gives weights_sha256 ${sha256}`,
    paths: (folder: string) => `Paths of data files are relative to ${folder}: keep this file there.`,
  },

  report: {
    missing: (file: string) => `there is no ${file}: what it tells is left out`,
    changed: (file: string) =>
      `${file} is not as the sweep wrote it: what is said here goes by what stands in it now`,
    noManifest: (file: string) =>
      `there is no ${file}: trials are ranked by val_accuracy, and how they were run is left out`,
    noTimings: "there is no timings.csv: how long it took is left out",
  },

  machines: {
    noServer: (address: string, reason: string) => `Cannot reach ${address}: ${reason}`,
    notLetIn: (address: string, given: boolean) =>
      `Cannot use ${address}: the server was reached, but ` +
      (given
        ? "the token, the password or the credentials are wrong"
        : `it asks for a token or a password, and there is none in the address; pass ${
          address.replace("//", "//TOKEN@")
        }, or --creds FILE`),
    noJetStream: (address: string, reason: string) =>
      `Cannot use ${address}: it must be a NATS server with JetStream, as \`nats-server -js\`, found: ${reason}`,
    waitingForServer: (address: string, reason: string) => `${address}: ${reason}; trying again`,
    lost: (address: string) => `${address}: the connection is lost; trying again`,
    connectedAgain: (address: string) => `${address}: connected again`,
    full: (reason: string, machines: readonly string[] = []) =>
      `The server has no room${
        machines.length === 0 ? "" : ` for what comes from ${machines.join(", ")}`
      }: ${reason}. Nothing is lost, and this waits for room. \`deno task gc --on\` makes some, with --queued also while runs are in the queue.`,
    roomAgain: "The server has room again.",
    retrying: (reason: string) => `The server does not answer (${reason}); trying again`,
    othersLease: ({ asked, lease, others }: { asked: number; lease: number; others: readonly string[] }) =>
      `The lease is ${formatCounted(lease, "second")}, by which ${others.join(", ")} ${
        others.length === 1 ? "works" : "work"
      }, and not ${asked}: to change it, end all workers first`,
    refused: (address: string, reason: string) =>
      `Cannot use ${address}: the server must do what is asked of it, found a refusal: ${reason}`,
    brokenResult: (run: string, reason: string) =>
      `What the server has of run ${run} cannot be read, and the run is computed again: ${reason}`,
    failedOn: (machine: string, reason: string) => `on ${machine}: ${reason}`,
    givenUp: (times: number) =>
      `it was given to a worker ${times} times, which died or was cut off each time`,
    cannotDo: (run: string, reason: string) => `run ${run} failed: ${reason}`,
    notKept: (run: string, reason: string) =>
      `run ${run}: its checkpoint could not be stored on the server, so whoever goes on has an older one: ${reason}`,
    gaveBack: (run: string, epoch: number) => `run ${run}: given back at epoch ${epoch}`,
    notGivenBack: (run: string) =>
      `run ${run}: the server did not answer, so it could not be given back; as if this machine had died, ` +
      "another takes it when the server is there again",
    summary: (machines: number, queued: number) =>
      `${formatCounted(machines, "machine")} at work, ${
        formatCounted(queued, "run")
      } in the queue or under way`,
    /** Of the rows of any data set: nobody knows here what is trained. */
    line: (name: string, workers: number, rows: number) =>
      `${name}: ${formatCounted(workers, "worker")}, ${formatCount(rows)} rows/s`,
    silentFor: (name: string, time: string) => `${name}: silent for ${time}`,
    otherCore: (core: string) => `computes other bits than this version of the program (${core})`,
    cleaned: (
      { results, bytes, queued, dryRun }: { results: number; bytes: string; queued: number; dryRun: boolean },
    ) =>
      `${dryRun ? "would remove" : "removed"} ${
        formatCounted(results, "result")
      } and what belongs to them: ${bytes}` +
      (queued === 0
        ? ""
        : `; ${formatCounted(queued, "run")} in the queue or under way and the data sets stay`),
    silent: (name: string) => `${name} has fallen silent; if it stays silent, its runs go to another machine`,
    nobody:
      "No machine works for this server yet: start some by `deno task worker URL`; the runs wait for them.",
    othersOnly: (core: string, others: readonly string[]) =>
      `No machine computes the same bits as this version of the program (${core}): there are ${
        others.join(", ")
      }. ` +
      "The runs wait for one that does.",
    detached: (runs: number, command: string) =>
      `${
        formatCounted(runs, "run")
      } in the queue, for whichever machines there are. To collect:\n  ${command}`,
    keepQueued: (runs: number) => `Leave ${formatCounted(runs, "run")} in the queue of the machines? [Y/n] `,
    notWithdrawn: (runs: number, reason: string) =>
      `${
        formatCounted(runs, "run")
      } could not be taken out of the queue (${reason}): machines train those that are ` +
      "still there, and the same command collects",
    noDataset: (sha256: string) => `Cannot train: the data set ${sha256} must be on the server, found none`,
    working: (name: string, workers: number, address: string) =>
      `${name}: ${formatCounted(workers, "worker")} for ${address}; Ctrl-C gives back what is under way`,
  },

  errors: errorsEn,
  data: dataEn,
  help: helpEn,
};
