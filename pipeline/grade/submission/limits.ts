const MIB = 1024 * 1024;

/** How much of a submission is read. A file beyond a bound counts as absent. */
export interface SubmissionLimits {
  /** Files and folders. */
  readonly entries: number;
  /** Bytes of a zip as it was handed in. */
  readonly archiveBytes: number;
  /** Bytes of a file, unpacked. */
  readonly fileBytes: number;
  /** Bytes of all files together, unpacked. */
  readonly totalBytes: number;
  /** How often larger than packed a file of a zip may be, from 1 MiB on. */
  readonly ratio: number;
  /** Bytes of manifest.yaml. */
  readonly manifestBytes: number;
  /** Bytes of src/mod.ts. */
  readonly sourceBytes: number;
  /** Bytes of a CSV file. */
  readonly csvBytes: number;
  /** Rows of a CSV file, its header aside. */
  readonly csvRows: number;
  /** Bytes of the arrays of an .npz, unpacked. */
  readonly npzBytes: number;
}

/** Several times what a submission for the course's network takes. */
export const DEFAULT_SUBMISSION_LIMITS: SubmissionLimits = {
  entries: 2000,
  archiveBytes: 128 * MIB,
  fileBytes: 64 * MIB,
  totalBytes: 256 * MIB,
  ratio: 100,
  manifestBytes: 64 * 1024,
  sourceBytes: MIB,
  csvBytes: 4 * MIB,
  csvRows: 20_000,
  npzBytes: 32 * MIB,
};
