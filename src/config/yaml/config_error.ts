import type { Language, Texts } from "../../text/language.ts";
import { showPath } from "../../text/show_value.ts";

/** Where something was written: a place in a file, or an override of the command line, which has no lines. */
export interface Position {
  /** The file's name as given, or the override, a long one cut, such as `--set train.epochs=abc`. */
  readonly file: string;
  /** 1-based, as is the column; absent for an override, as is that. */
  readonly line?: number;
  readonly column?: number;
}

export interface ConfigProblem extends Position {
  /** The setting it is about, such as `model.hidden[1]`; empty when it is the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** The message in Japanese; absent where it is in English only. */
  readonly ja?: string | undefined;
}

export function problem(position: Position, path: readonly PropertyKey[], { en, ja }: Texts): ConfigProblem {
  return { ...position, path: showPath(path), message: en, ja };
}

/** More than fill a screen help nobody. */
const MAX_LINES = 20;

const CONFIG: Texts = { en: "The config", ja: "設定" };

const WORDS = {
  en: {
    count: (count: number, what: Texts) => `${what.en} has ${count} problems:`,
    more: (count: number) => `... and ${count} more`,
  },
  ja: {
    count: (count: number, what: Texts) => `${what.ja}に ${count} 件の誤りがあります。`,
    more: (count: number) => `（ほか ${count} 件）`,
  },
};

/** A config that cannot be used. It carries the problems found, in the order of the file, and its message lists the first 20. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** At least one, sorted by place; those of overrides come last. */
  readonly problems: readonly ConfigProblem[];
  /** The message in Japanese, but for problems that are in English only. */
  readonly ja: string;
  /** The language that the config itself asks for, as far as it could be read. */
  readonly language: Language | undefined;

  /**
   * @param options.more how many more there are, all of them later in the file
   * @param options.what what cannot be used, where it is no config
   */
  constructor(
    problems: readonly ConfigProblem[],
    { more = 0, language, what = CONFIG }: { more?: number; language?: Language | undefined; what?: Texts } =
      {},
  ) {
    const sorted = [...problems].sort(byPlace);
    super(listProblems(sorted, { more, what, language: "en" }));
    this.problems = sorted;
    this.ja = listProblems(sorted, { more, what, language: "ja" });
    this.language = language;
  }
}

function listProblems(
  sorted: readonly ConfigProblem[],
  { more, what, language }: { more: number; what: Texts; language: Language },
): string {
  const words = WORDS[language];
  const count = sorted.length + more;
  const lines = sorted.slice(0, MAX_LINES).map((problem) => problemLine(problem, language));
  if (count > 1) lines.unshift(words.count(count, what));
  if (count > MAX_LINES) lines.push(words.more(count - Math.min(sorted.length, MAX_LINES)));
  return lines.join("\n");
}

/** The order of the file; what has no line comes last. */
export function byPlace(a: Position, b: Position): number {
  return order(a.line, b.line) || order(a.column, b.column);
}

function order(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}

/** `file:line:column: path: message`, the form that editors and terminals turn into a link. */
function problemLine(
  { file, line, column, path, message, ja = message }: ConfigProblem,
  language: Language,
): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [place, ...(path === "" ? [] : [path]), language === "ja" ? ja : message].join(": ");
}
