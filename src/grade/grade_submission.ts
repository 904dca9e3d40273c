import type { CourseActivations } from "../nn/activation.ts";
import type { Answers } from "./answers/answers.ts";
import { ArtifactAnswers } from "./answers/artifact_answers.ts";
import { ProgramAnswers } from "./answers/program_answers.ts";
import { readPredictions } from "./answers/read_tables.ts";
import { activationGiving, activationOfPredictions } from "./answers/recognise_activation.ts";
import { trainedNetwork } from "./answers/trained_network.ts";
import { understand } from "./answers/understand.ts";
import { probeBatch } from "./batch.ts";
import { checkName, type CheckSpec, evaluatesNetwork, runCheck } from "./checks/registry.ts";
import { countedElsewhere } from "./counted_elsewhere.ts";
import { sayFault } from "./fault.ts";
import { type Exhibits, exhibitsOf } from "./exhibits.ts";
import { type GradeEngine, layerSizes } from "./engine.ts";
import { bestTest, FEW, GradingContext } from "./grading_context.ts";
import { asSentence, type GradeMessages, gradeMessages } from "./messages/messages.ts";
import type { Manifest, Setting, Track } from "./manifest.ts";
import { cannotJudge, type NotebookFacts, sayPlace, tellNotebook } from "./notebook.ts";
import type { Mistake } from "./mistakes/mistake.ts";
import { notGraded, type Outcome, unanswered } from "./outcome.ts";
import { studentOfName } from "./platform_name.ts";
import { OF_TRAINING, reproducedFiles } from "./reproduced.ts";
import { type Problem, type Rubric, titleIn } from "./rubric.ts";
import { settle } from "./settle.ts";
import type { StudentProgram } from "./student_program.ts";
import {
  MANIFEST,
  namesNobody,
  PROGRAM,
  sayProblem,
  type Submission,
  type SubmissionProblem,
} from "./submission.ts";
import {
  type CheckGrade,
  type ProblemGrade,
  problemPoints,
  roundPoints,
  type SubmissionGrade,
} from "./submission_grade.ts";

/** Raised whenever the same submission and rubric may get other points, reasons or files than before. */
export const GRADER_VERSION = 10;

/** What grading works with besides the submission. */
export interface GradeOptions {
  /** How to grade. */
  readonly rubric: Rubric;
  /** Data sets and reference runs. */
  readonly engine: GradeEngine;
  /** The program of src/mod.ts; null where there is none to run. */
  readonly program: StudentProgram | null;
}

/** Grades a submission: every check of its track, whatever becomes of the others. */
export async function gradeSubmission(
  submission: Submission,
  options: GradeOptions,
): Promise<SubmissionGrade> {
  const { rubric } = options;
  const { manifest } = submission;
  const t = gradeMessages(rubric.language);
  const track = trackOf(submission, rubric);
  const specs = rubric.problems.map(({ checks }) => checks.filter((check) => check.tracks.includes(track)));
  let outcomes: Outcome[][];
  let testAccuracy: number | null = null;
  let learned: boolean | null = null; // without a manifest nobody knows how the network is made up
  let understood: readonly string[] = [];
  let exhibits: Exhibits = { curve: null, wrong: null };
  let changed: ChangedArguments | null = null;
  let unknown: readonly Setting[] = [];
  const unjudged = submission.notebook === undefined ? null : cannotJudge(submission.notebook);
  if (unjudged !== null) {
    outcomes = specs.map((checks) => checks.map(() => notGraded(unjudged, t)));
  } else if (manifest !== null && manifest.track === track) {
    const given = await contextOf(submission, manifest, options);
    const { context } = given;
    understood = given.understood;
    if (submission.weights !== null) unknown = context.unknownSettings;
    ({ outcomes, changed } = await runChecks(specs, context));
    testAccuracy = await accuracyOf(specs.flat(), context);
    learned = await context.learned();
    exhibits = await exhibitsOf(specs.flat(), context);
  } else {
    outcomes = specs.map((checks) => checks.map(() => refusal(submission, rubric, t)));
  }
  const settled = settle(outcomes.flat());
  const elsewhere = countedElsewhere(outcomes.flat(), settled);
  if (changed !== null) chargeOnce(settled, changed);
  const notebook = submission.notebook === undefined ? null : tellNotebook(submission.notebook, t);
  const nameless = manifest === null ? undefined : submission.problems.find(namesNobody);
  const first = specs.map((_, p) => specs.slice(0, p).flat().length);
  return {
    student: manifest?.student ?? studentOfName(submission.name),
    submission: submission.name,
    sha256: submission.sha256,
    track,
    submitted: manifest?.submitted ?? null,
    problems: rubric.problems.map((problem, p) =>
      problemGrade(
        { ...problem, title: titleIn(problem, rubric.language) },
        specs[p],
        settled.slice(first[p], first[p] + specs[p].length),
        { elsewhere: elsewhere.slice(first[p]), notebook: submission.notebook, t },
      )
    ),
    testAccuracy,
    remarks: [
      ...settled.flatMap(({ remarks }) => remarks),
      ...notebook?.remarks ?? [],
      ...(unknown.length === 0 ? [] : [{
        id: "settings_unknown" as const,
        text: asSentence(t.files.notebook.settingsUnknown(unknown), t),
      }]),
    ],
    notes: submission.problems.filter((problem) => problem !== nameless)
      .map((problem) => asSentence(noteOf(problem, t), t)),
    warnings: notebook?.warnings ?? [],
    claim: nameless === undefined ? null : asSentence(t.files.namesNobody(sayProblem(nameless, t)), t),
    understood: [...notebook?.notes ?? [], ...understood],
    learned,
    cap: learned === false ? rubric.cap ?? null : null,
    exhibits,
  };
}

