import type { Diagnosis } from "./mistake.ts";

/** the delta is passed down without the activation's derivative. */
export const slopeMissing: Diagnosis = {
  id: "slope_missing",
  home: "backward",
  title: "the delta is passed down without the activation's derivative",
  hint: "Multiply the delta by the derivative of the layer's activation, element by element.",
  variants: [{ slope: () => 1 }],
};
