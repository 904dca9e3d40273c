import { downloadStep } from "./download.ts";
import { evaluateStep } from "./evaluate.ts";
import { inspectStep } from "./inspect.ts";
import { preprocessStep } from "./preprocess.ts";
import { reportStep } from "./report.ts";
import { trainStep } from "./train.ts";

/** The version of each step, by its name. */
export const STEP_VERSIONS: Readonly<Record<string, number>> = Object.fromEntries(
  [downloadStep, preprocessStep, trainStep, evaluateStep, inspectStep, reportStep].map((
    { name, version },
  ) => [name, version]),
);
