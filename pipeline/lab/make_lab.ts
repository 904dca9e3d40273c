import type { Language } from "../../src/text/language.ts";
import { renderLab } from "../../src/lab/document.tsx";

export { isLab } from "../../src/lab/document.tsx";
import { projectPath } from "../system/place.ts";
import { readTrainedNetwork } from "./trained_network.ts";

/** The results folder whose network comes with the project: that of configs/lab/digits.yaml. */
const DIGITS = "results/reference/digits";

export interface LabOptions {
  readonly language: Language;
  /** The results folder whose best run the lab carries; left out: the one that comes with the project; null: a lab without. */
  readonly weights?: string | null | undefined;
}

/** The lab as one HTML file. Throws a UserError where the weights cannot be had. */
export async function makeLab({ language, weights }: LabOptions): Promise<string> {
  const trained = weights === null
    ? null
    : await (weights === undefined
      ? readTrainedNetwork(projectPath(DIGITS), DIGITS)
      : readTrainedNetwork(weights));
  return renderLab({ language, trained });
}
