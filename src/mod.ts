/**
 * The library: configs, NumPy's random numbers, data sets, networks and their training, metrics, tables. Values in, values out; it touches
 * no file, clock or network, and gives the same bytes in every engine.
 *
 * ```ts
 * import { generateStrokes, loadKernels, openTraining, parseDataset } from "./mod.ts";
 *
 * const training = openTraining(parseDataset(generateStrokes()), { kernels: await loadKernels(), hidden: [100] });
 * for (let epoch = 0; epoch < 3; epoch++) console.log(training.trainEpoch(), training.validate()?.accuracy);
 * ```
 *
 * @module
 */

// Configs: from YAML to trials.
export { parseExperiment, type ParseOptions } from "./config/parse.ts";
export type { Experiment } from "./config/schema.ts";
export { expandSweep } from "./sweep/expand_sweep.ts";
export type { Trial, TrialSpace } from "./sweep/trial.ts";

// Random numbers, as NumPy draws them.
export { type RandomSnapshot, RandomState } from "./random/random_state.ts";
export { deriveSeeds, type Seeds } from "./random/seeds.ts";

// Data sets.
export { type DatasetName, DATASETS } from "./data/catalogue.ts";
export {
  buildDataset,
  type Dataset,
  type DenseRows,
  type ImageRows,
  type LabelledImages,
  parseDataset,
  type RealRows,
  type Rows,
  type SparseRows,
} from "./data/dataset.ts";
export {
  encodeIdxImages,
  encodeIdxLabels,
  type IdxImages,
  parseIdxImages,
  parseIdxLabels,
} from "./data/idx.ts";
export type { ImageSize } from "./data/image_size.ts";
export type {
  DatasetFiles,
  DownloadableFile,
  DownloadedSource,
  DrawnSource,
  NamedDataset,
  PublishedError,
} from "./data/named_dataset.ts";
export type { Language, Texts } from "./text/language.ts";
export {
  type DrawnPoints,
  generatePoints,
  type GivenPoint,
  type LabelledPoints,
  type OwnPoints,
  type Points,
  pointsDataset,
  resolvePoints,
} from "./data/points/points.ts";
export { curveAt, type Shape, type ShapeName, SHAPES } from "./data/points/shapes.ts";
export { centreDigit, DIGIT_SIDE, type Picture, shrinkPicture } from "./data/drawing.ts";
export { type Split, splitTrainValidation } from "./data/split.ts";
export { generateStrokes } from "./data/strokes.ts";

// Networks and their training.
export { type ActivationName, ACTIVATIONS, type Activations } from "./nn/activation.ts";
export { type Bench, type Engine, openBench, type Room } from "./nn/bench.ts";
export {
  evaluateWeights,
  type Evaluation,
  evaluationBytes,
  type EvaluationOptions,
  predictAt,
} from "./nn/evaluate.ts";
export { initialize, type InitOptions } from "./nn/initialize.ts";
export { type Kernels, loadKernels } from "./nn/kernels.ts";
export type { LayerProbe, MagnitudeHistogram, ValueSummary } from "./nn/layer_probe.ts";
export type { Workspace } from "./nn/memory.ts";
export { openTraining, type TrainingOptions } from "./nn/open_training.ts";
export {
  type Contest,
  pullOfPixels,
  readImage,
  type Reading,
  rivalOf,
  type TrainedWeights,
  winner,
  worthOfPixels,
  worthProducts,
} from "./nn/read_image.ts";
export type {
  Optimizer,
  OptimizerSetting,
  OptimizerSettings,
  OptimizerStep,
  SettingValues,
} from "./nn/optimizers/optimizer.ts";
export { type OptimizerChoice, type OptimizerName, OPTIMIZERS } from "./nn/optimizers/optimizers.ts";
export { type EarlyStopping } from "./nn/early_stopping.ts";
export type { NoiseOptions } from "./nn/noise.ts";
export type { Moment, Pace, ScheduleMethod } from "./nn/schedules/schedule.ts";
export { type Schedule, type ScheduleName, SCHEDULES } from "./nn/schedules/schedules.ts";
export { type Functions } from "./nn/reference/functions.ts";
export { referenceWorkspace } from "./nn/reference/reference_workspace.ts";
export type { KeptWeights, Trainer, TrainerOptions, TrainerState } from "./nn/trainer.ts";
export { type Hash, hashWeights, type Tensor } from "./nn/weights.ts";

// Metrics.
export {
  accuracy,
  type ClassificationSummary,
  type ClassScores,
  classScores,
  confusionMatrix,
  misclassified,
  summarize,
} from "./metrics/classification.ts";
export { type SampleStatistics, sampleStatistics } from "./metrics/statistics.ts";

// Tables and NumPy's files.
export type { NpyArray, NpyData } from "./numpy/npy.ts";
export { type NpzLimits, readNpz, writeNpz } from "./numpy/npz.ts";
export { type NamedArray, readWeights, writeWeights } from "./numpy/weights_npz.ts";
export { type EpochRow, formatHistory, parseHistory } from "./tables/history_csv.ts";
export { formatResults, parseResults, type RunRow, type RunStatus } from "./tables/results_csv.ts";