/**
 * The files of a graded submission that our own run with its seeds gives too; null where that is not known. It is asked of few, as it takes a
 * training: of those whose files are somebody else's as well.
 */
export async function reproducedBy(
  submission: Submission,
  { problems }: SubmissionGrade,
  options: GradeOptions,
): Promise<readonly string[] | null> {
  const { manifest } = submission;
  if (manifest === null) return null;
  const { context } = await contextOf(submission, manifest, options);
  const checks = problems.flatMap((problem, p) =>
    problem.checks.map(({ name, status, mistakes }) => {
      const spec = options.rubric.problems[p].checks.find((spec) => checkName(spec) === name);
      return { kind: spec?.check ?? name, status, mistakes };
    })
  );
  return await reproducedFiles(context, checks);
}

/** The manifest's track; where that cannot be read, or is not the rubric's, the one that the files look like. */
function trackOf({ manifest, source }: Submission, { tracks }: Rubric): Track {
  const likely = manifest?.track ?? (source === null ? "artifact" : "ts");
  return tracks.includes(likely) ? likely : tracks[0];
}

function refusal(
  { manifest, problems, notebook }: Submission,
  { tracks }: Rubric,
  t: GradeMessages,
): Outcome {
  if (manifest !== null) {
    return unanswered({ status: "invalid", message: t.files.wrongTrack(tracks, manifest.track) });
  }
  // Where the archive itself cannot be read, that is why there is no manifest.
  const problem = problems.find(({ file }) => file.endsWith(".zip")) ??
    problems.find(({ file }) => file === MANIFEST) ??
    problems.find(({ fault: [name] }) => name === "noNotebook");
  if (problem === undefined && notebook !== undefined && notebook.ending !== null) {
    // Where what looks for the network has failed, the notebook may be right.
    const [ending] = notebook.ending;
    if (ending === "notebookTakingFailed" || ending === "notebookTakingLate") {
      return notGraded(notebook.ending, t);
    }
    return unanswered({
      status: "missing",
      message: t.files.notebook.nothingTaken(sayFault(notebook.ending, t)),
    });
  }
  if (problem === undefined || problem.fault[0] === "missing") {
    return unanswered({ status: "missing", message: t.files.noManifest });
  }
  if (problem.fault[0] === "manifestDeep" || problem.fault[0] === "manifestInZip") {
    return unanswered({ status: "missing", message: sayProblem(problem, t) });
  }
  // That is not the student's fault.
  if (problem.fault[0] === "notReadHere" || problem.fault[0] === "notebookNotRun") {
    return notGraded(problem.fault, t);
  }
  return unanswered({ status: "invalid", message: sayProblem(problem, t) });
}

/** A file's problem for the head of the feedback. */
function noteOf(problem: SubmissionProblem, t: GradeMessages): string {
  switch (problem.fault[0]) {
    case "missing":
    case "programElsewhere":
    case "manifestDeep":
    case "manifestInZip":
      return sayProblem(problem, t);
    case "templateUnchanged":
    case "notReadHere":
    case "notebookNotRun":
      return sayFault(problem.fault, t);
    default:
      return t.files.notRead(sayProblem(problem, t));
  }
}

