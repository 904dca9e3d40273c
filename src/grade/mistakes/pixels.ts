import { mistakesOf } from "./mistake.ts";

/** Other inputs than pixels from 0 to 1: known by the predictions that a network makes of them (see recogniseInputs()). */
export const PIXELS = mistakesOf("saved", {
  pixels_not_divided: { variants: [] },
  pixels_divided_twice: { variants: [] },
  pixels_from_minus_one: { variants: [] },
  pixels_standardised: { variants: [] },
});
