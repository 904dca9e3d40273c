export interface SweepOptions {
  config: string;
  /** Overrides as `path=value`, in the order given. */
  set: string[];
  /** Settings to sweep as `path=value,value`, in the order given. */
  sweep?: string[] | undefined;
  /** Whether it may have more runs than the config's `run_cap`. */
  yes?: boolean | undefined;
  /** The results folder; by default `results/<name>`. */
  out?: string | undefined;
  store: string;
  /** A folder or URL that holds the data set's files. */
  mirror?: string | undefined;
  workers: number;
  /** Whether the first run that fails ends it all. */
  failFast?: boolean | undefined;
}
