/** Raised whenever the same submission and rubric may get other points, reasons or files than before. */
export const GRADER_VERSION = 1;
