import { describeGaps, findWalls } from "./sandbox/walls.ts";
import { join } from "node:path";
import {
  type FinalGrade,
  finalGrades,
  isOverridden,
  sayUnknownNames,
  type UnknownNames,
  unknownNames,
} from "../../src/grade/final_grade.ts";
import { identifyStudents } from "../../src/grade/identify_students.ts";
import { GRADER_VERSION, gradeSubmission, reproducedBy } from "../../src/grade/grade_submission.ts";
import {
  notGradedChecks,
  type Stage,
  type SubmissionGrade,
  totalPoints,
} from "../../src/grade/submission_grade.ts";
import { GRADEBOOK_FILE } from "../../src/grade/outputs/file_names.ts";
import { absentStudents, type RosterEntry, rosterStudent } from "../../src/grade/roster.ts";
import { sameId } from "../../src/grade/student_id.ts";
import { type Rubric, rubricSchema } from "../../src/grade/rubric.ts";
import {
  type SimilarPair,
  similarPairs,
  type Traces,
  traces,
  unexplained,
} from "../../src/grade/similarity.ts";
import type { Language } from "../../src/settings/setting.ts";
import { MANIFEST, type Submission } from "../../src/grade/submission.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { isUntouched, templateHashes } from "./write_template.ts";
import type { Texts } from "../../src/text/language.ts";
import { withoutControls } from "../../src/text/controls.ts";
import { padToWidth } from "../../src/text/text_width.ts";
import { chooseLanguage, type LanguageChoice } from "../messages/language.ts";
import { type Messages, messages, say } from "../messages/messages.ts";
import { warner } from "../progress/warner.ts";
import { UserError } from "../system/errors.ts";
import { projectPath } from "../system/place.ts";
import { readTextIfPresent } from "../system/files.ts";
import { readInputText } from "../system/read_input.ts";
import type { Streams } from "../progress/streams.ts";
import type { StepContext } from "../steps/step.ts";
import { Store } from "../store/store.ts";
import { holdStore } from "../store/hold_store.ts";
import { hashBytes } from "../store/hash.ts";
import { Limiter } from "../system/limiter.ts";
import { PipelineEngine } from "./engine.ts";
import { GradesFolder, writeGrades } from "./grades_folder.ts";
import {
  type ListedSubmissions,
  listSubmissions,
  type RefusedEntry,
  submissionName,
} from "./list_submissions.ts";
import { readOverrides } from "./overrides.ts";
import { parseYaml } from "./parse_yaml.ts";
import { readRosterFile } from "./read_roster.ts";
import { readSubmitted } from "./read_submitted.ts";
import { ReferenceFile } from "./reference_file.ts";
import { removeAbandonedFolders } from "./sandbox/student_folder.ts";
import { startProgram } from "./sandbox/start_program.ts";
import { Notebooks } from "./notebook/notebooks.ts";
import { DEFAULT_NOTEBOOK_LIMITS } from "./notebook/sandbox.ts";
import { openSubmission } from "./submission/open_submission.ts";
import tool from "../../deno.json" with { type: "json" };

/** What `deno task grade` is told on the command line. */
export interface GradeOptions {
  /** The rubric's YAML file. */
  readonly rubric: string;
  /** Submissions, or folders of them. */
  readonly submissions: readonly string[];
  /** The folder for the grades; by default `results/grades/<assignment>`. */
  readonly out?: string | undefined;
  readonly store: string;
  /** A folder or URL that holds the data set's files. */
  readonly mirror?: string | undefined;
  /** A CSV file of when submissions were handed in. */
  readonly submitted?: string;
  /** A CSV file of who is in the course. */
  readonly roster?: string;
  /** What students may see by now. */
  readonly stage: Stage;
  /** Of feedback and reports, instead of the rubric's. */
  readonly language?: Language | undefined;
  /** Submissions to grade, and notebooks to run, at once. */
  readonly workers: number;
  /** Seconds that the cells of a notebook may take together. */
  readonly budget?: number | undefined;
  /** Whether notebooks are left alone, and the files beside them graded. */
  readonly artifactsOnly?: boolean | undefined;
  /** Where to write the reference runs that were used. */
  readonly saveReference?: string;
  readonly quiet: boolean;
}

