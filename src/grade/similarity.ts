import type { Manifest } from "./manifest.ts";
import { PROGRAM, type Submission } from "./submission.ts";

// Dolos (npm:@dodona/dolos-lib 3.5.1) would tell more of copied programs, but its parser, tree-sitter, is a native addon: it needs
// --allow-ffi, which undoes every other permission of the process, and build scripts, which ours runs none of.

/** What is compared of a submission. */
export interface Traces {
  /** The manifest's student, or the submission's name. */
  readonly student: string;
  readonly submission: string;
  /** SHA-256 of weights.npz, predictions.csv and probe.npz, those that there are. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Files that our own run with the same settings and seeds gives too; null where that is not known. */
  readonly reproduced: readonly string[] | null;
  /** Hyperparameters and seeds by the file that follows from them: two honest runs of the same ones may come out equal. Null where no manifest could be read. */
  readonly settings: Readonly<Record<string, string>> | null;
  /** Whether the seeds are known. */
  readonly seedsKnown: boolean;
  /** The code of a notebook that was run, as pythonTokens() has it; null where there is none, or too little to say anything. */
  readonly code: string | null;
  /** Fingerprints of src/mod.ts, without the template's. */
  readonly source: ReadonlySet<number>;
}

/** Two submissions of different students that look alike. */
export interface SimilarPair {
  readonly a: string;
  readonly b: string;
  /** Which of their submissions: attempts of one student may be alike too. */
  readonly submissions: { readonly a: string; readonly b: string };
  /** The file that looks alike. */
  readonly what: string;
  /** 1 for equal files; for source the share of the smaller one's fingerprints that the other has. */
  readonly similarity: number;
  /** What to consider; null where there is nothing. */
  readonly note: SimilarityNote | null;
}

/** What to consider of equal files that a training gives, and of notebooks. */
type SimilarityNote =
  /** Hyperparameters or seeds of one at least are not known, so that nothing can be said of honest runs. */
  | "unknown_settings"
  /** Hyperparameters or seeds that the file follows from differ, so that runs cannot be equal. */
  | "other_settings"
  /** They do not, and nobody knows what our own run gives: honest runs may be equal. */
  | "same_settings"
  /** Notebooks of the same code, which are not the same file. */
  | "same_code"
  /** They do not, but neither hand-in is what our own run with them gives. */
  | "not_ours";

const HASHED = ["weights.npz", "predictions.csv", "probe.npz"];
/** What a notebook is called that was run, whatever its own name. */
const NOTEBOOK = "notebook.ipynb";
const LEAST_SIMILARITY = 0.5;
/** A notebook of fewer tokens may be the same as another by chance: the course's own program has 1,000. */
const LEAST_TOKENS = 300;
/** A source with fewer fingerprints of its own says nothing. */
const LEAST_FINGERPRINTS = 12;

/**
 * What is compared of a submission; what our own run gives of it is not asked for yet, see unexplained().
 *
 * @param template the source that all students began with
 */
export function traces(submission: Submission, template: string): Traces {
  const { manifest, files, source, notebook } = submission;
  const common = fingerprints(sourceTokens(template));
  const own = [...fingerprints(sourceTokens(source ?? ""))].filter((print) => !common.has(print));
  return {
    student: manifest?.student ?? submission.name,
    submission: submission.name,
    hashes: Object.fromEntries(
      files.filter(({ path }) => HASHED.includes(path) || path === notebook?.file)
        .map(({ path, sha256 }) => [path === notebook?.file ? NOTEBOOK : path, sha256]),
    ),
    reproduced: null,
    settings: manifest === null ? null : settingsByFile(manifest),
    seedsKnown: manifest?.seedsKnown ?? false,
    code: codeOf(notebook?.code ?? []),
    source: new Set(own),
  };
}

/** What of a manifest each file follows from. The probe is of the network as it is drawn, on a batch of our own with a learning rate of our own. */
function settingsByFile(manifest: Manifest): Record<string, string> {
  const { student: _, submitted: __, unstated: ___, ...training } = manifest;
  const { hidden, activation, sigma, reduction, dtype, seeds: { init } } = manifest;
  const { dtype: ____, ...predicted } = training;
  return {
    "weights.npz": JSON.stringify(training),
    "predictions.csv": JSON.stringify(predicted),
    "probe.npz": JSON.stringify({ hidden, activation, sigma, reduction, dtype, init }),
  };
}

/** The submissions whose files another student has as well, with the same settings: our own run with those may explain it. */
export function unexplained(all: readonly Traces[]): ReadonlySet<string> {
  const alike = new Map<string, Traces[]>();
  for (const one of all) {
    if (one.settings === null) continue;
    for (const [what, sha256] of Object.entries(one.hashes)) {
      if (what === NOTEBOOK) continue;
      const key = [what, sha256, one.settings[what]].join("\0");
      alike.set(key, [...alike.get(key) ?? [], one]);
    }
  }
  const shared = [...alike.values()].filter((same) =>
    same.some(({ student }) => student !== same[0].student)
  );
  return new Set(shared.flat().map(({ submission }) => submission));
}

