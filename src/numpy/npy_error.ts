/** Why bytes are no `.npy` or `.npz` that is read here. */
export type NpyProblem =
  | { readonly kind: "other_bytes" }
  | { readonly kind: "no_header"; readonly bytes: number }
  | { readonly kind: "format"; readonly found: string }
  | { readonly kind: "header"; readonly found: string }
  | { readonly kind: "type"; readonly allowed: readonly string[]; readonly found: string }
  | { readonly kind: "dimensions"; readonly found: string }
  | {
    readonly kind: "length";
    readonly shape: readonly number[];
    readonly type: string;
    readonly expected: number;
    readonly found: number;
  }
  | { readonly kind: "no_zip"; readonly reason: string }
  | { readonly kind: "entry_name"; readonly found: string }
  | { readonly kind: "entry_twice"; readonly found: string }
  | { readonly kind: "arrays"; readonly most: number }
  | { readonly kind: "bytes"; readonly most: number; readonly found: number };

/** Bytes that are no array, or no archive of arrays, that is read here. The problem says it to programs. */
export class NpyError extends SyntaxError {
  readonly problem: NpyProblem;
  /** The array of an archive that it is about; null for a file of one array, and for the archive as a whole. */
  readonly array: string | null;
  /** The message in Japanese. */
  readonly ja: string;

  constructor(problem: NpyProblem, array: string | null = null) {
    super(describeNpyProblem(problem, array));
    this.problem = problem;
    this.array = array;
    this.ja = npyProblemInJapanese(problem, array);
  }
}

/** The problem in English. */
export function describeNpyProblem(problem: NpyProblem, array: string | null): string {
  const what = ofArchive(problem) ? "an .npz" : array === null ? "an array" : `array ${array} of an .npz`;
  return `Cannot read ${what}: ${reason(problem)}`;
}

function ofArchive({ kind }: NpyProblem): boolean {
  return ["no_zip", "entry_name", "entry_twice", "arrays", "bytes"].includes(kind);
}

function reason(problem: NpyProblem): string {
  switch (problem.kind) {
    case "other_bytes":
      return "a .npy file must begin with \\x93NUMPY, found other bytes";
    case "no_header":
      return `a .npy file must have a header, found ${problem.bytes} bytes only`;
    case "format":
      return `the .npy format must be 1.0, found ${problem.found}`;
    case "header":
      return `its header must give descr, fortran_order and shape as NumPy writes them, found ${
        JSON.stringify(problem.found)
      }`;
    case "type":
      return `its type must be one of ${problem.allowed.join(", ")}, found ${problem.found}`;
    case "dimensions":
      return `its dimensions must be below 2^53, found (${problem.found})`;
    case "length": {
      const { shape, type, expected, found } = problem;
      return `shape (${shape.join(", ")}) of ${type} must take ${expected} bytes, found ${found}`;
    }
    case "no_zip":
      return `it must be a zip file, found one that does not unpack (${problem.reason})`;
    case "entry_name":
      return `its entries must be NAME.npy, found ${JSON.stringify(problem.found)}`;
    case "entry_twice":
      return `each entry must occur once, found ${problem.found} twice`;
    case "arrays":
      return `it must have at most ${problem.most} arrays, found more`;
    case "bytes":
      return `it must unpack to at most ${problem.most} bytes, found ${problem.found} or more`;
  }
}

/** The problem in Japanese. */
export function npyProblemInJapanese(problem: NpyProblem, array: string | null): string {
  const what = array === null ? "配列" : `配列 ${array} `;
  switch (problem.kind) {
    case "other_bytes":
      return `${what}が .npy 形式ではありません`;
    case "no_header":
      return `${what}が途中で切れています（${problem.bytes} バイト）`;
    case "format":
      return `${what}の .npy 形式の版は 1.0 でなければなりませんが、${problem.found} です`;
    case "header":
      return `${what}のヘッダーを読み取れません`;
    case "type":
      return problem.found.startsWith("|O")
        ? `${what}が Python のオブジェクトの配列（dtype=object）です。float32、float64、整数のどれかで保存してください`
        : `${what}の dtype が ${problem.found} です。float32、float64、整数のどれか（リトルエンディアン）で保存してください`;
    case "dimensions":
      return `${what}の形状（${problem.found}）が大きすぎます`;
    case "length":
      return `${what}のデータが足りないか多すぎます。形状（${
        problem.shape.join(", ")
      }）では ${problem.expected} バイトになるはずですが、${problem.found} バイトです`;
    case "no_zip":
      return "NumPy の .npz として読み取れません。途中で切れているか、別の形式です";
    case "entry_name":
      return `.npz の中身は「名前.npy」だけでなければなりませんが、「${problem.found}」があります`;
    case "entry_twice":
      return `.npz の中に ${problem.found} が 2 つあります`;
    case "arrays":
      return `.npz の配列は ${problem.most} 個までですが、それを超えています`;
    case "bytes":
      return `.npz を展開した大きさは ${problem.most} バイトまでですが、${problem.found} バイト以上になります`;
  }
}
