import { type Tensors, worstError } from "../tensors.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Mistake } from "./mistake.ts";

/** What a student's numbers are made of. */
export interface Explanation {
  /** The mistakes that, done to our own functions, give the same numbers: none where the numbers are right; null where nothing does. */
  readonly mistakes: readonly Mistake[] | null;
  /** How far the numbers are from those of the right method: the worst tensor's relative error. */
  readonly error: number;
}

/** A mistake in one of the ways that it is made. */
interface Hypothesis {
  readonly mistakes: readonly Mistake[];
  readonly method: Method;
  /** For each mistake the parts of the method that it changes. */
  readonly changes: readonly (readonly string[])[];
}

let cached: readonly Hypothesis[] | undefined;

/**
 * Finds the mistakes that explain what a student's function gave: each of the catalogue, then each two at once, is simulated, and the
 * nearest is taken if it is within the tolerance.
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
  const error = worstError(found, simulate(noting(used)));
  if (error <= tolerance) return { mistakes: [], error };
  let best: Explanation["mistakes"] = null;
  let least = tolerance;
  let size = 0;
  for (const { mistakes, method, changes } of cached ??= hypotheses()) {
    // Two mistakes are an explanation only where one is not enough.
    if (best !== null && mistakes.length > size) break;
    if (!changes.every((parts) => parts.some((part) => used.has(part)))) continue;
    const distance = worstError(found, simulate(method));
    if (distance > least || best !== null && distance === least) continue;
    [best, least, size] = [mistakes, distance, mistakes.length];
  }
  return { mistakes: best, error };
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

/** Each mistake alone, then each two that are about different parts of the method. */
function hypotheses(): Hypothesis[] {
  const singles = CATALOGUE.flatMap((mistake) =>
    mistake.variants.map((variant) => ({ mistakes: [mistake], variants: [variant] }))
  );
  const pairs = singles.flatMap((a, i) =>
    singles.slice(i + 1).flatMap((b) => {
      const separate = Object.keys(a.variants[0]).every((part) => !(part in b.variants[0]));
      return separate
        ? [{ mistakes: [...a.mistakes, ...b.mistakes], variants: [...a.variants, ...b.variants] }]
        : [];
    })
  );
  return [...singles, ...pairs].map(({ mistakes, variants }) => ({
    mistakes,
    method: variants.reduce<Method>((method, variant) => ({ ...method, ...variant }), RIGHT),
    changes: variants.map((variant) => Object.keys(variant)),
  }));
}