async function contextOf(
  submission: Submission,
  stated: Manifest,
  { rubric, engine, program }: GradeOptions,
): Promise<{ context: GradingContext; understood: readonly string[] }> {
  const messages = gradeMessages(rubric.language);
  const { files } = messages;
  let read = submission;
  let understood: readonly string[] = [];
  let answers: Answers;
  let programAnswers: ProgramAnswers | null = null;
  let manifest = stated;
  if (manifest.track === "ts") {
    const { limit } = rubric.programs.training;
    programAnswers = new ProgramAnswers(program ?? noProgram(submission), {
      programs: rubric.programs,
      t: messages,
      async dataset() {
        const strokes = await engine.dataset("strokes", limit);
        if (!strokes.ok) throw new Error(sayFault(strokes.fault, messages)); // the program draws them itself
        return strokes.value;
      },
    });
    answers = programAnswers;
  } else {
    ({ submission: read, understood } = understand(submission, stated, files));
    manifest = await withActivation(read, stated, { rubric, engine, files });
    if (manifest !== stated) {
      const said = files.notebook.activationRecognised([manifest.activation].flat());
      understood = [...understood, asSentence(said, messages)];
    }
    const { reduction = manifest.reduction } = rubric.require;
    if (reduction !== manifest.reduction) {
      understood = [...understood, files.reductionRequired(reduction, manifest.reduction)];
    }
    answers = new ArtifactAnswers(read, { ...manifest, reduction }, layerSizes(manifest.hidden), messages);
  }
  const context = new GradingContext({
    submission: read,
    manifest,
    rubric,
    engine,
    answers,
    program: programAnswers,
    language: rubric.language,
  });
  return { context, understood };
}

/** A notebook may not say its activation: then the probabilities that it gives do, or else the predictions of its trained network. */
async function withActivation(
  { notebook, probe, weights, predictions }: Submission,
  manifest: Manifest,
  { rubric, engine, files }: Pick<GradeOptions, "rubric" | "engine"> & { files: GradeMessages["files"] },
): Promise<Manifest> {
  if (notebook === undefined || !manifest.unstated.includes("activation")) return manifest;
  const activation = activationGiving({ batch: probeBatch(), probabilities: probe?.probabilities }) ??
    await ofPredictions();
  if (activation === null) return manifest;
  const unstated = manifest.unstated.filter((name) => name !== "activation");
  return { ...manifest, activation: typeof activation === "string" ? activation : [...activation], unstated };

  async function ofPredictions(): Promise<CourseActivations | null> {
    const read = readPredictions(predictions, files);
    if (weights === null || !read.ok) return null;
    const dataset = await engine.dataset(rubric.dataset);
    if (!dataset.ok) return null;
    const trained = { parameters: weights, activation: manifest.activation, predictions: read.value };
    const network = trainedNetwork(trained, dataset.value, files);
    return network.ok
      ? activationOfPredictions(network.value, {
        predictions: read.value,
        dataset: dataset.value,
        few: FEW,
      })
      : null;
  }
}

/** Answers every call with why there is nothing to call. */
function noProgram({ problems }: Submission): StudentProgram {
  // What there is instead is said at the head of the feedback, once.
  const problem = problems.find(({ file, fault }) => file === PROGRAM && fault[0] !== "programElsewhere");
  const fault = problem?.fault ?? ["noProgram"] as const;
  return { call: () => Promise.resolve({ status: "error", fault }) };
}

/** One after another: a submission's program answers one question at a time. */
async function runChecks(
  specs: readonly (readonly CheckSpec[])[],
  context: GradingContext,
): Promise<{ outcomes: Outcome[][]; changed: ChangedArguments | null }> {
  const outcomes: Outcome[][] = [];
  let changed: ChangedArguments | null = null;
  for (const checks of specs) {
    const row: Outcome[] = [];
    for (const spec of checks) {
      const outcome = await guarded(spec, context);
      note(outcome, spec, context);
      const [name] = context.program?.changed ?? [];
      if (name !== undefined) changed ??= { at: outcomes.flat().length + row.length, name, t: context.t };
      row.push(outcome);
    }
    outcomes.push(row);
  }
  return { outcomes, changed };
}

