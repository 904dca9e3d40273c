import type { Metric } from "../../src/tables/metrics.ts";
import { formatCount } from "../../src/text/numbers.ts";

/** What stands in the place of a file. */
export type FileKind = "folder" | "pipe" | "socket" | "device";
/** What is done with a store. */
export type StoreVerb = "open" | "look into" | "read from" | "write to" | "remove from";

const KINDS: Readonly<Record<FileKind, string>> = {
  folder: "a folder",
  pipe: "a named pipe",
  socket: "a socket",
  device: "a device",
};

const advice = (option: string | undefined) =>
  option === undefined ? "" : `; pass a writable folder with ${option}`;
const goOn = (option: string | undefined) =>
  " and run the same command again (what is stored stays)" +
  (option === undefined ? "" : `, or pass a folder on another disk with ${option}`);
const holding = (holder: string) => holder && ` (process ${holder})`;

/** What is wrong with what a user did or has: "Cannot X: Y must be Z, found W". */
export const errorsEn = {
  // Of any command.
  bug: (message: string) =>
    `unexpected: ${message}\nThis is a bug. Please report it, with what the same command prints with --debug.`,
  /** Of Deno's permissions, which its message names. */
  notAllowed: (message: string) => message,
  settingMeant: (meant: string) => `Settings of a config are set by --set: ${meant}`,

  // Of files. The reasons are those below.
  cannotUse: (path: string, reason: string) => `Cannot use ${path}: ${reason}`,
  /** `what` is `config`; empty where nobody need be told. */
  cannotRead: (path: string, reason: string, what: string) =>
    `Cannot read ${what && `the ${what} `}${path}: ${reason}`,
  cannotWrite: (path: string, reason: string) => `Cannot write ${path}: ${reason}`,
  inUse: (path: string) =>
    `Cannot replace or remove ${path}: Windows refuses it, most likely because a program has the file open; ` +
    "close that program (such as Excel) and run the same command again",
  cannotLock: (path: string, reason: string) => `Cannot lock ${path}: ${reason}`,
  cannotStart: (program: string, reason: string) => `Cannot start ${program}: ${reason}`,
  cannotShow: (path: string, reason: string) => `Cannot show ${path}: ${reason}`,
  /** What files are that people name. */
  whats: {
    config: "config",
    rubric: "rubric",
    submission: "submission",
    roster: "roster",
    times: "times of submission",
  },
  stale: (path: string) => `${path} is stale: run \`deno task schema\` and commit it`,

  // Of a sweep.
  mostRuns: ({ name, most, found }: { name: string; most: number; found: string }) =>
    `Cannot start ${name}: it must have at most ${formatCount(most)} runs, found ${found}`,
  runCap: ({ name, cap, found }: { name: string; cap: number; found: string }) =>
    `Cannot start ${name}: it must have at most ${formatCount(cap)} runs, its run_cap, found ${found}; ` +
    "pass --yes to start them all, or raise sweep.run_cap",
  othersResults: ({ out, config, found }: Record<"out" | "config" | "found", string>) =>
    `Cannot write results to ${out}: its results must be of ${config}, found those of ${found}; ` +
    "pass another folder with --out DIR, give the config another name, or replace them with --replace",
  inStore: (out: string, store: string) =>
    `Cannot write results to ${out}: it must not lie in the store, ${store}; pass another folder with --out DIR`,
  cannotWriteResults: (out: string, reason: string) => `Cannot write results to ${out}: ${reason}`,
  tooLarge: (found: string) =>
    `Cannot train: the data set and one training must take at most 4 GiB together, found ${found} GiB; ` +
    "make the layers of model.hidden or the data set smaller",
  runsFailed: (failed: number, count: number) => `${failed} of ${count} runs failed`,
  failFast: (run: string) =>
    `run ${run} failed, and --fail-fast ends the sweep; what is done is stored: ` +
    "the same command goes on from there",
  withoutMachines: "Cannot sweep: --detach and --verify-remote must come with --on URL",
  wrongKernels: (kernels: readonly string[]) =>
    `Cannot train: the kernels must compute the bits of their reference, found others in ${
      kernels.join(", ")
    }; V8 compiles them wrongly with the flags of the task: run without them, as ` +
    "`deno run -P=sweep pipeline/main.ts sweep`, and report it with what `deno --version` prints",
  noSuchTrial: ({ reference, last, found }: Record<"reference" | "last" | "found", number>) =>
    `Cannot compare with reference ${reference}: its trial must be from 0 to ${last}, found ${found}`,
  outsideTolerance: (outside: number, count: number) =>
    `${outside} of ${count} reference metrics ${outside === 1 ? "is" : "are"} outside the tolerance:`,
  /** Of a data file, by the setting that names it. */
  ofFile: (name: string, said: string) => `${name}: ${said}`,
  tooManyToLook: ({ name, most, found }: { name: string; most: number; found: number }) =>
    `Cannot look at ${name}: it must have at most ${formatCount(most)} runs, found ${formatCount(found)}`,
  wrongAddress: (found: string) =>
    `Cannot reach machines: the address must be nats://HOST:PORT or tls://HOST:PORT, found ${found}`,

  // Of a store.
  cannotUseStore: (action: StoreVerb, root: string, reason: string) =>
    `Cannot ${action} the store ${root}: ${reason}`,
  namelessStore: "Cannot open the store: its path must not be empty; pass a folder with --store DIR",
  damagedNote: (path: string) =>
    `Cannot tell which results folder ${path} is about: it is damaged; remove it, and sweep again what it was about`,
  damagedArtifact: ({ path, sha256, found }: { path: string; sha256: string; found: string | null }) =>
    `Cannot read the artifact ${path}: its SHA-256 must be ${sha256}, found ${found ?? "no file"}`,
  noStore: (root: string) => `Cannot collect garbage in ${root}: there is no such store`,
  storeInUse: (root: string) =>
    `Cannot collect garbage in ${root}: a sweep is using it; try again when it has ended. Nothing was removed.`,
  noResultsFolder: (path: string, found: "file" | "nothing") =>
    `Cannot collect garbage: ${path} must be a folder, found ${
      found === "file" ? "a file" : "none of that name"
    }. Nothing was removed.`,
  unknownReferences: (path: string) =>
    `Cannot collect garbage: ${path} is damaged, and nobody can tell what its results are made of; ` +
    "sweep into that folder again or remove it. Nothing was removed.",

  // Of results.
  cannotReadResults: (folder: string, reason: string) => `Cannot read results from ${folder}: ${reason}`,
  cannotVerify: (path: string, reason: string) => `Cannot verify ${path}: ${reason}`,
  noReport: (folder: string) =>
    `Cannot render a report: ${folder} must be a results folder, found no results.csv in it`,
  emptyReport: (table: string) => `Cannot render a report: ${table} must have a run or more, found none`,
  cannotRender: (folder: string, reason: string) => `Cannot render the report of ${folder}: ${reason}`,
  noBest: (folder: string, metric: Metric) =>
    `Cannot find the best trial of ${folder}: a run must have ended with a ${metric}, found none`,
  /** `last` is null where some between are not there, and `known` are the first of those that are. */
  noTrial: (
    { folder, trial, first, last, known }: {
      folder: string;
      trial: string;
      first: number;
      last: number | null;
      known: string;
    },
  ) =>
    `Cannot find trial ${trial} of ${folder}: it must be ${
      last === null
        ? `one of ${known}`
        : last === first
        ? `${first}, the only one`
        : `from ${first} to ${last}`
    }`,
  replaceWithoutPage: "Cannot compare: --replace must come with --html, found it alone",
  csvHasNoLanguage: "Cannot compare: --csv must come without --language, as it is the same in every language",
  tooFewResults: (found: string) => `Cannot compare: results must be two or more, found ${found}`,

  // Of what is served.
  notViewed: (folder: string) => `Cannot view ${folder}: it must be a folder, found none of that name`,
  notFolder: (path: string) => `Cannot view ${path}: it must be a folder, found a file`,
  portsTaken: (what: string, port: number, last: number) =>
    `Cannot serve ${what}: one of the ports ${port} to ${last} must be free, found none; pass another with --port N`,
  systemsPort: (what: string, port: number) =>
    `Cannot serve ${what}: the system keeps port ${port} for itself; pass one from 1024 on with --port N`,
  noWeights: (place: string, reason: string) => `Cannot take weights from ${place}: ${reason}`,

  // Of grading.
  cannotGrade: (path: string, reason: string) => `Cannot grade ${path}: ${reason}`,
  sameNames: (one: string, other: string) =>
    `Cannot grade: submissions must differ in their names, found ${one} and ${other}`,
  cannotWriteGrades: (out: string, reason: string) => `Cannot write grades to ${out}: ${reason}`,
  noProcess: (reason: string) => `Cannot start a student's process: ${reason}`,
  noStarter: (folder: string, reason: string) => `Cannot make a starter in ${folder}: ${reason}`,

  /** Why not, after the place that it is about. `option` is what passes another folder, as `--store DIR`. */
  reasons: {
    // By what the system says.
    fileAsFolder: (option?: string) => `it must be a folder, found a file${advice(option)}`,
    fileInPath: (option?: string) => `a part of its path must be a folder, found a file${advice(option)}`,
    denied: (option?: string) => `permission denied${advice(option)}`,
    readOnly: (option?: string) => `its file system is read-only${advice(option)}`,
    noSpace: (option?: string) => `no space is left on the disk; free some${goOn(option)}`,
    fileLimit: (option?: string) =>
      `a file would get larger than the system lets it; raise that limit (\`ulimit -f\`)${goOn(option)}`,
    notOnDisk: "it must be a file on a disk",
    folderAsFile: "it must be a file, found a folder",
    noFile: "there is no such file",
    folderForFile: "it must be a file, found a folder; pass a name in it",
    noFolderOf: (folder: string) => `there is no folder ${folder}`,
    nothingThere: "there is no such file or folder",
    unreadable: "permission denied; allow yourself to read it (`chmod u+r`, of folders `chmod u+rx`)",
    manyOpen: "too many files are open; allow more (`ulimit -n 1024`) and run the same command again",
    linksInCircle: "it must be a file, found symbolic links that lead in a circle",
    longName: "its name is too long",
    /** What the system says otherwise. */
    system: (message: string) => message,

    // Of what is read.
    isFolder: (path: string, meant: string) => `${path} is a folder${meant && `; did you mean ${meant}?`}`,
    irregular: (kind: FileKind) => `it must be a regular file, found ${KINDS[kind]}`,
    large: (mebibytes: number, size: number) => `it must have at most ${mebibytes} MiB, found ${size} bytes`,
    largeToShow: (mebibytes: number, size: number) =>
      `it must have at most ${mebibytes} MiB to be shown here, found ${size} bytes`,
    /** After that there is no such file. */
    nearby: (path: string) => `; did you mean ${path}?`,
    notFromInput: "; it is read from a file, not from standard input",
    noText: "it must be text in UTF-8, found what is no text",
    encoding: (meant: string | undefined) =>
      `it must be text in UTF-8, found ${
        meant === undefined ? "another encoding" : `what looks like ${meant}`
      }; save it again in UTF-8`,
    linkOut: "it must be a file of the folder, found a link out of it",
    notJson: (message: string) => `it must be JSON, found ${message}`,
    /** What a parser says. */
    wrongCsv: (message: string) => message,
    wrongContent: (message: string) => message,
    notAsSwept: (found: string) => `it must be as a sweep wrote it, found ${found}`,
    /** What is found instead, in a part of a manifest; null of the whole. */
    wrongPart: (part: string | null, found: string | undefined, known: string) =>
      `${found ?? "nothing"} in the place of ${part ?? "the whole"}${known}`,
    manyEntries: ({ place, found, most }: { place: string | null; found: number; most: number }) =>
      `${formatCount(found)} entries in the place of ${place ?? "the whole"}, which are ${
        formatCount(most)
      } at most`,
    knownFormats: (latest: number) => `, which is 1 or ${latest} in this version of the program`,
    knownColumns: (columns: readonly string[]) => `, which are among ${columns.join(", ")}`,
    notAsGraded: "it must be as a grading wrote it, found something else",
    nameless: "it must have an experiment with a name, found none",
    otherFormat: (format: number, found: string) =>
      `its format must be ${format} in this version of the program, found ${found}`,
    noRuns: "it must have a run or more, found none",
    lacks: (files: readonly [string, string], absent: string) =>
      `it must have ${files.join(" and ")}, found no ${absent}`,
    unfinishedSweep: "a sweep into it has not ended, and writes its results at its end",
    noManifest: "there is no manifest.json, which every sweep writes into its results folder",
    otherTrials: (last: number, found: number) =>
      `results.csv must have the trials of manifest.json, 0 to ${last}, found trial ${found}`,
    notVerifiable: "it must be a results folder, found no manifest.json, which every sweep writes",
    lacksRun: (run: string) => `manifest.json must list each run of its experiment, found no ${run}`,
    foreignRun: (run: string) => `manifest.json must list the runs of its experiment, found ${run} too`,

    // Of what is written.
    otherConfig: "it must be a new file, found another config; pass another name or remove it",
    otherPage: "it must be a new file or a page of compare, found another file; " +
      "pass another name with --html FILE, or replace it with --replace",
    somethingElse: "it must be a regular file, found something else; remove it",
    folderInTheWay: (name: string) => `${name} must be a file, found a folder; remove it`,
    fileInTheWay: (name: string) => `${name} must be a folder, found a file; remove it`,
    linkInTheWay: (name: string) => `${name} must be a folder in it, found a symbolic link; remove the link`,
    foreignFiles: (name: string, manifest: string) =>
      `it must be empty or hold earlier results, found ${name} and no ${manifest}; ` +
      "pass another folder with --out DIR",
    otherManifest: (manifest: string) =>
      `its ${manifest} must be a sweep's, found another; pass another folder with --out DIR`,
    otherResults: "it holds other results; pass another folder with --out DIR",
    anotherSweep: (holder: string) =>
      `another sweep${
        holding(holder)
      } is writing there; wait until it ends, or pass another folder with --out DIR`,
    anotherGrading: (holder: string) =>
      `another grading${
        holding(holder)
      } is at work there; wait until it ends, or pass another folder with --out DIR`,
    otherThanStore: (name: string) =>
      `it must be empty or an earlier store, found ${name} and no artifacts; pass another folder with --store DIR`,
    elsewhere: (reason: string) => `${reason}; pass another folder with --out DIR`,
    otherThanLab: "it must be a new file or a lab, found another file; pass another name or remove it",
    thereAlready: (name: string) => `${name} is there already; pass another folder`,

    // Of weights for a lab.
    noGoodRun: "a run must have ended ok, found none",
    standardised: (found: unknown) =>
      `preprocess.standardise must be left out for a network that the lab shows, found ${found}`,
    otherClasses: "its classes must be the digits 0 to 9, found others",
    noWeightsFile: (path: string, command: string | null) =>
      `there is no ${path}; sweep again what it is made of${command === null ? "" : `: ${command}`}`,

    // Of submissions.
    noSubmission: "a submission must be a folder, a .zip or a .ipynb, found another file",
    submissionDevice: "a submission must be a folder, a .zip or a .ipynb, found a device or a pipe",
    noSubmissions: (files: string) =>
      `it must be a submission, with one of ${files} in it, or a folder of submissions, found neither`,
    notFolderOrZip: "it must be a folder or a zip",
    noTimeColumns: (found: string) =>
      `it must have the columns submission and submitted, found ${found || "nothing"}`,
    noTime: (line: number, found: string) =>
      `line ${line}: submitted must be a time with its zone, such as 2026-05-01T23:59:00+09:00, found ${found}`,
    twoTimes: ({ who, line, earlier }: { who: string; line: number; earlier: number }) =>
      `line ${line}: ${who} has a time in line ${earlier} already; remove one of the two`,
  },
};
