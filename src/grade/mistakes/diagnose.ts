import { type Tensors, worstError } from "../tensors.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Mistake } from "./mistake.ts";
import { inOneLayer } from "./one_layer.ts";

/** What a student's numbers are made of. */
interface Explanation {
  /** The mistakes that, done to our own functions, give the same numbers: none where the numbers are right; null where nothing does. */
  readonly mistakes: readonly Mistake[] | null;
  /** For each of them the way in which it was made. */
  readonly variants: readonly Partial<Method>[];
  /** How far the numbers are from those of the right method: the worst tensor's relative error. */
  readonly error: number;
}

/** A mistake in one of the ways that it is made. */
interface Hypothesis {
  readonly mistakes: readonly Mistake[];
  readonly variants: readonly Partial<Method>[];
  readonly method: Method;
  /** Hypotheses are tried only where simpler ones explain nothing: a mistake, one in one layer alone, two of them. */
  readonly rank: number;
}

let cached: readonly Hypothesis[] | undefined;

/**
 * Finds the mistakes that explain what a student's function gave: each of the catalogue, then each in one layer alone, then each two at once,
 * is simulated, and the nearest is taken if it is within the tolerance.
 *
 * @param found what the student's function gave
 * @param simulate what our own gives by a method, under the same names; names that `found` has besides are not looked at
 * @param tolerance relative to each tensor's largest element
 */
export function diagnose(
  found: Tensors,
  simulate: (method: Method) => Tensors,
  tolerance: number,
): Explanation {
  const used = new Set<PropertyKey>();
  const right = simulate(noting(used));
  const error = worstError(found, right);
  // What is not there nothing explains.
  if (Object.keys(right).some((name) => !Object.hasOwn(found, name))) {
    return { mistakes: null, variants: [], error };
  }
  if (error <= tolerance) return { mistakes: [], variants: [], error };
  let best: Hypothesis | null = null;
  let least = tolerance;
  for (const hypothesis of cached ??= hypotheses()) {
    const { variants, method, rank } = hypothesis;
    if (best !== null && rank > best.rank) break;
    if (!variants.every((parts) => Object.keys(parts).some((part) => used.has(part)))) continue;
    const distance = worstError(found, simulate(method), least);
    if (distance > least || best !== null && distance === least) continue;
    [best, least] = [hypothesis, distance];
  }
  return { mistakes: best?.mistakes ?? null, variants: best?.variants ?? [], error };
}

/** The right method, which notes the parts of it that are used: a mistake in another part changes nothing and need not be tried. */
function noting(used: Set<PropertyKey>): Method {
  return new Proxy(RIGHT, {
    get(method, part) {
      used.add(part);
      return Reflect.get(method, part);
    },
  });
}

/** Each mistake alone, then in one layer alone, then each two that are about different parts of the method. */
function hypotheses(): Hypothesis[] {
  const singles = CATALOGUE.flatMap((mistake) =>
    mistake.variants.map((variant) => ({ mistakes: [mistake], variants: [variant], rank: 0 }))
  );
  const limited = CATALOGUE.flatMap(inOneLayer).map(({ mistake, variant }) => ({
    mistakes: [mistake],
    variants: [variant],
    rank: 1,
  }));
  const combined = singles.filter(({ mistakes: [{ alone }] }) => !alone);
  const pairs = combined.flatMap((a, i) =>
    combined.slice(i + 1).flatMap((b) => {
      const separate = Object.keys(a.variants[0]).every((part) => !(part in b.variants[0]));
      return separate
        ? [{ mistakes: [...a.mistakes, ...b.mistakes], variants: [...a.variants, ...b.variants], rank: 2 }]
        : [];
    })
  );
  return [...singles, ...limited, ...pairs].map((made) => ({ ...made, method: methodOf(made.variants) }));
}

/** The method with all of these mistakes in it. */
export function methodOf(variants: readonly Partial<Method>[]): Method {
  return variants.reduce<Method>((method, variant) => ({ ...method, ...variant }), RIGHT);
}
