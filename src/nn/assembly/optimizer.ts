// Optimizer steps over n floats (n a multiple of 16) from a whole gradient. Padding has gradient zero and stays zero.

/** w -= rate * g. */
export function sgdStep(w: usize, g: usize, n: i32, rate: f32): void {
  const r = f32x4.splat(rate);
  for (let end = w + (<usize>n << 2); w < end; w += 32, g += 32) {
    const x = f32x4.sub(v128.load(w, 0), f32x4.mul(r, v128.load(g, 0)));
    const y = f32x4.sub(v128.load(w, 16), f32x4.mul(r, v128.load(g, 16)));
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** v = momentum * v + gain * g, then w -= rate * v (Polyak's heavy ball, as PyTorch writes it; a gain of 1 changes no bit). */
export function momentumStep(w: usize, v: usize, g: usize, n: i32, rate: f32, momentum: f32, gain: f32): void {
  const r = f32x4.splat(rate), m = f32x4.splat(momentum), k = f32x4.splat(gain);
  for (let end = w + (<usize>n << 2); w < end; w += 32, v += 32, g += 32) {
    const a = f32x4.add(f32x4.mul(m, v128.load(v, 0)), f32x4.mul(k, v128.load(g, 0)));
    const b = f32x4.add(f32x4.mul(m, v128.load(v, 16)), f32x4.mul(k, v128.load(g, 16)));
    const x = f32x4.sub(v128.load(w, 0), f32x4.mul(r, a));
    const y = f32x4.sub(v128.load(w, 16), f32x4.mul(r, b));
    v128.store(v, b, 16);
    v128.store(v, a, 0);
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** v = momentum * v + g, then w -= rate * (g + momentum * v) (Nesterov's, as PyTorch writes it). */
export function nesterovStep(w: usize, v: usize, g: usize, n: i32, rate: f32, momentum: f32): void {
  const r = f32x4.splat(rate), m = f32x4.splat(momentum);
  for (let end = w + (<usize>n << 2); w < end; w += 32, v += 32, g += 32) {
    const p = v128.load(g, 0), q = v128.load(g, 16);
    const a = f32x4.add(f32x4.mul(m, v128.load(v, 0)), p);
    const b = f32x4.add(f32x4.mul(m, v128.load(v, 16)), q);
    const x = f32x4.sub(v128.load(w, 0), f32x4.mul(r, f32x4.add(p, f32x4.mul(m, a))));
    const y = f32x4.sub(v128.load(w, 16), f32x4.mul(r, f32x4.add(q, f32x4.mul(m, b))));
    v128.store(v, b, 16);
    v128.store(v, a, 0);
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** h = h + g², then w -= rate * g / (sqrt(h + initial) + epsilon) (Duchi, Hazan and Singer 2011; an initial of 0 changes no bit). */
export function adagradStep(w: usize, h: usize, g: usize, n: i32, rate: f32, epsilon: f32, initial: f32): void {
  const r = f32x4.splat(rate), e = f32x4.splat(epsilon), o = f32x4.splat(initial);
  for (let end = w + (<usize>n << 2); w < end; w += 32, h += 32, g += 32) {
    const p = v128.load(g, 0), q = v128.load(g, 16);
    const a = f32x4.add(v128.load(h, 0), f32x4.mul(p, p));
    const b = f32x4.add(v128.load(h, 16), f32x4.mul(q, q));
    const x = f32x4.sub(v128.load(w, 0), f32x4.div(f32x4.mul(r, p), f32x4.add(f32x4.sqrt(f32x4.add(a, o)), e)));
    const y = f32x4.sub(v128.load(w, 16), f32x4.div(f32x4.mul(r, q), f32x4.add(f32x4.sqrt(f32x4.add(b, o)), e)));
    v128.store(h, b, 16);
    v128.store(h, a, 0);
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** a running mean: m + gain * (x - m), where the literature writes beta * m + (1 - beta) * x; 1 - beta is not rounded a second time. */
@inline
function towards(m: v128, x: v128, gain: v128): v128 {
  return f32x4.add(m, f32x4.mul(gain, f32x4.sub(x, m)));
}

/** s = the running mean of g², then g = g / (sqrt(s) + epsilon): RMSprop's direction (Hinton 2012). */
export function rmspropScale(s: usize, g: usize, n: i32, gain: f32, epsilon: f32): void {
  const k = f32x4.splat(gain), e = f32x4.splat(epsilon);
  for (let end = s + (<usize>n << 2); s < end; s += 32, g += 32) {
    const p = v128.load(g, 0), q = v128.load(g, 16);
    const a = towards(v128.load(s, 0), f32x4.mul(p, p), k);
    const b = towards(v128.load(s, 16), f32x4.mul(q, q), k);
    const x = f32x4.div(p, f32x4.add(f32x4.sqrt(a), e));
    const y = f32x4.div(q, f32x4.add(f32x4.sqrt(b), e));
    v128.store(s, b, 16);
    v128.store(s, a, 0);
    v128.store(g, y, 16);
    v128.store(g, x, 0);
  }
}

/**
 * s and m = the running means of g² and g, then g = g / (sqrt(s - m²) + epsilon): the direction of centered RMSprop. The variance is taken
 * as 0 where rounding makes it less.
 */
export function rmspropCenteredScale(s: usize, m: usize, g: usize, n: i32, gain: f32, epsilon: f32): void {
  const k = f32x4.splat(gain), e = f32x4.splat(epsilon), zero = f32x4.splat(0.0);
  for (let end = s + (<usize>n << 2); s < end; s += 32, m += 32, g += 32) {
    const p = v128.load(g, 0), q = v128.load(g, 16);
    const a = towards(v128.load(s, 0), f32x4.mul(p, p), k);
    const b = towards(v128.load(s, 16), f32x4.mul(q, q), k);
    const c = towards(v128.load(m, 0), p, k);
    const d = towards(v128.load(m, 16), q, k);
    const x = f32x4.div(p, f32x4.add(f32x4.sqrt(f32x4.max(f32x4.sub(a, f32x4.mul(c, c)), zero)), e));
    const y = f32x4.div(q, f32x4.add(f32x4.sqrt(f32x4.max(f32x4.sub(b, f32x4.mul(d, d)), zero)), e));
    v128.store(s, b, 16);
    v128.store(s, a, 0);
    v128.store(m, d, 16);
    v128.store(m, c, 0);
    v128.store(g, y, 16);
    v128.store(g, x, 0);
  }
}

/**
 * m and v = the running means of g and g², then w -= decay * w + rate * m / (correction * sqrt(v) + epsilon): Adam (Kingma and Ba 2015), and
 * with a decay AdamW (Loshchilov and Hutter 2019), in one pass. The corrections of the means' start are in rate and correction.
 */
export function adamStep(
  w: usize, m: usize, v: usize, g: usize, n: i32,
  rate: f32, gain1: f32, gain2: f32, correction: f32, epsilon: f32, decay: f32,
): void {
  const r = f32x4.splat(rate), k = f32x4.splat(gain1), l = f32x4.splat(gain2);
  const c = f32x4.splat(correction), e = f32x4.splat(epsilon), d = f32x4.splat(decay);
  for (let end = w + (<usize>n << 2); w < end; w += 32, m += 32, v += 32, g += 32) {
    const p = v128.load(g, 0), q = v128.load(g, 16);
    const a = towards(v128.load(m, 0), p, k);
    const b = towards(v128.load(m, 16), q, k);
    const s = towards(v128.load(v, 0), f32x4.mul(p, p), l);
    const t = towards(v128.load(v, 16), f32x4.mul(q, q), l);
    const f = f32x4.div(f32x4.mul(r, a), f32x4.add(f32x4.mul(c, f32x4.sqrt(s)), e));
    const h = f32x4.div(f32x4.mul(r, b), f32x4.add(f32x4.mul(c, f32x4.sqrt(t)), e));
    const i = v128.load(w, 0), j = v128.load(w, 16);
    const x = f32x4.sub(i, f32x4.add(f32x4.mul(d, i), f));
    const y = f32x4.sub(j, f32x4.add(f32x4.mul(d, j), h));
    v128.store(m, b, 16);
    v128.store(m, a, 0);
    v128.store(v, t, 16);
    v128.store(v, s, 0);
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** g = scale * g + decay * w: a clipped gradient, and weight decay as a part of it. */
export function adjustGradient(g: usize, w: usize, n: i32, scale: f32, decay: f32): void {
  const s = f32x4.splat(scale), d = f32x4.splat(decay);
  for (let end = g + (<usize>n << 2); g < end; g += 32, w += 32) {
    const x = f32x4.add(f32x4.mul(s, v128.load(g, 0)), f32x4.mul(d, v128.load(w, 0)));
    const y = f32x4.add(f32x4.mul(s, v128.load(g, 16)), f32x4.mul(d, v128.load(w, 16)));
    v128.store(g, y, 16);
    v128.store(g, x, 0);
  }
}

/** The squares of lanes 0 and 1 added to `sums`, in float64, where they are exact. */
@inline
function plusSquares(sums: v128, x: v128): v128 {
  const y = f64x2.promote_low_f32x4(x);
  return f64x2.add(sums, f64x2.mul(y, y));
}

/** sum + the squares of 16 columns of numbers, whose rows begin `stride` bytes apart: each column by itself from the first row on, then the columns in order. */
export function addSquares(from: usize, rows: i32, stride: i32, sum: f64): f64 {
  let s0 = f64x2.splat(0.0), s1 = f64x2.splat(0.0), s2 = f64x2.splat(0.0), s3 = f64x2.splat(0.0);
  let s4 = f64x2.splat(0.0), s5 = f64x2.splat(0.0), s6 = f64x2.splat(0.0), s7 = f64x2.splat(0.0);
  for (; rows > 0; rows--, from += stride) {
    const a = v128.load(from, 0), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
    s0 = plusSquares(s0, a); s1 = plusSquares(s1, v128.shuffle<f64>(a, a, 1, 1));
    s2 = plusSquares(s2, b); s3 = plusSquares(s3, v128.shuffle<f64>(b, b, 1, 1));
    s4 = plusSquares(s4, c); s5 = plusSquares(s5, v128.shuffle<f64>(c, c, 1, 1));
    s6 = plusSquares(s6, d); s7 = plusSquares(s7, v128.shuffle<f64>(d, d, 1, 1));
  }
  sum = plusLanes(plusLanes(plusLanes(plusLanes(sum, s0), s1), s2), s3);
  return plusLanes(plusLanes(plusLanes(plusLanes(sum, s4), s5), s6), s7);
}

@inline
function plusLanes(sum: f64, lanes: v128): f64 {
  return sum + f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}