/** Pairs of different students that look alike, the most alike first. They are for a person to look at: honest work may look alike too. */
export function similarPairs(all: readonly Traces[]): SimilarPair[] {
  const pairs: SimilarPair[] = [];
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(i + 1)) {
      if (a.student === b.student) continue;
      const names = { a: a.student, b: b.student, submissions: { a: a.submission, b: b.submission } };
      for (const [what, sha256] of Object.entries(a.hashes)) {
        if (b.hashes[what] !== sha256) continue;
        // Equal bytes: what our own run gives for one of them it gives for the other, whatever else that one got wrong.
        const ours = [a, b].some(({ reproduced }) => reproduced?.includes(what));
        if (ours && sameSettings(a, b, what)) continue;
        // A notebook is written, and not what a run gives.
        const note = what === NOTEBOOK ? null : noteOf(a, b, what);
        pairs.push({ ...names, what, similarity: 1, note });
      }
      if (a.code !== null && a.code === b.code && a.hashes[NOTEBOOK] !== b.hashes[NOTEBOOK]) {
        pairs.push({ ...names, what: NOTEBOOK, similarity: 1, note: "same_code" });
      }
      const similarity = sourceSimilarity(a.source, b.source);
      if (similarity >= LEAST_SIMILARITY) {
        pairs.push({ ...names, what: PROGRAM, similarity, note: null });
      }
    }
  }
  const key = ({ a, b, what, submissions }: SimilarPair) =>
    [a, b, what, submissions.a, submissions.b].join("\0");
  return pairs.sort((x, y) => y.similarity - x.similarity || (key(x) < key(y) ? -1 : 1));
}

function sameSettings(a: Traces, b: Traces, what: string): boolean {
  return a.settings !== null && a.settings[what] === b.settings?.[what];
}

function noteOf(a: Traces, b: Traces, what: string): SimilarityNote {
  if (!a.seedsKnown || !b.seedsKnown) return "unknown_settings";
  if (!sameSettings(a, b, what)) return "other_settings";
  return a.reproduced === null || b.reproduced === null ? "same_settings" : "not_ours";
}

function sourceSimilarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const smaller = Math.min(a.size, b.size);
  if (smaller < LEAST_FINGERPRINTS) return 0;
  return [...a].filter((print) => b.has(print)).length / smaller;
}

/** Tokens that a match must have at least. */
const GRAM = 16;
/** Of so many matches in a row at least one is noticed. */
const WINDOW = 8;

/**
 * The fingerprints of a text: of each `WINDOW` hashes of `GRAM` tokens in a row the smallest (winnowing; Schleimer, Wilkerson and Aiken:
 * Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD 2003). Two texts that share GRAM + WINDOW - 1 tokens in a row share one.
 */
export function fingerprints(tokens: readonly string[]): Set<number> {
  const hashes: number[] = [];
  for (let i = 0; i + GRAM <= tokens.length; i++) hashes.push(hash(tokens.slice(i, i + GRAM).join(" ")));
  const chosen = new Set<number>();
  for (let i = 0; i < hashes.length; i++) {
    if (i + WINDOW > hashes.length && i > 0) break;
    chosen.add(hashes.slice(i, i + WINDOW).reduce((least, value) => Math.min(least, value)));
  }
  return chosen;
}

/** FNV-1a, 32 bits, of UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

const PYTHON_TOKEN =
  /#[^\n]*|"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\d[\w.]*|[\p{L}_][\p{L}\p{N}_]*|[^\s]/gu;

const PYTHON_KEYWORDS = new Set(
  ("and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal " +
    "not or pass raise return True try while with yield").split(" "),
);

/**
 * The tokens of Python as a copy keeps them when it is made to look different: comments and blanks are left out, every name is `v`, every
 * string `s`. Numbers stay: whoever was given the code and chose settings of their own has not copied.
 */
function pythonTokens(source: string): string[] {
  return Array.from(source.matchAll(PYTHON_TOKEN), ([text]) => text).filter((text) => !text.startsWith("#"))
    .map(
      (text) => /^["']/.test(text) ? "s" : /^[\p{L}_]/u.test(text) && !PYTHON_KEYWORDS.has(text) ? "v" : text,
    );
}

function codeOf(cells: readonly string[]): string | null {
  const tokens = cells.flatMap(pythonTokens);
  return tokens.length < LEAST_TOKENS ? null : tokens.join(" ");
}

const KEYWORDS = new Set(
  ("break case catch class const continue default do else export extends false finally for function if import in instanceof let new null of " +
    "return static super switch this throw true try typeof undefined var void while yield").split(" "),
);

/** A comment, a string, a number, a word, or one character of anything else; blanks between them match nothing. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\d[\w.]*|[\p{L}_$][\p{L}\p{N}_$]*|[^\s]/gu;

/**
 * The tokens of TypeScript source as a copy keeps them, whatever it is made to look like: comments and blanks are left out, every name is
 * `v`, every number `n`, every string `s`.
 */
export function sourceTokens(source: string): string[] {
  const tokens: string[] = [];
  for (const [text] of source.matchAll(TOKEN)) {
    if (text.startsWith("//") || text.startsWith("/*")) continue;
    if (/^["'`]/.test(text)) tokens.push("s");
    else if (/^\d/.test(text)) tokens.push("n");
    else if (/^[\p{L}_$]/u.test(text)) tokens.push(KEYWORDS.has(text) ? text : "v");
    else tokens.push(text);
  }
  return tokens;
}
