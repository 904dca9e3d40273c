import type { Manifest } from "../manifest.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Submission } from "../submission.ts";
import { readValidation } from "./read_tables.ts";

/** What is known of the training images that a student set aside. */
export type ValidationImages =
  /** None were. */
  | { readonly kind: "none" }
  /** As the manifest's split and seed say. */
  | { readonly kind: "seed"; readonly validation: number; readonly seed: number }
  /** As validation.csv says. */
  | { readonly kind: "rows"; readonly rows: readonly number[] }
  /** Nobody knows which; `reason` where validation.csv should say it and cannot be read. */
  | { readonly kind: "unknown"; readonly reason: string | null };

/** Part of the training images that the course sets aside, where nobody knows how many were. */
const USUAL_SHARE = 0.2;

/**
 * Which training images were set aside: those that validation.csv lists, else those of the manifest's split and seed.
 *
 * @param count how many training images there are
 */
export function validationImages(
  { validation }: Pick<Submission, "validation">,
  { split, seeds, seedsKnown = true }:
    & Pick<Manifest, "split" | "seeds">
    & Partial<Pick<Manifest, "seedsKnown">>,
  { count, t }: { count: number; t: GradeMessages["files"] },
): ValidationImages {
  if (validation) {
    const rows = readValidation(validation, count, t);
    return rows.ok ? { kind: "rows", rows: rows.value } : { kind: "unknown", reason: rows.reason };
  }
  if (split === "unknown") return { kind: "unknown", reason: null };
  if (split > 0 && seedsKnown === false) return { kind: "unknown", reason: null };
  return split === 0 ? { kind: "none" } : { kind: "seed", validation: split, seed: seeds.split };
}

/** The part of the training images that was set aside; the course's where nobody knows. */
export function validationShare(
  images: ValidationImages,
  { split }: Pick<Manifest, "split">,
  count: number,
): number {
  if (images.kind === "rows") return images.rows.length / count;
  return split === "unknown" ? USUAL_SHARE : split;
}
