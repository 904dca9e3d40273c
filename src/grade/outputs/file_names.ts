// The files by which others know a folder of grades; alone here, as a viewer looks for them that writes none.

export const GRADEBOOK_FILE = "gradebook.csv";
/** Each student's pages are in it. */
export const FEEDBACK_FOLDER = "feedback";
/** Of the class. */
export const CLASS_PAGE = "report.html";
