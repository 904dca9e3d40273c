/** Rows of K numbers, one after another. */
export interface RowsOf {
  readonly values: ArrayLike<number>;
  readonly K: number;
}

/** The directions along which rows differ most, the first one first, each of length 1, and their variances (divisor n). */
export interface Principal {
  readonly mean: Float64Array;
  readonly directions: readonly Float64Array[];
  readonly variances: readonly number[];
}

/**
 * Principal directions: eigenvectors of the covariance by Jacobi's rotations (Golub and Van Loan, 8.5), from IEEE operations alone. Each
 * has the sign with which its largest component, of equal ones the first, is positive.
 */
export function principalDirections({ values, K }: RowsOf): Principal {
  const { mean, covariance } = covarianceOf({ values, K });
  const vectors = new Float64Array(K * K);
  for (let i = 0; i < K; i++) vectors[i * K + i] = 1;
  for (let sweep = 0; sweep < 30 && offDiagonal(covariance, K) > 0; sweep++) {
    for (let p = 0; p < K; p++) {
      for (let q = p + 1; q < K; q++) rotate(covariance, vectors, { K, p, q });
    }
  }
  const order = Array.from({ length: K }, (_, i) => i)
    .sort((a, b) => covariance[b * K + b] - covariance[a * K + a] || a - b);
  return {
    mean,
    directions: order.map((column) =>
      turned(Float64Array.from({ length: K }, (_, k) => vectors[k * K + column]))
    ),
    variances: order.map((i) => Math.max(0, covariance[i * K + i])),
  };
}

function covarianceOf({ values, K }: RowsOf): { mean: Float64Array; covariance: Float64Array } {
  const n = values.length / K;
  const mean = new Float64Array(K);
  for (let i = 0; i < values.length; i++) mean[i % K] += values[i] / n;
  const covariance = new Float64Array(K * K);
  for (let first = 0; first < values.length; first += K) {
    for (let i = 0; i < K; i++) {
      const from = values[first + i] - mean[i];
      for (let j = i; j < K; j++) covariance[i * K + j] += from * (values[first + j] - mean[j]) / n;
    }
  }
  for (let i = 0; i < K; i++) for (let j = 0; j < i; j++) covariance[i * K + j] = covariance[j * K + i];
  return { mean, covariance };
}

function offDiagonal(a: Float64Array, K: number): number {
  let sum = 0, trace = 0;
  for (let i = 0; i < K; i++) {
    trace += a[i * K + i];
    for (let j = i + 1; j < K; j++) sum += Math.abs(a[i * K + j]);
  }
  return sum > 1e-15 * trace ? sum : 0;
}

/** Turns the plane of the coordinates p and q so that a[p][q] becomes 0. */
function rotate(
  a: Float64Array,
  vectors: Float64Array,
  { K, p, q }: { K: number; p: number; q: number },
): void {
  const apq = a[p * K + q];
  if (apq === 0) return;
  const theta = (a[q * K + q] - a[p * K + p]) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1), s = t * c;
  for (let k = 0; k < K; k++) {
    const [kp, kq] = [a[k * K + p], a[k * K + q]];
    a[k * K + p] = c * kp - s * kq;
    a[k * K + q] = s * kp + c * kq;
  }
  for (let k = 0; k < K; k++) {
    const [pk, qk] = [a[p * K + k], a[q * K + k]];
    a[p * K + k] = c * pk - s * qk;
    a[q * K + k] = s * pk + c * qk;
    const [vp, vq] = [vectors[k * K + p], vectors[k * K + q]];
    vectors[k * K + p] = c * vp - s * vq;
    vectors[k * K + q] = s * vp + c * vq;
  }
}

function turned(direction: Float64Array): Float64Array {
  let largest = 0;
  for (const component of direction) {
    if (Math.abs(component) > Math.abs(largest) * (1 + 1e-9)) largest = component;
  }
  return largest < 0 ? direction.map((component) => -component) : direction;
}