const REFERENCES = new URL("../../results/reference/", import.meta.url);
const TEMPLATE = new URL("./template/src/mod.ts", import.meta.url);
const MIB = 1024 * 1024;
/** For how many a notebook's network is trained where none of its cells did, and the rubric asks for no number. */
const NOTEBOOK_EPOCHS = 5;

/** What the command line names, read. */
interface Inputs {
  /** In the language that the grades are to be in. */
  readonly rubric: Rubric;
  readonly rubricText: string;
  /** Of the terminal. */
  readonly t: Messages;
  readonly listed: ListedSubmissions;
  /** When submissions were handed in, as the instructor knows it. */
  readonly submitted: ReadonlyMap<string, string>;
  readonly roster: readonly RosterEntry[];
  /** What is odd in the roster. */
  readonly warnings: readonly Texts[];
}

/** What submissions are graded with. */
interface Tools {
  readonly rubric: Rubric;
  readonly engine: PipelineEngine;
  /** Null where notebooks are left alone. */
  readonly notebooks: Notebooks | null;
  readonly limiter: Limiter;
  readonly signal: AbortSignal;
}

/** What a submission leaves behind once it is graded. */
interface Graded {
  readonly path: string;
  /** What a notebook gave, which is not run again; null for what is read again where it is asked for. */
  readonly ran: Submission | null;
  readonly grade: SubmissionGrade;
  readonly traces: Traces;
}

/** Says a name's points, and how many of its checks could not be made. */
type Tell = (name: string, points: number, open: number) => void;

/**
 * Grades submissions by a rubric and writes gradebook, feedback and reports. Throws ConfigError or UserError for what the user can mend; a
 * submission, whatever it holds, only ever gets points or none.
 */
export async function runGrade(
  options: GradeOptions,
  { signal, streams, languages }: { signal: AbortSignal; streams: Streams; languages: LanguageChoice },
): Promise<void> {
  const inputs = await readInputs(options, languages);
  const { rubric, t, submitted, roster, listed: { paths, others } } = inputs;
  using folder = await GradesFolder.open(
    options.out ?? projectPath(join("results", "grades", rubric.assignment)),
  );
  const { overrides, text: overridesText } = await readOverrides(folder, rubric);

  const warn = warner(streams, t, { keepLines: true });
  for (const { en, ja } of inputs.warnings) warn(en, ja);
  await removeAbandonedFolders();
  const gaps = describeGaps(await findWalls());
  if (gaps !== null) warn(gaps.en, gaps.ja);
  const reference = await openReference(rubric);
  const store = await Store.open(options.store, { onWarning: warn });
  const onWait = () => warn(t.sweep.waitingForGc(store.root));
  await using _held = await holdStore(store, { signal, onWait });
  const context: StepContext = {
    store,
    signal,
    emit: (event) => event.type === "warning" && warn(event.message, event.ja),
  };
  const { mirror, workers } = options;
  const engine = new PipelineEngine({ context, mirror, workers, reference });

  const { budget = DEFAULT_NOTEBOOK_LIMITS.budget, artifactsOnly = false } = options;
  await using notebooks = new Notebooks({
    images: () => engine.images(rubric.dataset),
    limits: { ...DEFAULT_NOTEBOOK_LIMITS, budget },
    epochs: rubric.require.epochs?.min ?? NOTEBOOK_EPOCHS,
    language: rubric.language,
    signal,
  });
  const runs = artifactsOnly || !rubric.tracks.includes("artifact") ? null : notebooks;

  const tell: Tell = (name, points, open) =>
    options.quiet || streams.stdout(gradeLine(name, { points, most: rubric.points, open }, t));
  const tools: Tools = { rubric, engine, notebooks: runs, limiter: new Limiter(workers), signal };
  const graded = await gradeAll(paths, tools, tell);

  const said = gradeMessages(rubric.language);
  const identified = identifyStudents(graded.map(({ grade }) => grade), said, roster);
  const grades = finalGrades(identified, { rubric, overrides, submitted });
  const pairs = await findSimilar(graded, identified, tools);
  const unknown = unknownNames(identified, { overrides, submitted });
  const refused = [...inputs.listed.refused, ...meantAsSubmissions(others, { roster, grades })];
  const { stage } = options;
  const told = refused.map(({ name, reason }) => ({ name, reason: reason[rubric.language] }));
  writeGrades(folder, { grades, rubric, stage, pairs, roster, unknown, refused: told });
  await folder.finish({
    assignment: rubric.assignment,
    tool: tool.version,
    grader: GRADER_VERSION,
    stage,
    language: rubric.language,
    rubric_sha256: hashBytes(inputs.rubricText),
    overrides_sha256: hashBytes(overridesText),
    submissions: graded.map(({ grade: { submission, student, sha256 } }) => ({
      submission,
      student,
      sha256,
    })),
  });
  if (options.saveReference !== undefined) {
    await Deno.writeTextFile(options.saveReference, reference.format());
  }
  const changed = grades.filter((final) => final.penalty > 0 || isOverridden(final));
  if (changed.length > 0 && !options.quiet) {
    streams.stdout(`${t.grade.changed}\n`);
    for (const { student, score, notGraded } of changed) tell(student, score, notGraded);
  }
  tellResults({ grades, refused, unknown }, { inputs, folder, streams, warn });
  refuseIncomplete(graded.map(({ grade }) => grade), refused);
}

