/** English texts of grading: checks. */
export const checksEn = {};
