import {
  readHistory,
  type Reading,
  readMisclassified,
  readPredictions,
  readValidation,
} from "./answers/read_tables.ts";
import { CLASS } from "./answers/read_result.ts";
import { trainedNetwork } from "./answers/trained_network.ts";
import { probeShapes, understand } from "./answers/understand.ts";
import { cleanText } from "./clean_text.ts";
import { type Fault, sayFault } from "./fault.ts";
import { checkName } from "./checks/registry.ts";
import { layerSizes, trainingImages } from "./engine.ts";
import type { Manifest } from "./manifest.ts";
import { type GradeMessages, gradeMessages } from "./messages/messages.ts";
import { unmetRequirements } from "./requirements.ts";
import type { Rubric } from "./rubric.ts";
import type { Language } from "../settings/setting.ts";
import {
  ARTIFACT_FILES,
  type CsvTable,
  MANIFEST,
  PROGRAM,
  sayPlacedFault,
  type Submission,
  type SubmittedArrays,
} from "./submission.ts";
import { sameShape, showShape } from "./tensors.ts";

/** What was found of one file of a submission. */
interface FileCheck {
  readonly file: string;
  readonly state: "ok" | "missing" | "problem";
  /** What is wrong with it. */
  readonly problems: readonly string[];
  /** The checks that look at it, those that students may see. */
  readonly checks: readonly string[];
}

/** What a student can know of a submission before handing it in: nothing is run, recomputed or given points. */
interface SelfCheck {
  readonly files: readonly FileCheck[];
  /** What is read otherwise than it stands there. */
  readonly understood: readonly string[];
}

const [PROBE, TRAINING] = [["probe.npz"], ["weights.npz", "predictions.csv", "history.csv"]];
/** The files that each kind of check looks at in track artifact. */
const FILES_OF: Readonly<Record<string, readonly string[]>> = {
  recompute: TRAINING,
  band: ["weights.npz"],
  history: ["history.csv"],
  misclassified: ["misclassified.csv"],
};
const TEST_IMAGES = { mnist: 10_000, strokes: null };
const [FEATURES, CLASSES] = [784, 10];

/** Whether each file is there, readable and of the right shape, and which visible checks would look at it. */
export function selfCheck(
  submission: Submission,
  { rubric, language = "en" }: { rubric: Rubric; language?: Language },
): SelfCheck {
  const messages = gradeMessages(language);
  const { files: t } = messages;
  const { manifest, problems } = submission;
  const problemsOf = (file: string) =>
    problems.filter((problem) => problem.file === file && problem.fault[0] !== "missing").map((problem) =>
      sayPlacedFault(problem, messages)
    );
  const visible = rubric.problems.flatMap(({ checks }) => checks).filter(({ visibility, tracks }) =>
    visibility === "visible" && (manifest === null || tracks.includes(manifest.track))
  );
  const fileCheck = (file: string, there: boolean, found: () => readonly string[]): FileCheck => {
    const faults = [...problemsOf(file), ...(there ? found() : [])];
    const state = faults.length > 0 ? "problem" : there ? "ok" : "missing";
    const lookAt = visible.filter(({ check }) =>
      manifest?.track === "ts" ? file === PROGRAM : (FILES_OF[check] ?? PROBE).includes(file)
    );
    return {
      file,
      state,
      problems: state === "missing" ? [t.noFile(file)] : faults,
      checks: lookAt.map(checkName),
    };
  };
  const others = problems.filter(({ file }) => !KNOWN.includes(file)).map((problem): FileCheck => ({
    file: problem.file,
    state: "problem",
    problems: [sayPlacedFault(problem, messages)],
    checks: [],
  }));
  const manifestCheck = fileCheck(
    MANIFEST,
    manifest !== null,
    () => manifest ? manifestFaults(manifest, rubric, t) : [],
  );
  if (manifest === null) return { files: [manifestCheck, ...others], understood: [] };
  if (manifest.track === "ts") {
    const source = fileCheck(
      PROGRAM,
      submission.source !== null,
      () => sourceFaults(submission.source ?? "", t),
    );
    return { files: [manifestCheck, source, ...others], understood: [] };
  }
  const { submission: read, understood } = understand(submission, manifest, t);
  const { weights, probe, predictions, history, misclassified, validation } = read;
  const files = [
    manifestCheck,
    fileCheck("probe.npz", probe !== null, () => probeFaults(probe ?? {}, manifest, t)),
    fileCheck("weights.npz", weights !== null, () =>
      faultOf(
        trainedNetwork({ parameters: weights ?? {}, activation: manifest.activation, predictions: null }, {
          features: FEATURES,
          classes: CLASSES,
        }, t),
      )),
    fileCheck("predictions.csv", predictions !== null, () => predictionFaults(predictions, rubric, t)),
    fileCheck("history.csv", history !== null, () => historyFaults(history, manifest, t)),
    fileCheck(
      "misclassified.csv",
      misclassified !== null,
      () => faultOf(readMisclassified(misclassified, t)),
    ),
  ];
  if (validation) {
    const count = trainingImages({ dataset: rubric.dataset, limit: null });
    files.push(fileCheck("validation.csv", true, () => faultOf(readValidation(validation, count, t))));
  }
  return { files: [...files, ...others], understood };
}

