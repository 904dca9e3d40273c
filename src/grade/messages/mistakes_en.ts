/** A mistake in words. */
export interface MistakeText {
  /** What was done, a sentence without its full stop. */
  readonly title: string;
  /** How to find and mend it. */
  readonly hint: string;
  /** The same for who has no manifest, but a notebook, where it differs. */
  readonly ofNotebook?: string;
}

function otherActivation(name: string, where: string): MistakeText {
  return {
    title: name === "identity" ? `${where} no activation function` : `${where} ${name} as activation`,
    hint: "Use the activation that is asked for, or write down in the manifest what each layer uses.",
    ofNotebook: "Use the activation that is asked for in each hidden layer.",
  };
}

const one = (layer: 1 | 2) => `hidden layer ${layer} has`;
const all = "the hidden layers have";

const PIXELS =
  "Divide the pixels of training and test images alike by 255, once, and do nothing else to them.";

/** The mistakes of the catalogue, by their ids. */
export const mistakesEn = {
  softmax_wrong_axis: {
    title: "softmax is normalised over the batch instead of over the classes",
    hint:
      "Each row of the probabilities must sum to 1: divide a row by the sum of that row (in NumPy `axis=1, keepdims=True`).",
  },
  softmax_over_all: {
    title: "softmax is normalised over the whole batch at once",
    hint: "Each row of the probabilities must sum to 1: `np.sum` without an axis adds up all rows.",
  },
  softmax_twice: {
    title: "softmax is applied twice, to its own probabilities again",
    hint: "Apply softmax once, to the logits: what it gives are the probabilities.",
  },
  tanh_on_logits: {
    title: "tanh is applied to the logits before softmax",
    hint: "The output layer has softmax alone: give it the logits as they are.",
  },
  sigmoid_on_logits: {
    title: "sigmoid is applied to the logits before softmax",
    hint: "The output layer has softmax alone: give it the logits as they are.",
  },
  relu_on_logits: {
    title: "relu is applied to the logits before softmax",
    hint: "The output layer has softmax alone: give it the logits as they are.",
  },
  no_max_subtraction: {
    title: "softmax takes exp() of the logits as they are, which overflows for large ones",
    hint:
      "Subtract the row's largest logit first: exp(z - max) / sum(exp(z - max)) is the same number and never overflows.",
  },
  max_of_all_rows: {
    title: "softmax subtracts the largest logit of all rows, so that exp() of a row far below it is 0",
    hint: "Subtract each row's own largest logit (in NumPy `z.max(axis=1, keepdims=True)`).",
  },
  sigmoid_in_layer_1: otherActivation("sigmoid", one(1)),
  sigmoid_in_layer_2: otherActivation("sigmoid", one(2)),
  sigmoid_in_all_layers: otherActivation("sigmoid", all),
  tanh_in_layer_1: otherActivation("tanh", one(1)),
  tanh_in_layer_2: otherActivation("tanh", one(2)),
  tanh_in_all_layers: otherActivation("tanh", all),
  relu_in_layer_1: otherActivation("relu", one(1)),
  relu_in_layer_2: otherActivation("relu", one(2)),
  relu_in_all_layers: otherActivation("relu", all),
  identity_in_layer_1: otherActivation("identity", one(1)),
  identity_in_layer_2: otherActivation("identity", one(2)),
  identity_in_all_layers: otherActivation("identity", all),
  bias_not_added: {
    title: "the bias is not added in forward propagation",
    hint: "In every layer add the bias: `X @ W + B`.",
  },
  gradient_negated: {
    title: "all gradients have the opposite sign",
    hint: "The output layer's delta is the probabilities minus the labels: `P - Y`, not `Y - P`.",
  },
  delta_of_squared_error: {
    title: "the output layer's delta is multiplied by P * (1 - P)",
    hint:
      "With softmax and the cross-entropy the delta is `P - Y` alone: the factor belongs to a squared error after sigmoid.",
  },
  weights_not_transposed: {
    title: "the delta is passed down through weights that are not transposed",
    hint:
      "Multiply by the transposed weights, `delta @ W.T`: with as many units above as below `delta @ W` raises no error.",
  },
  gradient_summed: {
    title: "the gradient is summed over the batch where its mean is asked for",
    hint: "Divide the gradients of the weights and of the biases by the number of rows of the batch.",
  },
  gradient_averaged: {
    title: "the gradient is averaged over the batch where its sum is asked for",
    hint: "With the reduction `sum` nothing is divided by the number of rows.",
  },
  gradient_divided_twice: {
    title: "the gradient is divided by the batch size twice",
    hint: "Divide once: either where the delta of the output layer is made, or where the gradients are.",
  },
  weights_divided_twice: {
    title: "the gradient of the weights is divided by the batch size twice, that of the biases once",
    hint: "Divide once: either where the delta of the output layer is made, or where the gradients are.",
  },
  biases_divided_twice: {
    title: "the gradient of the biases is divided by the batch size twice, that of the weights once",
    hint: "Divide once: either where the delta of the output layer is made, or where the gradients are.",
  },
  bias_not_averaged: {
    title: "the gradient of the biases is summed over the batch while that of the weights is averaged",
    hint: "Both are means over the rows: divide the biases' gradient by the number of rows too.",
  },
  weights_not_averaged: {
    title: "the gradient of the weights is summed over the batch while that of the biases is averaged",
    hint: "Both are means over the rows: divide the weights' gradient by the number of rows too.",
  },
  biases_averaged: {
    title: "the gradient of the biases is averaged over the batch where its sum is asked for",
    hint: "With the reduction `sum` nothing is divided by the number of rows, the biases' gradient neither.",
  },
  weights_averaged: {
    title: "the gradient of the weights is averaged over the batch where its sum is asked for",
    hint: "With the reduction `sum` nothing is divided by the number of rows, the weights' gradient neither.",
  },
  divided_by_units: {
    title: "the gradient is divided by the number of the layer's units instead of the rows",
    hint: "Divide by the number of rows of the batch: `len(X)`, not `delta.shape[1]`.",
  },
  weights_divided_by_units: {
    title: "the gradient of the weights is divided by the number of the layer's units instead of the rows",
    hint: "Divide by the number of rows of the batch: `len(X)`, not `delta.shape[1]`.",
  },
  divided_by_units_below: {
    title: "the gradient is divided by the number of units below the layer instead of the rows",
    hint: "Divide by the number of rows of the batch: the first length of the layer's input, not its second.",
  },
  weights_divided_by_units_below: {
    title:
      "the gradient of the weights is divided by the number of units below the layer instead of the rows",
    hint: "Divide by the number of rows of the batch: the first length of the layer's input, not its second.",
  },
  averaged_first: {
    title: "the rows of the batch are averaged before they are multiplied, and not after",
    hint:
      "The mean of products is not the product of means: keep all rows up to `A.T @ delta`, and divide that by their number.",
  },
  bias_wrong_axis: {
    title: "the gradient of the biases is summed over the units instead of over the rows",
    hint:
      "A bias has one gradient a unit: sum the delta over the rows (in NumPy `axis=0`), not within a row.",
  },
  bias_over_all: {
    title: "the gradient of the biases is taken over rows and units at once, one number for all units",
    hint: "A bias has one gradient a unit: sum the delta over the rows alone (in NumPy `axis=0`).",
  },
  tanh_slope_for_sigmoid: {
    title: "the derivative of tanh is used where the activation is sigmoid",
    hint: "With a = sigmoid(z) the derivative is a * (1 - a); 1 - a * a is that of tanh.",
  },
  sigmoid_slope_for_tanh: {
    title: "the derivative of sigmoid is used where the activation is tanh",
    hint: "With a = tanh(z) the derivative is 1 - a * a; a * (1 - a) is that of sigmoid.",
  },
  activation_applied_twice: {
    title: "the derivative is taken at the activation's output instead of its input",
    hint:
      "Where you already have a = tanh(z), the derivative is 1 - a * a, not 1 - tanh(a) * tanh(a) (and likewise for sigmoid).",
  },
  tanh_not_squared: {
    title: "the derivative of tanh lacks its square: 1 - a is used",
    hint: "With a = tanh(z) the derivative is 1 - a * a.",
  },
  slope_of_input: {
    title: "the formula of the derivative in the activation's output is used with its input",
    hint: "Put the output a into 1 - a * a and a * (1 - a), as a = tanh(z), and not the input z.",
  },
  slope_missing: {
    title: "the delta is passed down without the activation's derivative",
    hint:
      "Multiply the delta by the derivative of the layer's activation, element by element; that of relu is `a > 0`, and `a >= 0` is always true.",
  },
  update_before_delta: {
    title: "the weights are updated before the delta is passed down through them",
    hint:
      "Compute the delta of the layer below with the weights that the forward pass used, and update afterwards.",
  },
  step_uphill: {
    title: "the step goes up the gradient instead of down",
    hint:
      "Subtract the learning rate times the gradient, of which the output layer's delta is the probabilities minus the labels.",
  },
  bias_not_updated: {
    title: "a bias is never updated",
    hint: "Each step moves all biases as it does the weights: `self.B1 -= lr * dB1`, in every layer.",
  },
  fixed_batch_size: {
    title: "the gradient is divided by the batch size also where the batch has fewer rows",
    hint: "Divide by the rows that the batch has: the last one of an epoch may be smaller.",
  },
  last_batch_dropped: {
    title: "a batch smaller than the batch size is left out",
    hint: "The number of batches is the number of rows divided by the batch size, rounded up.",
  },
  biases_set_to_zero: {
    title: "the biases are all 0 instead of those that are given",
    hint: "Use the biases that you are given, and add them in every layer.",
  },
  biases_set_to_one: {
    title: "the biases are all 1 instead of those that are given",
    hint: "Use the biases that you are given: they must not be set anew.",
  },
  parameters_ignored: {
    title: "fit starts from parameters of its own and not from those in options.parameters",
    hint: "Where `options.parameters` is given, start from it; call initialize() only where it is not.",
  },
  labels_one_too_large: {
    title: "each row is taken for one of the class after its own: labels are off by one",
    hint: "Classes count from 0: the one-hot row of label c has its 1 at index c.",
  },
  labels_one_too_small: {
    title: "each row is taken for one of the class before its own: labels are off by one",
    hint: "Classes count from 0: the one-hot row of label c has its 1 at index c.",
  },
  predictions_one_too_large: {
    title: "each predicted class is one too large",
    hint: "Classes count from 0, as `np.argmax` does: predict the index itself.",
  },
  predictions_one_too_small: {
    title: "each predicted class is one too small",
    hint: "Classes count from 0, as `np.argmax` does: predict the index itself.",
  },
  least_probable: {
    title: "the least probable class is predicted",
    hint:
      "Predict the index of the largest probability, `np.argmax(probabilities, axis=1)`, not that of the smallest.",
  },
  loss_summed: {
    title: "the loss is summed over the rows instead of averaged",
    hint: "Divide the sum by the number of rows.",
  },
  loss_without_minus: {
    title: "the loss lacks its minus sign",
    hint: "The loss of a row is minus the logarithm of its true class's probability.",
  },
  loss_of_log10: {
    title: "the loss is taken with the logarithm to base 10",
    hint: "Take the natural logarithm (in NumPy `np.log`, not `np.log10`).",
  },
  loss_of_log2: {
    title: "the loss is taken with the logarithm to base 2",
    hint: "Take the natural logarithm (in NumPy `np.log`, not `np.log2`).",
  },
  loss_halved: {
    title: "the loss is divided by 2",
    hint: "Leave the 2 out: it belongs to the squared error, not to the cross-entropy.",
  },
  loss_of_softmax_again: {
    title: "the loss applies softmax to the probabilities again",
    hint: "The loss is given probabilities: take their logarithm as they are.",
  },
  loss_over_classes: {
    title: "the loss is averaged over rows and classes instead of over rows",
    hint:
      "Sum over the classes of a row, then take the mean over the rows: `np.mean` of the whole matrix divides by the classes as well.",
  },
  binary_cross_entropy: {
    title: "the loss is a binary cross-entropy over all classes: it has terms (1 - y) log(1 - p) too",
    hint: "Only the true class's probability counts: the loss of a row is -log(p) of that class.",
  },
  last_batch_loss: {
    title: "the loss of the last batch is reported as that of the epoch",
    hint: "Add up the loss of every batch of the epoch, times its rows, and divide by all rows at its end.",
  },
  batches_unweighted: {
    title: "the epoch's loss is the mean over its batches, though the last one is smaller",
    hint: "Weigh each batch's loss by its rows, or the last, smaller batch counts too much.",
  },
  batch_losses_summed: {
    title: "the losses of the epoch's batches are added up and not averaged",
    hint: "Divide by the number of rows at the end of the epoch.",
  },
  sigma_as_variance: {
    title: "sigma is taken for the variance, though it is the standard deviation",
    hint: "Multiply standard normal numbers by sigma itself, not by its square root.",
  },
  sigma_ignored: {
    title: "the weights are standard normal numbers: sigma is not used",
    hint: "Multiply the standard normal numbers by sigma.",
  },
  constant_start: {
    title: "the weights all start with the same value",
    hint: "Draw each weight at random: units that start equal stay equal.",
  },
  biases_start_at_zero: {
    title: "the biases all start at 0",
    hint: "Here the biases are drawn as the weights are: sigma times standard normal numbers.",
  },
  biases_start_at_one: {
    title: "the biases all start at 1",
    hint: "Here the biases are drawn as the weights are: sigma times standard normal numbers.",
  },
  pixels_not_divided: { title: "pixels are not divided by 255", hint: PIXELS },
  pixels_divided_twice: { title: "pixels are divided by 255 twice", hint: PIXELS },
  pixels_from_minus_one: { title: "pixels are brought to the range from -1 to 1", hint: PIXELS },
  pixels_standardised: { title: "pixels are standardised to mean 0 and standard deviation 1", hint: PIXELS },
} satisfies Readonly<Record<string, MistakeText>>;

/** The id of a mistake of the catalogue. */
export type MistakeId = keyof typeof mistakesEn;