async function readInputs(options: GradeOptions, languages: LanguageChoice): Promise<Inputs> {
  const rubricText = await readInputText(options.rubric, say((t) => t.errors.whats.rubric));
  const { value: declared } = parseYaml(rubricText, {
    file: options.rubric,
    schema: rubricSchema,
    what: "a rubric",
  });
  const rubric: Rubric = { ...declared, language: options.language ?? declared.language };
  // English is what a rubric asks for that says nothing.
  const t = messages(chooseLanguage(languages, declared.language === "ja" ? "ja" : undefined));
  const listed = await listSubmissions(options.submissions);
  const submitted = options.submitted === undefined
    ? new Map<string, string>()
    : await readSubmitted(options.submitted);
  const { roster, warnings } = options.roster === undefined
    ? { roster: [], warnings: [] }
    : await readRosterFile(options.roster);
  return { rubric, rubricText, t, listed, submitted, roster, warnings };
}

async function gradeAll(paths: readonly string[], tools: Tools, tell: Tell): Promise<Graded[]> {
  const { rubric, limiter, signal } = tools;
  const template = await readTextIfPresent(TEMPLATE) ?? "";
  const most = rubric.with_bonus ?? rubric.points;
  return await Promise.all(
    paths.map((path) =>
      limiter.run(async () => {
        signal.throwIfAborted();
        const result = await gradeOne(path, template, tools);
        const { submission } = result.grade;
        tell(submission, totalPoints(result.grade, most), notGradedChecks(result.grade).length);
        return result;
      })
    ),
  );
}

/**
 * The pairs that look alike. Whose a submission is, is known by now: attempts of one student may be alike, and copies under another's name
 * are none of them.
 */
async function findSimilar(
  graded: readonly Graded[],
  identified: readonly SubmissionGrade[],
  { rubric, engine, limiter, signal }: Tools,
): Promise<SimilarPair[]> {
  const known = graded.map((one, i) => ({
    ...one,
    traces: { ...one.traces, student: identified[i].student },
  }));
  const asked = unexplained(known.map((one) => one.traces));
  const explained = known.map(({ path, ran, grade, traces }) =>
    !asked.has(traces.submission) ? traces : limiter.run(async () => {
      signal.throwIfAborted();
      const submission = ran ?? await openSubmission(path);
      const reproduced = await reproducedBy(submission, grade, { rubric, engine, program: null });
      return { ...traces, reproduced };
    })
  );
  return similarPairs(await Promise.all(explained));
}

/** Files beside the submissions that are all that a student of the roster handed in. */
function meantAsSubmissions(
  others: readonly string[],
  { roster, grades }: { roster: readonly RosterEntry[]; grades: readonly FinalGrade[] },
): RefusedEntry[] {
  const meant = others.filter((name) => {
    const student = rosterStudent(name, roster);
    return student !== undefined && !grades.some((final) => sameId(final.student, student));
  });
  return meant.map((name) => ({ name, reason: say((t) => t.grade.refusals.otherFile) }));
}

