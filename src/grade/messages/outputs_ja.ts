import type { outputsEn } from "./outputs_en.ts";

/** Japanese texts of grading: outputs. */
export const outputsJa: typeof outputsEn = {};
