/** A store's note of a results folder that a sweep writes, or has written, with the store's help: what gc keeps things for. */
export interface ResultsNote {
  /** The results folder's whole path. */
  readonly folder: string;
  /** The config's file as it was given. */
  readonly config: string;
  /** The whole experiment, overrides and defaults filled in. */
  readonly experiment?: unknown;
}

/** The text of a note's file. */
export function encodeNote({ folder, config, experiment }: ResultsNote): string {
  return JSON.stringify({ folder, config, experiment }) + "\n";
}

/** Reads what encodeNote wrote. Throws a SyntaxError where it is not that. */
export function decodeNote(text: string): ResultsNote {
  const note: unknown = JSON.parse(text);
  if (
    typeof note !== "object" || note === null || !("experiment" in note) ||
    !("folder" in note) || typeof note.folder !== "string" || !("config" in note) ||
    typeof note.config !== "string"
  ) {
    throw new SyntaxError(
      "Cannot read a note: it must have a folder, a config and an experiment, found others",
    );
  }
  const { folder, config, experiment } = note;
  return { folder, config, experiment };
}
