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
  /** What kind of problem of the YAML itself it is, for who says it in another language: the parser's code, or one of locateNodes(). */
  readonly code?: string | undefined;
}

/** More than fill a screen help nobody. */
const MAX_LINES = 20;

/** A config that cannot be used. It carries the problems found, in the order of the file, and its message lists the first 20. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** At least one, sorted by place; those of overrides come last. */
  readonly problems: readonly ConfigProblem[];

  /** `more` is how many more there are, all of them later in the file. */
  constructor(problems: readonly ConfigProblem[], more = 0) {
    const sorted = [...problems].sort(byPlace);
    const count = sorted.length + more;
    const lines = sorted.slice(0, MAX_LINES).map(problemLine);
    if (count > 1) lines.unshift(`The config has ${count} problems:`);
    if (count > MAX_LINES) lines.push(`... and ${count - Math.min(sorted.length, MAX_LINES)} more`);
    super(lines.join("\n"));
    this.problems = sorted;
  }
}

/** The order of the file; what has no line comes last. */
export function byPlace(a: Position, b: Position): number {
  return order(a.line, b.line) || order(a.column, b.column);
}

function order(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}

/** `file:line:column: path: message`, the form that editors and terminals turn into a link. */
function problemLine({ file, line, column, path, message }: ConfigProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [place, ...(path === "" ? [] : [path]), message].join(": ");
}
