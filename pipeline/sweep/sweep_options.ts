export interface SweepOptions {
  config: string;
  /** As `path=value`, in the order given. */
  set: string[];
  /** As `path=value,value`, in the order given. */
  sweep?: string[] | undefined;
  /** Whether there may be more runs than the config's `run_cap`. */
  yes?: boolean | undefined;
  /** By default `results/<name>`. */
  out?: string | undefined;
  /** Whether the results may take the place of another config's, of the same name. */
  replace?: boolean | undefined;
  store: string;
  /** A folder or URL that holds the data set's files. */
  mirror?: string | undefined;
  workers: number;
  /** The server over which many machines train. */
  on?: string | undefined;
  /** Whether to end when what can be is in the queue. */
  detach?: boolean | undefined;
  creds?: string | undefined;
  ca?: string | undefined;
  project?: string | undefined;
  failFast?: boolean | undefined;
}
