import { hashBytes } from "../store/hash.ts";
import type { Artifact } from "./step.ts";

/** An input that is in memory and not in the store, such as a table that the runner has just written. */
export function memoryArtifact(text: string): Artifact {
  return { sha256: hashBytes(text), read: () => Promise.resolve(new TextEncoder().encode(text)) };
}
