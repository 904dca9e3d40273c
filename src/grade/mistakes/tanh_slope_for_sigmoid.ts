import { RIGHT } from "../reference/method.ts";
import type { Diagnosis } from "./mistake.ts";

/** the derivative of tanh is used where the activation is sigmoid. */
export const tanhSlopeForSigmoid: Diagnosis = {
  id: "tanh_slope_for_sigmoid",
  home: "backward",
  title: "the derivative of tanh is used where the activation is sigmoid",
  hint: "With a = sigmoid(z) the derivative is a * (1 - a); 1 - a * a is that of tanh.",
  variants: [{
    slope: (activation, a) => activation === "sigmoid" ? 1 - a * a : RIGHT.slope(activation, a),
  }],
};
