import { createHash } from "node:crypto";
import { SHA256 } from "../../src/text/codecs.ts";
import { isMapping } from "../../src/text/show_value.ts";
import { canonicalJson, fingerprint, type StepIdentity } from "./fingerprint.ts";

/** What the store remembers of a step that was performed: what went in, and what came out. */
export interface StepRecord extends StepIdentity {
  /** SHA-256 of each output artifact, by its name. */
  outputs: Record<string, string>;
  /** Small results that need no artifact, such as metrics. JSON. */
  facts: unknown;
  /** How far a step that goes on, such as training, had got: its fingerprint is the same at every stage. */
  stage?: number | undefined;
  /** Whether it only keeps what was done on the way to a later stage, and goes when there is more; nobody asked for this one. */
  checkpoint?: true;
}

// A record's file is one JSON object of two members: the SHA-256 of the record's fingerprint and its text together, so that
// neither a flipped byte nor another record's text passes, and the record. One hash, where looking up is mostly hashing.
const HEAD = '{"sha256":"';
const MIDDLE = '","record":';
const TAIL = "}\n";
const BODY_START = HEAD.length + 64 + MIDDLE.length;

/** Throws a TypeError where parameters or facts are not JSON (see canonicalJson). */
export function encodeRecord(record: StepRecord): { key: string; body: string; text: string } {
  const { step, version, parameters, inputs, outputs, facts, stage, checkpoint } = record;
  const staged = { ...(stage === undefined ? {} : { stage }), ...(checkpoint ? { checkpoint } : {}) };
  const key = fingerprint(record);
  const body = canonicalJson({ step, version, parameters, inputs, outputs, facts, ...staged });
  return { key, body, text: HEAD + seal(key, body) + MIDDLE + body + TAIL };
}

/** Throws a SyntaxError where the text is cut, changed or another record than the one of the `expected` fingerprint at this stage. */
export function decodeRecord(
  text: string,
  expected: string,
  stage?: number,
): { record: StepRecord; body: string } {
  const body = text.slice(BODY_START, -TAIL.length);
  const isWhole = text.startsWith(HEAD) && text.startsWith(MIDDLE, BODY_START - MIDDLE.length) &&
    text.endsWith(TAIL);
  if (!isWhole || text.slice(HEAD.length, HEAD.length + 64) !== seal(expected, body)) {
    throw new SyntaxError(
      `Cannot read a record: its text must have the SHA-256 that it states as the record ${expected}, found another`,
    );
  }
  const record: unknown = JSON.parse(body);
  if (!isRecord(record)) {
    throw new SyntaxError("Cannot read a record: it must have a record's members, found others");
  }
  if (record.stage !== stage) {
    throw new SyntaxError(`Cannot read a record: its stage must be ${stage}, found ${record.stage}`);
  }
  return { record, body };
}

function seal(key: string, body: string): string {
  return createHash("sha256").update(key).update(body).digest("hex");
}

function isRecord(value: unknown): value is StepRecord {
  return isMapping(value) && "parameters" in value && "facts" in value && typeof value.step === "string" &&
    typeof value.version === "number" && isHashes(value.inputs) && isHashes(value.outputs);
}

function isHashes(value: unknown): value is Record<string, string> {
  return isMapping(value) &&
    Object.values(value).every((hash) => typeof hash === "string" && SHA256.test(hash));
}

/** A store's note of a results folder that a sweep writes, or has written, with the store's help: what gc keeps things for. */
export interface ResultsNote {
  /** The results folder's whole path. */
  readonly folder: string;
  /** The config's file as it was given. */
  readonly config: string;
  /** The whole experiment, overrides and defaults filled in. */
  readonly experiment?: unknown;
}

export function encodeNote({ folder, config, experiment }: ResultsNote): string {
  return JSON.stringify({ folder, config, experiment }) + "\n";
}

/** Throws a SyntaxError where the text is no note. */
export function decodeNote(text: string): ResultsNote {
  const note: unknown = JSON.parse(text);
  const { folder, config, experiment } = isMapping(note) ? note : {};
  if (typeof folder !== "string" || typeof config !== "string" || experiment === undefined) {
    throw new SyntaxError(
      "Cannot read a note: it must have a folder, a config and an experiment, found others",
    );
  }
  return { folder, config, experiment };
}
