import { readHistory } from "./answers/read_tables.ts";
import { predictionsOf } from "./checks/misclassified.ts";
import type { CheckSpec } from "./checks/registry.ts";
import type { ComparedRun, GradingContext } from "./grading_context.ts";

/** What a student's page shows besides points. Plain data, bounded whatever was handed in. */
export interface Exhibits {
  /** Null where there is no history.csv that can be read. */
  readonly curve: LearningCurve | null;
  /** Null where there is no trained network. */
  readonly wrong: WrongImages | null;
}

/** The student's losses, and ours. */
export interface LearningCurve {
  /** In the file's order; at most 2000 of them. */
  readonly own: readonly CurvePoint[];
  /** Our own run with the same settings, from epoch 1; null where there is none. */
  readonly ours: readonly CurvePoint[] | null;
  /** Whether it has the same seeds too. */
  readonly sameSeeds: boolean;
}

/** An epoch's losses; null where there is none, or none that is finite. */
export interface CurvePoint {
  readonly epoch: number;
  readonly train_loss: number | null;
  readonly val_loss: number | null;
}

/** The test images that the trained network classifies wrongly. */
export interface WrongImages {
  /** How many test images there are. */
  readonly tested: number;
  /** How many of them are wrong. */
  readonly count: number;
  /** The first of them. */
  readonly images: readonly WrongImage[];
}

/** A test image that is classified wrongly. */
interface WrongImage {
  /** Its place among the test images, from 0. */
  readonly index: number;
  readonly predicted: number;
  readonly label: number;
  /** Row by row, 0 to 255; as many as the data set has features. */
  readonly pixels: Uint8Array;
}

/** More would not fit on a page, and a network that has learned nothing has thousands. */
const MOST_IMAGES = 60;
const MOST_EPOCHS = 2000;

/** The exhibits that the checks of a submission have worked out anyway: of the learning curve and of the misclassified images. */
export async function exhibitsOf(specs: readonly CheckSpec[], context: GradingContext): Promise<Exhibits> {
  const asked = (kind: CheckSpec["check"]) => specs.some(({ check }) => check === kind);
  return {
    curve: asked("history") && context.program === null ? await orNull(learningCurve(context)) : null,
    wrong: asked("misclassified") ? await orNull(wrongImages(context)) : null,
  };
}

async function learningCurve(context: GradingContext): Promise<LearningCurve | null> {
  const history = readHistory(context.submission.history, context.t.files);
  if (!history.ok || history.value.length === 0) return null;
  const own = history.value.slice(0, MOST_EPOCHS).map(({ epoch, train_loss, val_loss }, i) => ({
    epoch: Number.isFinite(epoch) ? epoch : i + 1,
    train_loss: finite(train_loss),
    val_loss: finite(val_loss),
  }));
  const alone = { own, ours: null, sameSeeds: false };
  if (await orNull(context.incomparable()) !== null) return alone;
  const run = context.comparedRun ?? await orNull(courseRun(context));
  if (run === null) return alone;
  const { epochs, sameSeeds } = run;
  const ours = epochs.map(({ train_loss, val_loss }, i) => ({ epoch: i + 1, train_loss, val_loss }));
  return { own, ours, sameSeeds };
}

/** What a curve that was not compared, as it has faults of its own, is shown beside. */
async function courseRun(context: GradingContext): Promise<ComparedRun | null> {
  const trace = await context.trace("course");
  return trace.ok ? { epochs: trace.value, sameSeeds: context.hasCourseSeeds } : null;
}

async function wrongImages(context: GradingContext): Promise<WrongImages | null> {
  const dataset = await context.dataset();
  if (!dataset.ok) return null;
  const { testLabels } = dataset.value;
  const predictions = await predictionsOf(context, testLabels.length);
  if ("status" in predictions) return null;
  const wrong = Array.from(testLabels.keys()).filter((i) => predictions[i] !== testLabels[i]);
  return {
    tested: testLabels.length,
    count: wrong.length,
    images: wrong.slice(0, MOST_IMAGES).map((index) => ({
      index,
      predicted: predictions[index],
      label: testLabels[index],
      pixels: dataset.value.testImage(index),
    })),
  };
}

/** A fault of the grader is told by the check that meets it: what is shown besides is then left out. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}

function finite(loss: number | null): number | null {
  return loss !== null && Number.isFinite(loss) ? loss : null;
}
