import { activationAppliedTwice } from "./activation_applied_twice.ts";
import { batchLossesSummed } from "./batch_losses_summed.ts";
import { batchesUnweighted } from "./batches_unweighted.ts";
import { biasNotAveraged } from "./bias_not_averaged.ts";
import { biasWrongAxis } from "./bias_wrong_axis.ts";
import { constantStart } from "./constant_start.ts";
import type { Diagnosis } from "./mistake.ts";
import { fixedBatchSize } from "./fixed_batch_size.ts";
import { gradientAveraged } from "./gradient_averaged.ts";
import { gradientDividedTwice } from "./gradient_divided_twice.ts";
import { gradientSummed } from "./gradient_summed.ts";
import { lastBatchDropped } from "./last_batch_dropped.ts";
import { lastBatchLoss } from "./last_batch_loss.ts";
import { lossOverClasses } from "./loss_over_classes.ts";
import { lossSummed } from "./loss_summed.ts";
import { noMaxSubtraction } from "./no_max_subtraction.ts";
import { sigmaAsVariance } from "./sigma_as_variance.ts";
import { sigmaIgnored } from "./sigma_ignored.ts";
import { sigmoidSlopeForTanh } from "./sigmoid_slope_for_tanh.ts";
import { slopeMissing } from "./slope_missing.ts";
import { softmaxOverAll } from "./softmax_over_all.ts";
import { softmaxWrongAxis } from "./softmax_wrong_axis.ts";
import { stepUphill } from "./step_uphill.ts";
import { tanhSlopeForSigmoid } from "./tanh_slope_for_sigmoid.ts";
import { updateBeforeDelta } from "./update_before_delta.ts";

/** Every mistake that is looked for. Of two that explain numbers equally well the earlier one is named. */
export const CATALOGUE: readonly Diagnosis[] = [
  softmaxWrongAxis,
  softmaxOverAll,
  noMaxSubtraction,
  gradientSummed,
  gradientAveraged,
  gradientDividedTwice,
  biasNotAveraged,
  biasWrongAxis,
  tanhSlopeForSigmoid,
  sigmoidSlopeForTanh,
  activationAppliedTwice,
  slopeMissing,
  updateBeforeDelta,
  stepUphill,
  fixedBatchSize,
  lastBatchDropped,
  lossSummed,
  lossOverClasses,
  lastBatchLoss,
  batchesUnweighted,
  batchLossesSummed,
  sigmaAsVariance,
  sigmaIgnored,
  constantStart,
];