/** A function of the program's that changes its arguments, which it must not. */
interface ChangedArguments {
  /** The check, of all in their order, at which it was seen. */
  readonly at: number;
  /** The function, and the argument. */
  readonly name: readonly [string, string];
  readonly t: GradeMessages;
}

/** What changing arguments costs, of the points of the check at which it was seen. */
const CHANGED_COST = 0.25;

/** Takes a part of the points of the first check from there on that gives any. */
function chargeOnce(
  outcomes: Outcome[],
  { at, name: [name, argument], t: { checks } }: ChangedArguments,
): void {
  const i = outcomes.findIndex(({ fraction }, i) => i >= at && fraction > 0);
  if (i < 0) return;
  const { fraction, reason, hint, remarks, ...rest } = outcomes[i];
  outcomes[i] = {
    ...rest,
    status: "partial",
    fraction: fraction * (1 - CHANGED_COST),
    reason: [reason, checks.arguments.changed(name, argument)].join(checks.space),
    hint: [...(hint === null ? [] : [hint]), checks.arguments.hint].join(checks.space),
    remarks: [...remarks, { id: "changes_arguments", text: checks.arguments.remark(name, argument) }],
  };
}

/** For the checks that follow: what is wrong so far. What one check lets pass another charges, or it is settled afterwards. */
function note(
  { fraction, otherwise, mistakes, place, unexplained }: Outcome,
  { check }: CheckSpec,
  context: GradingContext,
): void {
  if (fraction === 1 && otherwise === null) return;
  const open = (mistake: Mistake) => mistake.place === place || !context.lostPlaces.has(mistake.place);
  const named = otherwise?.mistakes.some(open) ?? false;
  if ((fraction < 1 || named) && place !== null) context.lostPlaces.add(place);
  for (const mistake of mistakes) context.charged.add(mistake);
  const own = mistakes.filter((mistake) => mistake.place === place);
  if (place === null || mistakes.length > 0 && own.length === 0) return;
  context.chargedPlaces.add(place);
  // Logits in the thousands do not occur in a training.
  const unknown = mistakes.length === 0 || unexplained;
  const spoils = unknown ? check !== "finite" : own.some(({ learns }) => !learns);
  if (spoils) context.spoiltPlaces.add(place);
}

/** A check that fails through a fault of ours costs nobody points, and does not stop the others. */
async function guarded(spec: CheckSpec, context: GradingContext): Promise<Outcome> {
  const short = context.submission.weights === null ? context.trainedShort() : null;
  if (short !== null && OF_TRAINING.has(spec.check)) return short;
  try {
    return await runCheck(spec, context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return notGraded(["graderFailed", reason], context.t);
  }
}

/** Of the trained network, where a check has had it run anyway. */
async function accuracyOf(specs: readonly CheckSpec[], context: GradingContext): Promise<number | null> {
  if (!specs.some(evaluatesNetwork) && context.rubric.learned === undefined) return null;
  const evaluated = await context.evaluated();
  return "status" in evaluated ? null : bestTest(evaluated).accuracy;
}

function problemGrade(
  { name, title, points: max }: Omit<Problem, "title"> & { title: string },
  specs: readonly CheckSpec[],
  outcomes: readonly Outcome[],
  { elsewhere, notebook, t }: {
    elsewhere: readonly CheckGrade["elsewhere"][];
    notebook: NotebookFacts | undefined;
    t: GradeMessages;
  },
): ProblemGrade {
  const checks = specs.map((spec, i): CheckGrade => {
    const { status, fraction, reason, obstacle, hint, mistakes } = outcomes[i];
    const told = status === "partial" || status === "failed";
    const place = notebook === undefined || !told
      ? null
      : sayPlace(notebook, { check: spec.check, mistakes }, t);
    return {
      name: checkName(spec),
      status,
      points: roundPoints(fraction * spec.points),
      max: spec.points,
      bonus: spec.bonus,
      visibility: spec.visibility,
      reason: [asSentence(reason, t), ...place === null ? [] : [place]].join(t.outputs.space),
      obstacle,
      hint: fraction < 1 && status !== "not_graded" ? spec.hint ?? hint : null,
      mistakes: mistakes.map(({ id }) => id),
      override: null,
      ...(elsewhere[i]?.length ? { elsewhere: elsewhere[i] } : {}),
    };
  });
  return { name, title, ...problemPoints(checks), max, checks, override: null };
}
