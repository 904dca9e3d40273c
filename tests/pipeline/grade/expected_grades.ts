/** What a submission of tests/grade/submissions/ must get. */
export interface ExpectedGrade {
  /** Points lost, by problem, bonus aside. Where learning is left out, `band` alone may lose points there: the network need not learn. */
  readonly lost: Readonly<Record<string, number>>;
  /** Whether the mistake keeps the network from learning as well as ours, so that the band's points may go too. */
  readonly band?: boolean;
  /** Ids of the mistakes that its feedback names. */
  readonly mistakes: readonly string[];
  /** What its feedback says besides. */
  readonly says?: readonly string[];
}

/** What is lost where nothing is done but to return arrays of the right shapes. */
const NOTHING = {
  forward: 15,
  cross_entropy: 10,
  backpropagation: 25,
  estimation: 8,
  learning: 8,
  learning_curve: 8,
  misclassified: 8,
};

/** Track ts: one change each to the perfect program. */
export const TS_GRADES: Readonly<Record<string, ExpectedGrade>> = {
  "perfect-ts": { lost: {}, mistakes: [] },
  "bug-sigma-as-variance": { lost: { initialisation: 6 }, band: true, mistakes: ["sigma_as_variance"] },
  "bug-constant-start": { lost: { initialisation: 6 }, band: true, mistakes: ["constant_start"] },
  "bug-swapped-shapes": { lost: { initialisation: 2 }, band: true, mistakes: [] },
  "bug-no-max-subtraction": { lost: {}, mistakes: ["no_max_subtraction"] },
  "bug-softmax-wrong-axis": { lost: { forward: 5 }, band: true, mistakes: ["softmax_wrong_axis"] },
  "bug-loss-summed": { lost: { cross_entropy: 10 }, mistakes: ["loss_summed"] },
  "bug-loss-over-classes": { lost: { cross_entropy: 10 }, mistakes: ["loss_over_classes"] },
  "bug-log-of-zero": { lost: {}, mistakes: [] },
  "bug-tanh-slope-for-sigmoid": { lost: { backpropagation: 2.67 }, mistakes: ["tanh_slope_for_sigmoid"] },
  "bug-sigmoid-slope-for-tanh": {
    lost: { backpropagation: 6 },
    band: true,
    mistakes: ["sigmoid_slope_for_tanh"],
  },
  "bug-activation-applied-twice": {
    lost: { backpropagation: 8.67 },
    band: true,
    mistakes: ["activation_applied_twice"],
  },
  "bug-gradient-summed": { lost: { backpropagation: 10 }, band: true, mistakes: ["gradient_summed"] },
  "bug-gradient-divided-twice": {
    lost: { backpropagation: 10 },
    band: true,
    mistakes: ["gradient_divided_twice"],
  },
  "bug-bias-wrong-axis": { lost: { backpropagation: 6.5 }, band: true, mistakes: ["bias_wrong_axis"] },
  "bug-update-before-delta": { lost: { backpropagation: 5.33 }, mistakes: ["update_before_delta"] },
  "bug-step-uphill": { lost: { backpropagation: 8 }, band: true, mistakes: ["step_uphill"] },
  "bug-two-at-once": {
    lost: { backpropagation: 12 },
    band: true,
    mistakes: ["gradient_summed", "sigmoid_slope_for_tanh"],
  },
  "bug-fixed-batch-size": { lost: { backpropagation: 4 }, band: true, mistakes: ["fixed_batch_size"] },
  "bug-last-batch-dropped": { lost: { backpropagation: 4 }, mistakes: ["last_batch_dropped"] },
  "bug-argmin": { lost: { estimation: 8 }, mistakes: ["least_probable"] },
  "bug-last-batch-loss": { lost: { learning_curve: 4.8 }, mistakes: ["last_batch_loss"] },
  "bug-batches-unweighted": { lost: { learning_curve: 4.8 }, mistakes: ["batches_unweighted"] },
  "bug-right-images": { lost: { misclassified: 8 }, mistakes: [] },
  // Programs that do nothing: no number of theirs is taken for an attempt, or for evidence of anything else.
  "nothing-zeros": {
    lost: { ...NOTHING, initialisation: 6 },
    band: true,
    mistakes: ["constant_start", "biases_start_at_zero"],
    says: ["Your own probabilities do not count, as their rows do not sum to 1."],
  },
  "nothing-tiny": {
    lost: { ...NOTHING, initialisation: 6 },
    band: true,
    mistakes: ["constant_start"],
    says: ["The loss is 1.0e-300 whatever the probabilities are, with a probability of 0 and without."],
  },
  "nothing-nan": {
    lost: { ...NOTHING, initialisation: 6 },
    band: true,
    mistakes: [],
    says: ["Your own probabilities do not count, as not all are finite."],
  },
  // The class cannot be used at all: every check that needs it has nothing to look at.
  "bug-loss-throws": {
    lost: { cross_entropy: 10, backpropagation: 4, estimation: 8, learning: 16, learning_curve: 8 },
    mistakes: [],
  },
};

