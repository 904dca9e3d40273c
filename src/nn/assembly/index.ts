export { gatherPixels, gatherRows, transposeRows } from "./gather";
export { sparseForward, sparseUpdate } from "./sparse";
export { biasUpdate, denseBackward, denseForward, denseUpdate } from "./dense";
export { reluBackward, reluForward, sigmoidBackward, sigmoidForward, tanhBackward, tanhForward } from "./activation";
export { softmaxDelta, softmaxLoss } from "./loss";
export { adagradStep, momentumStep, sgdStep } from "./optimizer";
