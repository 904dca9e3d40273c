/** English texts of grading: files. */
export const filesEn = {};
