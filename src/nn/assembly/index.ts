export { gatherNumbers, gatherPixels, gatherRows, spreadRows, transposeRows } from "./gather";
export { sparseForward, sparseUpdate } from "./sparse";
export { denseForward } from "./dense_forward";
export { denseBackward } from "./dense_backward";
export { biasUpdate, denseUpdate } from "./dense_update";
export { reluBackward, reluForward, sigmoidBackward, sigmoidForward, tanhBackward, tanhForward } from "./activation";
export { dropUnits } from "./dropout";
export { softmaxDelta, softmaxLoss } from "./loss";
export { adagradStep, momentumStep, sgdStep } from "./optimizer";
