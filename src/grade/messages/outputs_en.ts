/** English texts of grading: outputs. */
export const outputsEn = {};
