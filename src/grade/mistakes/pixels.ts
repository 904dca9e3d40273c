import type { OtherPixels } from "../other_pixels.ts";
import { type Mistake, mistakesOf } from "./mistake.ts";

/** Other inputs than pixels from 0 to 1: known by the predictions that a network makes of them (see recogniseInputs()). */
export const PIXELS = mistakesOf("saved", {
  pixels_not_divided: { variants: [] },
  pixels_divided_twice: { variants: [] },
  pixels_from_minus_one: { variants: [] },
  pixels_standardised: { variants: [] },
});

/** The mistake in the pixels that a notebook trained on; null where it is none, or has no name. */
export function scaledWrongly(pixels: OtherPixels | null | undefined): Mistake | null {
  if (pixels === "as_they_are") return PIXELS.pixels_not_divided;
  return pixels === "divided_twice" ? PIXELS.pixels_divided_twice : null;
}
