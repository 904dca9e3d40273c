/** How far the grading has come, for what students may see: nothing is due yet, it is past the due date, grades are published. */
export const STAGES = ["open", "due", "published"] as const;
/** One of them. */
export type Stage = (typeof STAGES)[number];
