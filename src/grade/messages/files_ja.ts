import type { filesEn } from "./files_en.ts";

/** Japanese texts of grading: files. */
export const filesJa: typeof filesEn = {};
