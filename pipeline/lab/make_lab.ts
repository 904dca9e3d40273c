import type { Language } from "../../src/text/language.ts";
import { renderLab } from "../../src/lab/document.tsx";

export interface LabOptions {
  readonly language: Language;
  /** The results folder whose best run the lab carries; left out: the one that comes with the project. */
  readonly weights?: string | undefined;
}

/** The lab as one HTML file. */
export function makeLab({ language }: LabOptions): Promise<string> {
  return Promise.resolve(renderLab({ language, trained: null }));
}
