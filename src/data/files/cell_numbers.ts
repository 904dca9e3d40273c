/** A number as a table's cells have it. */
export const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A decimal comma, or thousands set apart by commas or spaces. */
const WITH_COMMAS = /^[+-]?\d+,\d+$/;
const IN_THOUSANDS = /^[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$/;

/**
 * Whether a text is what somebody writes for a number, but no number to a program: `1,5`, `1,234`, `１２`, `−3` or `80%`. Taken as
 * categories, such texts would lose their order without a word.
 */
export function isLikeANumber(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll("−", "-").replace(/ ?%$/, "");
  return [NUMBER, WITH_COMMAS, IN_THOUSANDS].some((form) => form.test(plain)) && !NUMBER.test(text);
}