/** Says in the terminal where the grades are, and of whom there are none. */
function tellResults(
  { grades, refused, unknown }: {
    grades: readonly FinalGrade[];
    refused: readonly RefusedEntry[];
    unknown: UnknownNames;
  },
  { inputs: { t, roster }, folder, streams, warn }: {
    inputs: Inputs;
    folder: GradesFolder;
    streams: Streams;
    warn: (message: string, ja: string) => void;
  },
): void {
  const inEnglish = sayUnknownNames(unknown, gradeMessages("en"));
  const inJapanese = sayUnknownNames(unknown, gradeMessages("ja"));
  inEnglish.forEach((sentence, i) => warn(sentence, inJapanese[i]));
  streams.stdout(`${t.grade.graded(grades.length, join(folder.path, GRADEBOOK_FILE))}\n`);
  for (const { name, reason } of refused) {
    streams.stdout(`${nameColumn(name)} ${t.grade.notGraded(reason[t.language])}\n`);
  }
  const absent = absentStudents(grades, roster, refused.map(({ name }) => name));
  if (absent.length > 0) {
    streams.stdout(`${t.grade.absent(absent.length, absent.join(t.comma))}\n`);
  }
}

/** Grades one submission; its program runs only as long. */
async function gradeOne(
  path: string,
  template: string,
  { rubric, engine, notebooks, signal }: Tools,
): Promise<Graded> {
  const submission = await openSubmission(path, {}, notebooks)
    .then(async (opened) => isUntouched(opened, await templateHashes()) ? untouched(opened) : opened)
    .catch((error) => unreadable(path, error));
  const { call_seconds, total_seconds, memory_mib, output_kib } = rubric.programs.limits;
  await using program = submission.source === null || submission.manifest?.track !== "ts"
    ? null
    : startProgram(submission.source, {
      callMs: 1000 * call_seconds,
      totalMs: 1000 * total_seconds,
      memoryBytes: memory_mib * MIB,
      outputBytes: 1024 * output_kib,
    });
  const grade = await gradeSubmission(submission, { rubric, engine, program });
  signal.throwIfAborted();
  const ran = submission.notebook === undefined ? null : submission;
  return { path, ran, grade, traces: traces(submission, template) };
}

/** The template with nothing written: there is nothing to grade, and nobody who says that it is theirs. */
function untouched(submission: Submission): Submission {
  const problem = { file: MANIFEST, fault: ["templateUnchanged"] } as const;
  return { ...submission, manifest: null, source: null, problems: [problem] };
}

/** A submission that the system does not let us read: nothing of it can be graded, and the others go on. */
function unreadable(path: string, error: unknown): Submission {
  if (!(error instanceof UserError)) throw error;
  const name = submissionName(path);
  return {
    name,
    sha256: hashBytes(""),
    files: [],
    manifest: null,
    source: null,
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe: null,
    // The message of an operating system names places of this machine.
    problems: [{ file: MANIFEST, fault: ["notReadHere"] }],
  };
}

/** `s1234567                          87.5 of 100`. */
function gradeLine(
  name: string,
  { points, most, open }: Record<"points" | "most" | "open", number>,
  { grade: t }: Messages,
): string {
  const total = t.points(String(points).padStart(6), most);
  return `${nameColumn(name)} ${total}${open === 0 ? "" : `  ${t.openChecks(open)}`}\n`;
}

/** A submission's name, which may be in wide characters, in a column of its own. */
function nameColumn(name: string): string {
  return padToWidth(withoutControls(name), 32);
}

function refuseIncomplete(grades: readonly SubmissionGrade[], refused: readonly RefusedEntry[]): void {
  const open = grades.flatMap(notGradedChecks);
  if (refused.length === 0 && open.length === 0) return;
  const reasons = [...new Set(open.map(({ obstacle }) => obstacle))];
  const counts = {
    checks: open.length,
    students: grades.filter((grade) => notGradedChecks(grade).length > 0).length,
    submissions: grades.length,
  };
  throw new UserError(
    say(({ language, grade: t }) =>
      [
        open.length === 0 ? t.refused(refused.length) : t.incomplete(counts),
        ...[...reasons, ...refused.map(({ name, reason }) => `${name}: ${reason[language]}`)].map((line) =>
          `- ${line}`
        ),
      ].join("\n")
    ),
    { exitCode: 1 },
  );
}

async function openReference({ assignment }: Rubric): Promise<ReferenceFile> {
  const file = new URL(`${assignment}.json`, REFERENCES);
  return new ReferenceFile(await readTextIfPresent(file), `results/reference/${assignment}.json`);
}
