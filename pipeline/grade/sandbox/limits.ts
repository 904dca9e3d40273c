const MIB = 1024 * 1024;

/** What a student's program may use. Each bound is enforced from outside its process. */
export interface ProgramLimits {
  /** Milliseconds to start a process and load the module. */
  readonly startMs: number;
  /** Milliseconds a call. */
  readonly callMs: number;
  /** Milliseconds for all calls together, starts after a time-out or crash included. */
  readonly totalMs: number;
  /** Bytes of heap, typed arrays and stacks, beyond what Deno needs itself. */
  readonly memoryBytes: number;
  /** Bytes of source text, as UTF-8. */
  readonly sourceBytes: number;
  /** Bytes that it may print a call. */
  readonly outputBytes: number;
  /** Numbers that a call may return. */
  readonly replyNumbers: number;
}

/** Generous for the course's network, and short enough for a class of hostile programs. */
export const DEFAULT_PROGRAM_LIMITS: ProgramLimits = {
  startMs: 10_000,
  callMs: 10_000,
  totalMs: 120_000,
  memoryBytes: 1024 * MIB,
  sourceBytes: MIB,
  outputBytes: 16 * MIB,
  replyNumbers: 4_000_000,
};
