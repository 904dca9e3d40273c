/** What the name of a learning platform's download says. */
interface PlatformName {
  readonly platform: "moodle" | "canvas";
  /** As the platform writes it: `Name Surname`, or `surnamename`. */
  readonly person: string;
  /** The number by which the platform's gradebook knows the submission (Moodle) or the user (Canvas). */
  readonly id: string;
}

/**
 * Moodle names a folder `Name Surname_12345_assignsubmission_file_`, or, where it packs no folders, each file so with its own name at the
 * end (mod/assign/locallib.php, download_submissions). Text written online comes as `..._assignsubmission_onlinetext_`.
 */
const MOODLE = /^(?<person>.+?)_(?<id>\d+)_assignsubmission_(?<kind>[a-z]+)_?(?<file>.*)$/;
/** Canvas: `surnamename_LATE_12345_67890_file-2.zip`: the person, whether late, the user, the file's number and its name. */
const CANVAS = /^(?<person>[^_]+?)(?:_LATE)?_(?<id>\d+)_\d+_(?<file>.+)$/;

/**
 * Whose submission this is by its name as a learning platform gives it; null where it is no such name. macOS takes the letters of names apart,
 * `が` into two: the person's are put together.
 */
export function platformName(name: string): PlatformName | null {
  for (const [platform, pattern] of [["moodle", MOODLE], ["canvas", CANVAS]] as const) {
    const { person, id } = pattern.exec(name.normalize("NFC"))?.groups ?? {};
    if (person !== undefined && id !== undefined) return { platform, person: person.trim(), id };
  }
  return null;
}

/** Whether it is text that was written into Moodle instead of a file. */
export function isOnlineText(name: string): boolean {
  return MOODLE.exec(name)?.groups?.kind === "onlinetext";
}

/** A student's id of a submission whose manifest names nobody: the person's name, which must not be another's, with the platform's number. */
export function studentOfName(name: string): string {
  const found = platformName(name);
  return found === null ? name.normalize("NFC") : `${found.person} (${found.id})`;
}
