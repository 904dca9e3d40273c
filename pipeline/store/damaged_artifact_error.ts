/**
 * An artifact is not in the store as it was put: its bytes have another hash, or its file is gone. Performing
 * its step again heals it.
 */
export class DamagedArtifactError extends Error {
  override readonly name = "DamagedArtifactError";
  /** Where the artifact lies, or should. */
  readonly path: string;

  /** `found` is the hash of the bytes that are there, null where there is no file. */
  constructor({ path, sha256, found }: { path: string; sha256: string; found: string | null }) {
    super(
      `Cannot read the artifact ${path}: its SHA-256 must be ${sha256}, found ${found ?? "no file"}`,
    );
    this.path = path;
  }
}
