/** One measurement, and which level each factor had. */
export interface Observation {
  /** A name a factor, in the order of the factors. */
  readonly levels: readonly string[];
  readonly value: number;
}

/** Where the variance of measurements comes from. Shares are of the sum of squares about the mean. */
interface VarianceShares {
  readonly n: number;
  /** Sum of squares about the mean. */
  readonly total: number;
  /** Whether every combination of levels occurs, and each as often. */
  readonly balanced: boolean;
  /** Share of the variance that each factor explains alone, 0 to 1; null where there is no variance. */
  readonly factors: readonly (number | null)[];
  /**
   * What two factors explain together beyond each alone. Only of a balanced design, where these shares, the factors', `rest` and
   * `replicates` are apart and add up to 1: otherwise what one factor explains is in part what another does.
   */
  readonly pairs: readonly { readonly factors: readonly [number, number]; readonly share: number | null }[];
  /** What is explained beyond single factors and pairs; null unless balanced. */
  readonly rest: number | null;
  /** What is left between measurements of the same combination; null unless balanced. */
  readonly replicates: number | null;
}

/**
 * The analysis of variance of measurements over the combinations of several factors' levels. In a balanced design it is the
 * functional decomposition that fANOVA (Hutter, Hoos and Leyton-Brown 2014) estimates; otherwise each factor's share is the
 * correlation ratio (eta squared) of its own grouping, and shares overlap.
 * Throws RangeError without observations, TypeError where one has not as many levels as the first.
 */
export function varianceShares(observations: readonly Observation[]): VarianceShares {
  if (observations.length === 0) {
    throw new RangeError("Cannot share a variance: there must be an observation or more, found none");
  }
  const count = observations[0].levels.length;
  const wrong = observations.find(({ levels }) => levels.length !== count);
  if (wrong) {
    throw new TypeError(
      `Cannot share a variance: each observation must have ${count} levels, found ${wrong.levels.length}`,
    );
  }
  const n = observations.length;
  const mean = observations.reduce((sum, { value }) => sum + value, 0) / n;
  const total = squares(observations.map(({ value }) => ({ n: 1, mean: value })), mean);
  const indices = Array.from({ length: count }, (_, i) => i);
  const cellsOf = cellMeans(
    observations,
    indices.map((i) => numbered(observations.map(({ levels }) => levels[i]))),
  );
  const groups = indices.map((i) => cellsOf([i]));
  const combinations = groups.reduce((product, { size }) => product * size, 1);
  const cells = combinations <= n ? [...cellsOf(indices).values()] : [];
  const balanced = cells.length === combinations && cells.every((cell) => cell.n === cells[0].n);
  const share = (sum: number) => total > 0 ? Math.min(1, Math.max(0, sum / total)) : null;

  const main = groups.map((group) => squares(group.values(), mean));
  const factors = main.map(share);
  if (!balanced) return { n, total, balanced, factors, pairs: [], rest: null, replicates: null };

  const between = squares(cells, mean);
  let left = between - main.reduce((sum, square) => sum + square, 0);
  const pairs: { factors: [number, number]; share: number | null }[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const both = squares(cellsOf([a, b]).values(), mean) - main[a] - main[b];
      pairs.push({ factors: [a, b], share: share(both) });
      left -= both;
    }
  }
  return { n, total, balanced, factors, pairs, rest: share(left), replicates: share(total - between) };
}

interface Group {
  n: number;
  mean: number;
}

/** Each level by its number, in the order in which levels come, and how many there are. */
interface NumberedLevels {
  readonly numbers: readonly number[];
  readonly count: number;
}

function numbered(levels: readonly string[]): NumberedLevels {
  const known = new Map<string, number>();
  const numbers = levels.map((level) => {
    const number = known.get(level) ?? known.size;
    known.set(level, number);
    return number;
  });
  return { numbers, count: known.size };
}

/**
 * The means over the combinations of some factors' levels that occur, in the order in which they come: of factors that have no more
 * combinations than a number tells apart.
 */
function cellMeans(
  observations: readonly Observation[],
  levels: readonly NumberedLevels[],
): (factors: readonly number[]) => Map<number, Group> {
  return (factors) => {
    const numberOf = (i: number) =>
      factors.reduce((number, factor) => number * levels[factor].count + levels[factor].numbers[i], 0);
    const groups = new Map<number, Group>();
    for (let i = 0; i < observations.length; i++) {
      const { value } = observations[i];
      const key = numberOf(i);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { n: 1, mean: value });
      else {
        group.n++;
        group.mean += value; // a sum until all are in
      }
    }
    for (const group of groups.values()) group.mean /= group.n;
    return groups;
  };
}

function squares(groups: Iterable<{ n: number; mean: number }>, mean: number): number {
  let sum = 0;
  for (const group of groups) sum += group.n * (group.mean - mean) * (group.mean - mean);
  return sum;
}
