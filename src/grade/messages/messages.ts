import type { Language } from "../../settings/setting.ts";
import { checksEn } from "./checks_en.ts";
import { checksJa } from "./checks_ja.ts";
import { faultsEn } from "./faults_en.ts";
import { faultsJa } from "./faults_ja.ts";
import type { MistakeText } from "./mistakes_en.ts";
import { filesEn } from "./files_en.ts";
import { filesJa } from "./files_ja.ts";
import { outputsEn } from "./outputs_en.ts";
import { outputsJa } from "./outputs_ja.ts";

/** What a student or an instructor reads of a grading, in one language. */
export interface GradeMessages {
  readonly language: Language;
  /** What checks and diagnoses say. */
  readonly checks: typeof checksEn;
  /** What is wrong, as whoever finds it names it; see Fault. */
  readonly faults: typeof faultsEn;
  /** What is said of files, the manifest and the rubric's demands. */
  readonly files: typeof filesEn;
  /** Headings and sentences of feedback, pages and reports. */
  readonly outputs: typeof outputsEn;
}

const MESSAGES: Readonly<Record<Language, GradeMessages>> = {
  en: { language: "en", checks: checksEn, faults: faultsEn, files: filesEn, outputs: outputsEn },
  ja: { language: "ja", checks: checksJa, faults: faultsJa, files: filesJa, outputs: outputsJa },
};

/** A text with the stop that ends a sentence. */
export function asSentence(text: string, { outputs: { stop } }: GradeMessages): string {
  return /[.。?？!！]$/u.test(text) ? text : text + stop;
}

/** The texts of a language. */
export function gradeMessages(language: Language): GradeMessages {
  return MESSAGES[language];
}

/** The texts for who handed in a notebook, and has no manifest.yaml to write into. */
export function messagesOfNotebook(language: Language): GradeMessages {
  const { checks, ...others } = gradeMessages(language);
  const mistakes = Object.fromEntries(
    Object.entries<MistakeText>(checks.mistakes).map((
      [id, { title, hint, ofNotebook = hint }],
    ) => [id, { title, hint: ofNotebook }]),
  ) as typeof checks.mistakes;
  return {
    ...others,
    checks: { ...checks, mistakes, moments: { ...checks.moments, ...checks.moments.ofNotebook } },
  };
}
