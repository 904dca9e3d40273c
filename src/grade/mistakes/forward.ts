import { exp, sigmoid, tanh } from "../reference/functions.ts";
import { tensor } from "../tensors.ts";
import type { CourseActivation } from "../../nn/activation.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import type { GradeTensor } from "../student_program.ts";
import { mistakesOf } from "./mistake.ts";

/** Mistakes of forward propagation: softmax, and activations that are not asked for. */
export const FORWARD = mistakesOf("forward", {
  softmax_wrong_axis: {
    variants: [{
      softmax({ shape, data }) {
        const [B, C] = shape;
        const result = tensor(shape, () => 0);
        for (let c = 0; c < C; c++) {
          const column = Array.from({ length: B }, (_, b) => data[b * C + c]);
          const top = column.reduce((most, logit) => Math.max(most, logit), -Infinity);
          const total = column.reduce((sum, logit) => sum + exp(logit - top), 0);
          for (let b = 0; b < B; b++) result.data[b * C + c] = exp(column[b] - top) / total;
        }
        return result;
      },
    }, {
      // The largest logit is the row's, and the sum is not: exp(z - max) / exp(z - max).sum(axis=0).
      softmax({ shape, data }) {
        const [B, C] = shape;
        const exps = tensor(shape, () => 0);
        for (let b = 0; b < B; b++) {
          const row = data.subarray(b * C, (b + 1) * C);
          const top = row.reduce((most, logit) => Math.max(most, logit), -Infinity);
          for (let c = 0; c < C; c++) exps.data[b * C + c] = exp(row[c] - top);
        }
        return dividedByColumns(exps);
      },
    }, {
      // The largest logit is that of all rows: exp(z - z.max()) / exp(z - z.max()).sum(axis=0), 0 / 0 where a class's are far below it.
      softmax({ shape, data }) {
        const top = data.reduce((most, logit) => Math.max(most, logit), -Infinity);
        return dividedByColumns(tensor(shape, (i) => exp(data[i] - top)));
      },
    }],
  },
  softmax_over_all: {
    variants: [{
      softmax({ shape, data }) {
        const top = data.reduce((most, logit) => Math.max(most, logit), -Infinity);
        const total = data.reduce((sum, logit) => sum + exp(logit - top), 0);
        return tensor(shape, (i) => exp(data[i] - top) / total);
      },
    }],
  },
  softmax_twice: {
    variants: [{ softmax: (logits) => RIGHT.softmax(RIGHT.softmax(logits)) }],
  },
  tanh_on_logits: {
    variants: [{ softmax: ({ shape, data }) => RIGHT.softmax(tensor(shape, (i) => tanh(data[i]))) }],
  },
  sigmoid_on_logits: {
    variants: [{ softmax: ({ shape, data }) => RIGHT.softmax(tensor(shape, (i) => sigmoid(data[i]))) }],
  },
  relu_on_logits: {
    variants: [{ softmax: ({ shape, data }) => RIGHT.softmax(tensor(shape, (i) => Math.max(0, data[i]))) }],
  },
  no_max_subtraction: {
    learns: true,
    variants: [{
      softmax({ shape, data }) {
        const C = shape[1];
        const exps = data.map(exp);
        return tensor(shape, (i) => {
          const first = i - i % C;
          return exps[i] / exps.subarray(first, first + C).reduce((sum, e) => sum + e, 0);
        });
      },
    }],
  },
  max_of_all_rows: {
    learns: true,
    variants: [{
      softmax({ shape, data }) {
        const C = shape[1];
        const top = data.reduce((most, logit) => Math.max(most, logit), -Infinity);
        const exps = data.map((logit) => exp(logit - top));
        return tensor(shape, (i) => {
          const first = i - i % C;
          return exps[i] / exps.subarray(first, first + C).reduce((sum, e) => sum + e, 0);
        });
      },
    }],
  },
  // In all layers it is as if they were set to 0.
  bias_not_added: {
    learns: true,
    variants: [],
    inLayer: (only) => ({ addsBias: (layer) => layer !== only }),
  },
  sigmoid_in_layer_1: { alone: true, variants: otherActivation("sigmoid", 1) },
  sigmoid_in_layer_2: { alone: true, variants: otherActivation("sigmoid", 2) },
  sigmoid_in_all_layers: { alone: true, variants: otherActivation("sigmoid") },
  tanh_in_layer_1: { alone: true, variants: otherActivation("tanh", 1) },
  tanh_in_layer_2: { alone: true, variants: otherActivation("tanh", 2) },
  tanh_in_all_layers: { alone: true, variants: otherActivation("tanh") },
  relu_in_layer_1: { alone: true, variants: otherActivation("relu", 1) },
  relu_in_layer_2: { alone: true, variants: otherActivation("relu", 2) },
  relu_in_all_layers: { alone: true, variants: otherActivation("relu") },
  identity_in_layer_1: { alone: true, variants: otherActivation("identity", 1) },
  identity_in_layer_2: { alone: true, variants: otherActivation("identity", 2) },
  identity_in_all_layers: { alone: true, variants: otherActivation("identity") },
});

/** Each element (B, C) through the sum of its column. */
function dividedByColumns({ shape, data }: GradeTensor): GradeTensor {
  const totals = new Float64Array(shape[1]);
  for (const [i, e] of data.entries()) totals[i % shape[1]] += e;
  return tensor(shape, (i) => data[i] / totals[i % shape[1]]);
}

/** In one hidden layer, or in all of them. */
function otherActivation(name: CourseActivation, only?: 1 | 2): Partial<Method>[] {
  return [{ activation: (asked, layer) => layer === (only ?? layer) ? name : asked }];
}