/** Track artifact: a NumPy program with one mistake each, and files that say what is not so. */
export const ARTIFACT_GRADES: Readonly<Record<string, ExpectedGrade>> = {
  "perfect-artifact": { lost: {}, mistakes: [] },
  "artifact-sigma-as-variance": { lost: { initialisation: 6 }, band: true, mistakes: ["sigma_as_variance"] },
  "artifact-no-max-subtraction": { lost: {}, mistakes: ["no_max_subtraction"] },
  "artifact-gradient-summed": { lost: { backpropagation: 13 }, band: true, mistakes: ["gradient_summed"] },
  "artifact-update-before-delta": { lost: { backpropagation: 5.33 }, mistakes: ["update_before_delta"] },
  "artifact-fixed-batch-size": { lost: { backpropagation: 4 }, mistakes: ["fixed_batch_size"] },
  "artifact-last-batch-loss": { lost: { learning_curve: 4 }, mistakes: ["last_batch_loss"] },
  // Right in another way than ours.
  "artifact-loss-after-epoch": { lost: {}, mistakes: [], says: ["those of our run after each epoch"] },
  "artifact-sums-for-activations": {
    lost: {},
    mistakes: [],
    says: ["Note: A1 and A2 are taken as the value before the activation function"],
  },
  "artifact-by-differences": { lost: {}, mistakes: [] },
  // Wrong in no known way, and charged once: what follows from it is not wrong again.
  "artifact-odd-slope": {
    lost: { backpropagation: 8.67 },
    band: true,
    mistakes: [],
    says: ["Right, given your own gradients", "is wrong for a whole batch already, where it is counted"],
  },
  "artifact-odd-loss": {
    lost: { cross_entropy: 10 },
    mistakes: ["loss_of_log2"],
    says: [
      "The training losses go as those of our run do, 1.443 times as large: that your loss is another one is counted there",
    ],
  },
  "artifact-divided-by-first-layer": {
    lost: { backpropagation: 13 },
    band: true,
    mistakes: [],
    says: ["dW1 is 1.25 times ours (20/16); dB1 is 1.25 times ours (20/16)"],
  },
  "artifact-averaged-first": { lost: { backpropagation: 6.5 }, band: true, mistakes: ["averaged_first"] },
  "artifact-divided-by-units": { lost: { backpropagation: 13 }, band: true, mistakes: ["divided_by_units"] },
  "artifact-weights-summed": {
    lost: { backpropagation: 6.5 },
    band: true,
    mistakes: ["weights_not_averaged"],
  },
  "artifact-binary-cross-entropy": { lost: { cross_entropy: 10 }, mistakes: ["binary_cross_entropy"] },
  "artifact-max-of-all-rows": { lost: {}, mistakes: ["max_of_all_rows"] },
  "artifact-biases-start-at-one": {
    lost: { initialisation: 1.5 },
    band: true,
    mistakes: ["biases_start_at_one"],
  },
  "artifact-biases-start-at-zero": {
    lost: { initialisation: 1.5 },
    band: true,
    mistakes: ["biases_start_at_zero"],
  },
  "artifact-predictions-one-too-large": { lost: { estimation: 8 }, mistakes: ["predictions_one_too_large"] },
  // The manifest says tanh: recognised from A2 and the probabilities, and charged where those are.
  "artifact-tanh-then-sigmoid": { lost: { forward: 10 }, mistakes: ["sigmoid_in_layer_2"] },
  // 99 % claimed, 86 % recomputed: the claim is worth nothing. The list goes by the same predictions, which were charged: it gains nothing.
  "forged-accuracy": {
    lost: { learning: 8 },
    mistakes: [],
    says: ["The list was compared with predictions.csv: that it differs from what the weights predict"],
  },
  "forged-gradients": { lost: { backpropagation: 13 }, mistakes: [] },
  "forged-nan-history": { lost: { learning: 4, learning_curve: 8 }, mistakes: [] },
  "forged-nan-weights": { lost: { learning: 16 }, mistakes: [] },
  "forged-pickle": {
    lost: { initialisation: 10, forward: 15, cross_entropy: 10, backpropagation: 25, estimation: 8 },
    mistakes: [],
  },
  "forged-nothing": {
    lost: {
      initialisation: 10,
      forward: 15,
      cross_entropy: 10,
      backpropagation: 25,
      estimation: 8,
      learning: 16,
      learning_curve: 8,
      misclassified: 8,
    },
    mistakes: [],
  },
};
