/** What `--help` says. */
export const helpEn = {
  /** The headings that Commander gives. */
  headings: {
    "Usage:": "Usage:",
    "Arguments:": "Arguments:",
    "Options:": "Options:",
    "Commands:": "Commands:",
  } as Readonly<Record<string, string>>,
  /** What it puts in brackets after a description: `default: 1, choices: "en", "ja"`. */
  details: (text: string) => text,
  /** What commander says of a command line that is wrong. */
  wrongCommand: (message: string) => message,
  program: "Reproducible experiments with neural networks written from scratch.",
  showHelp: "show this help",
  seeHelp: (command: string) => `See \`deno task ${command} --help\`.`,
  debug: "show the stack trace of an unexpected error",
  language: "of what is printed (default: the config's, else that of LANG)",
  /** Of commands without a config. */
  languageAlone: "of what is printed and written (default: that of LANG)",

  config: "the experiment, a YAML file",
  set: "change a setting of the config; may be repeated",
  sweepValues: "try these values, split by commas; may be repeated",
  out: (folder: string) => `folder of the results (default: ${folder})`,
  store: "folder of what need not be computed twice",
  mirror: "where to take the data set's files from, instead of the network",
  quiet: "print warnings and the result only",
  workers: "runs to train at once",
  cores: (count: number) => `${count}, the cores`,
  invalid: {
    empty: "It must not be empty.",
    budget: "It must be a time such as 600, 90s or 10m, at most a day.",
    override: "It must be path=value, such as train.epochs=3.",
    workers: (most: number) => `It must be a whole number from 1 to ${most}.`,
    sample: "It must be a whole number of 1 or more.",
  },

  sweep: {
    about: "Train and evaluate every trial of an experiment, and write its results and report.",
    yes: "start more runs than the config's run_cap",
    replace: "put the results in the place of another config's of the same name",
    failFast: "stop at the first run that fails, instead of going on with the others",
    view: "print an address at which the browser shows the sweep until it ends",
    open: "show the report in the browser at the end",
    dryRun: "print what would be done and about how long it takes, and do nothing",
    json: "print every event as a line of JSON, for programs",
    examples: `
Examples:
  deno task sweep
  deno task sweep configs/course.yaml --set train.epochs=3 --set "model.hidden=[100]"
  deno task sweep configs/course.yaml --sweep "train.learning_rate=0.01,0.1" --sweep "model.hidden=[100],[400,200]"
  deno task sweep configs/course.yaml --mirror ../mnist --out results/trial --workers 1

Exit codes: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted`,
  },
  machines: {
    on: "let the workers of many machines train, over this NATS server",
    creds: "credentials file for the server, as `nsc` writes it",
    ca: "certificates by which a server with tls:// is known",
    statusOn: "say instead which machines work for this server, what each does, and how many runs wait",
    gcOn: "remove instead what the project has on this server: results, checkpoints, data sets",
    queued: "with --on: take the runs out of the queue too; a sweep that still waits puts its own in again",
    detach: "end when the runs are in the queue; the same command later collects",
    verifyRemote: "compute so many runs again on this machine, and compare every byte",
    project: "what the streams on the server are named by: others do not see one another",
    invalidProject: "It must be of at most 40 letters a-z, digits and -.",
  },
  worker: {
    about: "Train for the sweeps of other machines, over a NATS server with JetStream, until Ctrl-C.",
    url: "the server: nats://HOST:PORT or tls://HOST:PORT, also with TOKEN@ or USER:PASSWORD@",
    folder: (folder: string) => `where data sets are kept that came from the server (default: ${folder})`,
    lease:
      "a worker that is silent for so long has died, and its runs go to another; one for all workers, of which the first decides (default: as it is, at first 20)",
    invalidLease: "It must be a whole number of seconds from 2 to 3600.",
    name: "how the machine is shown (default: its host name)",
    examples: `
Examples:
  nats-server -js
  deno task worker nats://lab:4222 --workers 8
  deno task sweep configs/sweep.yaml --on nats://lab:4222

It may talk to that address, and read and write its folder, and nothing else. On Ctrl-C or SIGTERM it gives back what is under way, which
goes on from there on another machine.

Exit codes: 0 done, 1 the connection ended, 2 the input is wrong, 130 or 143 interrupted`,
  },
  status: {
    about: "Say of each step and run of an experiment whether it is up to date, and why not.",
    json: "print it as JSON, with every run",
    examples: `
Examples:
  deno task status
  deno task status configs/course.yaml --set train.epochs=20
  deno task status configs/sweep.yaml --json

Exit codes: 0 nothing is to do, 1 something is, 2 the input is wrong`,
  },
  report: {
    about: "Render report.md, report.html and the figures of a results folder again, from the tables in it.",
    results: "the results folder",
    language: "write in another language than before",
    examples: `
Examples:
  deno task report results/quickstart
  deno task report results/quickstart --language ja`,
  },
  compare: {
    about: "Compare trials: settings that differ, metrics with their intervals, learning curves.",
    results: "results folders, or trials of them as DIR#3; two or more",
    md: "write Markdown",
    csv: "write CSV, one value a row",
    html: (file: string) => `write a page for a browser (default file: ${file})`,
    language: "of the tables or the page (default: that of the first's report)",
    replace: "put the page in the place of another file",
    examples: `
Examples:
  deno task compare results/course results/course-faster
  deno task compare results/sweep#3 results/sweep#17
  deno task compare results/a results/b results/c --csv > comparison.csv
  deno task compare results/a results/b --html
  deno task compare results/a results/b --html a-and-b.html --language ja

A folder stands for its best trial, DIR#3 for trial 3. Changes are against the first.
Exit codes: 0 done, 2 the input is wrong`,
  },
  best: {
    about: "Print the best trial of a sweep as a config of its own, which gives the same weights again.",
    results: "a results folder, or a trial of it as DIR#3",
    save: "write it to a file, instead of printing it",
    examples: `
Examples:
  deno task best results/quickstart
  deno task best results/quickstart --save configs/best.yaml
  deno task sweep configs/best.yaml

Exit codes: 0 done, 2 the input is wrong`,
  },
  verify: {
    about: "Compute runs of a results folder again, from scratch, and compare every byte.",
    results: "the results folder, or a copy of its manifest.json in a folder of its own",
    sample: "compute so many runs again instead of all",
    quiet: "print the result only",
    examples: `
Examples:
  deno task verify results/quickstart
  deno task verify results/reference/course-3 --mirror ../mnist
  deno task verify results/sweep --sample 3

With --sample K, the runs whose SHA-256 of "<SHA-256 of results.csv> <trial>-<seed>" is smallest are taken: the same each time, and
nobody who wrote the results could choose them. The folder's manifest.json is enough; what else is there is compared with it.

Exit codes: 0 the same bytes, 1 something differs, 2 the input is wrong, 130 interrupted`,
  },
  gc: {
    about: "Remove from the store what no results folder is made of.",
    results: (folder: string) => `folder to look for results in; may be repeated (default: ${folder})`,
    dryRun: "say what would be removed, and remove nothing",
    check: "read every artifact, and remove damaged ones: the next sweep makes them again",
    examples: `
Examples:
  deno task gc --dry-run
  deno task gc --results results --results /data/results

A results folder that a sweep wrote is remembered by the store, wherever it is, also while its sweep has not finished. What a later
sweep needs again after all is computed again.

Exit codes: 0 done, 2 the input is wrong, or a sweep is using the store`,
  },
  grade: {
    about: "Grade submissions by a rubric: points, reasons and feedback, by recomputing.",
    rubric: "how to grade, a YAML file",
    submissions: "what students handed in: folders, zips, notebooks, or folders of them",
    out: (folder: string) => `folder of the grades (default: ${folder})`,
    submitted: "CSV of submission,submitted: when each was handed in, instead of what manifests say",
    roster: "CSV of who is in the course, also as Moodle and Canvas export it: says who handed in nothing",
    stage: "what students may see by now",
    language: "of feedback and reports, instead of the rubric's",
    workers: "submissions to grade, and notebooks to run, at once",
    budget: (minutes: number) =>
      `what a notebook's cells may take together, as 600 (seconds) or 10m (default: ${minutes}m)`,
    artifactsOnly: "run no notebook: grade the files that were handed in beside it",
    saveReference: "write the reference runs that were used, to be shipped with a rubric",
    examples: `
A submission is a notebook, a folder or a zip; docs/grading.md says what it holds. Notebooks are run in a sandbox. A folder of submissions stands for all of them.

Examples:
  deno task grade configs/rubrics/sprint-nn.yaml submissions/
  deno task grade configs/rubrics/sprint-nn.yaml notebooks/ --budget 20m --workers 2
  deno task grade configs/rubrics/sprint-nn.yaml s1.zip s2.zip --mirror ../mnist
  deno task grade configs/rubrics/sprint-nn.yaml submissions/ --submitted times.csv --stage published
  deno task grade configs/rubrics/sprint-nn.yaml submissions/ --language ja

Exit codes: 0 done, 1 checks could not be graded, 2 the input is wrong, 130 interrupted`,
  },
  view: {
    about: "See in the browser what is running and what has been, live.",
    folders: "where to look for results folders (default: results/)",
    host: "0.0.0.0: let other machines see it, by a token that is printed",
    grades: "with --host 0.0.0.0: show grades too, in which students are named",
    invalidHost: "It must be 127.0.0.1, this machine alone, or 0.0.0.0, others too.",
    examples: `
It only reads. A sweep that runs is shown as it goes, whether it began before or after.

Examples:
  deno task view
  deno task view results/ /shared/results --open
  deno task view --host 0.0.0.0 --port 8080 --language ja`,
  },
  /** Of what is served to a browser. */
  serve: {
    port: "where it is served on this machine; the next free port where it is taken",
    open: "show it in the browser",
    invalidPort: "It must be a whole number from 0 to 65535.",
  },
  lab: {
    about:
      "See in the browser what the slides explain: learning rules, networks, the graph, initial weights, digits.",
    out: "write the lab as one HTML file, which opens offline, instead of serving it",
    weights: "the results folder whose best network reads the digits",
    examples: `
Examples:
  deno task lab
  deno task lab --weights results/course --open
  deno task lab --out lab.html --language ja`,
  },
  template: {
    about: "Make the starter of a submission.",
    folder: "the folder to make it in",
    track: "artifact: a NumPy program and the batch to run it on; ts: TypeScript",
    examples: `
Examples:
  deno task template my-network
  deno task template my-network --track ts

docs/grading.md says what the files are to hold.`,
  },
  checkSubmission: {
    about: "Say of each file of a submission whether it is there, readable and of the right shape.",
    submission: "what is to be handed in: a folder or a zip",
    rubric: "by which it will be graded (default: configs/rubrics/sprint-nn.yaml)",
    examples: `
Nothing is run, nothing is compared with a right solution, and there are no points: what is right is for you to find out.

Examples:
  deno task check-submission my-network
  deno task check-submission my-network.zip --language ja

Exit codes: 0 every file is as it must be, 1 some are not, 2 the input is wrong`,
  },
  schema: {
    about:
      "Write configs/schema.json, schema.ja.json and configs/rubrics/schema.json, by which editors complete and check, and " +
      "docs/config.md and docs/config.ja.md, which list every key of a config.",
    check: "write nothing; exit with 1 if a file is stale",
  },
};
