/** Labelled rows of K numbers: those of label 1, and the others. */
interface Labelled {
  readonly values: ArrayLike<number>;
  readonly K: number;
  readonly labels: ArrayLike<number>;
}

/**
 * Whether a line (K = 2), a point (K = 1) or a hyperplane parts the rows of label 1 from the others, none of them on it. Up to K = 2 the
 * answer is certain, and where two of both kinds are at one place. Else, above, "unknown" says that the perceptron's search found none in so
 * many rounds.
 */
export function isSeparable({ values, K, labels }: Labelled, start: ArrayLike<number>): boolean | "unknown" {
  if (K <= 2) return inOneHalf(differences({ values, K, labels }));
  if (perceptronFinds({ values, K, labels }, start)) return true;
  return coincide({ values, K, labels }) ? false : "unknown";
}

/** Whether a row of label 1 and another one are the same. */
function coincide({ values, K, labels }: Labelled): boolean {
  const kinds = new Map<string, boolean>();
  for (let i = 0; i < labels.length; i++) {
    const place = Array.from({ length: K }, (_, k) => values[K * i + k]).join();
    const isOne = labels[i] === 1;
    if ((kinds.get(place) ?? isOne) !== isOne) return true;
    kinds.set(place, isOne);
  }
  return false;
}

/** Vectors from each row of label 0 to each of label 1, in the plane. */
function* differences({ values, K, labels }: Labelled): Generator<readonly [number, number]> {
  const y = (row: number) => K === 2 ? values[2 * row + 1] : 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) continue;
    for (let j = 0; j < labels.length; j++) {
      if (labels[j] === 1) yield [values[K * j] - values[K * i], y(j) - y(i)];
    }
  }
}

/** Whether all vectors point to one side of some line through 0, none along it: two sets can be parted exactly if their differences do. */
function inOneHalf(vectors: Iterable<readonly [number, number]>): boolean {
  // The cone that they span so far, from `low` counterclockwise to `high`, less than half a turn.
  let low: readonly [number, number] | undefined, high = low;
  for (const v of vectors) {
    if (v[0] === 0 && v[1] === 0) return false;
    if (low === undefined || high === undefined) {
      low = high = v;
      continue;
    }
    const fromLow = cross(low, v), toHigh = cross(v, high);
    if (fromLow >= 0 && toHigh >= 0 && (dot(low, v) > 0 || dot(high, v) > 0)) continue;
    if (cross(low, v) > 0 && toHigh < 0) high = v;
    else if (cross(v, high) > 0 && fromLow < 0) low = v;
    else return false;
  }
  return true;
}

function cross(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] * b[1] - a[1] * b[0];
}

function dot(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] * b[0] + a[1] * b[1];
}

const ROUNDS = 100;

/** Rosenblatt's perceptron from a start (K weights, then the bias): whether it comes to make no mistake. */
function perceptronFinds({ values, K, labels }: Labelled, start: ArrayLike<number>): boolean {
  const w = Float64Array.from(start);
  for (let round = 0; round < ROUNDS; round++) {
    let mistakes = 0;
    for (let i = 0; i < labels.length; i++) {
      const sign = labels[i] === 1 ? 1 : -1;
      let a = w[K];
      for (let k = 0; k < K; k++) a += w[k] * values[K * i + k];
      if (sign * a > 0) continue;
      mistakes++;
      for (let k = 0; k < K; k++) w[k] += sign * values[K * i + k];
      w[K] += sign;
    }
    if (mistakes === 0) return true;
  }
  return false;
}
