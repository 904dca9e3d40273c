import type { checksEn } from "./checks_en.ts";

/** Japanese texts of grading: checks. */
export const checksJa: typeof checksEn = {};
