import { RIGHT } from "../reference/method.ts";
import type { Diagnosis } from "./mistake.ts";

/** the derivative of sigmoid is used where the activation is tanh. */
export const sigmoidSlopeForTanh: Diagnosis = {
  id: "sigmoid_slope_for_tanh",
  home: "backward",
  title: "the derivative of sigmoid is used where the activation is tanh",
  hint: "With a = tanh(z) the derivative is 1 - a * a; a * (1 - a) is that of sigmoid.",
  variants: [{
    slope: (activation, a) => activation === "tanh" ? a * (1 - a) : RIGHT.slope(activation, a),
  }],
};
