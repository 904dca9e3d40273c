/** Where something was written: a place in a file, or an override of the command line, which has no lines. */
export interface Position {
  /** The file's name as given, or the whole override, such as `--set train.epochs=abc`. */
  readonly file: string;
  /** 1-based, as is the column; absent for an override, as is that. */
  readonly line?: number;
  readonly column?: number;
}

export interface ConfigProblem extends Position {
  /** The setting it is about, such as `model.hidden[1]`; empty when it is the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** More than fill a screen help nobody. */
const MAX_LINES = 50;

/** A config that cannot be used. It carries every problem found, in the order of the file, and its message lists the first 50. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** At least one, sorted by place; those of overrides come last. */
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const sorted = [...problems].sort((a, b) => order(a.line, b.line) || order(a.column, b.column));
    const lines = sorted.slice(0, MAX_LINES).map(problemLine);
    if (sorted.length > 1) lines.unshift(`The config has ${sorted.length} problems:`);
    if (sorted.length > MAX_LINES) lines.push(`... and ${sorted.length - MAX_LINES} more`);
    super(lines.join("\n"));
    this.problems = sorted;
  }
}

function order(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}

/** `file:line:column: path: message`, the form that editors and terminals turn into a link. */
function problemLine({ file, line, column, path, message }: ConfigProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [place, ...(path === "" ? [] : [path]), message].join(": ");
}
