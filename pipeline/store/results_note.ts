import { z } from "zod";

const noteSchema = z.object({
  folder: z.string(),
  config: z.string(),
  experiment: z.unknown(),
});

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

/** Reads what encodeNote wrote. Throws an Error where it is not that. */
export function decodeNote(text: string): ResultsNote {
  return noteSchema.parse(JSON.parse(text));
}
