/**
 * What two spellings of one student's id have in common: file systems take `が` apart, input methods write full-width digits, and capitals
 * come and go on the way through a learning platform.
 */
export function comparableId(id: string): string {
  return id.trim().normalize("NFKC").toLowerCase();
}

/** Whether both are the same student's. */
export function sameId(a: string, b: string): boolean {
  return comparableId(a) === comparableId(b);
}

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Whether a submission is named after a student: its name begins with the id, and the id ends there (`s1` does not begin `s12`). In Japanese
 * a word follows letters and digits without a space, as in `s1234567課題`.
 */
export function beginsWithId(name: string, id: string): boolean {
  const [whole, start] = [comparableId(name), comparableId(id)];
  if (start === "" || !whole.startsWith(start)) return false;
  const [next = ""] = whole.slice(start.length);
  if (!/[\p{L}\p{N}\p{M}]/u.test(next)) return true;
  return JAPANESE.test(next) && /[a-z0-9]$/.test(start);
}

/** The longest id that a submission's name begins with; undefined where it is named after nobody of them. */
export function idInName(name: string, ids: readonly string[]): string | undefined {
  return ids.filter((id) => beginsWithId(name, id))
    .reduce<string | undefined>(
      (best, id) => best === undefined || id.length > best.length ? id : best,
      undefined,
    );
}