const KNOWN = [PROGRAM, ...ARTIFACT_FILES];

/** The same of a submission that is a notebook: what it gives is graded, and no file need be there besides. */
export function withNotebook(
  { files, understood }: SelfCheck,
  { file, fault }: { readonly file: string; readonly fault: Fault | null },
  language: Language,
): SelfCheck {
  const own: FileCheck = {
    file: cleanText(file),
    state: fault === null ? "ok" : "problem",
    problems: fault === null ? [] : [sayFault(fault, gradeMessages(language))],
    checks: [],
  };
  return { files: [own, ...files.filter(({ state }) => state !== "missing")], understood };
}

function faultOf(reading: Reading<unknown>): string[] {
  return reading.ok ? [] : [reading.reason];
}

function manifestFaults(
  manifest: Manifest,
  { tracks, require }: Rubric,
  t: GradeMessages["files"],
): string[] {
  const { track, student } = manifest;
  return [
    ...(student === "your-id" ? [t.studentMust] : []),
    ...(tracks.includes(track) ? [] : [t.mustBeOneOf("track", tracks, track)]),
    ...(track === "artifact" ? unmetRequirements(manifest, require, t) : []),
  ];
}

const FUNCTIONS = ["initialize", "forward", "loss", "gradients", "step", "misclassified"];

/** Nothing is run: whether the names are there that must be exported. */
function sourceFaults(source: string, t: GradeMessages["files"]): string[] {
  const absent = [...FUNCTIONS, CLASS].filter((name) => !new RegExp(`\\b${name}\\b`).test(source));
  const unwritten = FUNCTIONS.filter((name) => source.includes(`notWritten("${name}"`));
  return [...absent.map(t.exportMissing), ...unwritten.map(t.functionUnwritten)];
}

function probeFaults(probe: SubmittedArrays, { hidden }: Manifest, t: GradeMessages["files"]): string[] {
  const shapes = new Map([...probeShapes(layerSizes(hidden)), ["loss", []], ["loss_zero", []]]);
  const rows = shapes.get("probabilities")?.[0] ?? 0;
  shapes.set("predictions", [rows]);
  return [...shapes].flatMap(([name, expected]) => {
    const array = probe[name];
    if (array === undefined) return [t.noArray(name)];
    const size = expected.reduce((product, length) => product * length, 1);
    const flat = expected.length < 2 && array.data.length === size;
    if (!flat && !sameShape(array.shape, expected)) {
      return [t.arrayShape(name, showShape(expected), showShape(array.shape))];
    }
    return array.data.some((x) => !Number.isFinite(x)) ? [t.arrayNotFinite(name)] : [];
  });
}

function predictionFaults(table: CsvTable | null, { dataset }: Rubric, t: GradeMessages["files"]): string[] {
  const read = readPredictions(table, t);
  const count = TEST_IMAGES[dataset];
  if (!read.ok || count === null || read.value.length === count) return faultOf(read);
  return [t.predictionsCount(count, read.value.length)];
}

function historyFaults(table: CsvTable | null, { epochs }: Manifest, t: GradeMessages["files"]): string[] {
  const read = readHistory(table, t);
  if (!read.ok) return [read.reason];
  const faults = read.value.length === epochs ? [] : [t.epochsMust(epochs, read.value.length)];
  return read.value.every(({ train_loss }) => Number.isFinite(train_loss))
    ? faults
    : [...faults, t.trainLossMust];
}
