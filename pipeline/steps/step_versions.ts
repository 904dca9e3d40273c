import { DATASET_FORMAT } from "../../src/data/dataset_codec.ts";

/** The version of each step, by its name: raised whenever its code gives other bytes than before. See Step.version. */
export const STEP_VERSIONS = {
  download: 1,
  preprocess: DATASET_FORMAT,
  train: 3,
  evaluate: 1,
  inspect: 2,
  report: 15,
} as const;
