import type { Kernels } from "./kernels.ts";
import { probeKernels } from "./probe_kernels.ts";
import type { Workspace } from "./workspace.ts";

/** What probeKernels() gives for kernels that compute the right bits: the reference's. */
const EXPECTED: Readonly<Record<keyof Kernels, string>> = {
  gatherRows: "534ef5f461320b95",
  transposeRows: "2bf870aea3c88b98",
  gatherPixels: "ec22271bd62f76ba",
  sparseForward: "f9444e7efa67b04a",
  denseForward: "f0498fd422e5a0bb",
  denseBackward: "93217508e02fff6c",
  sparseUpdate: "bbced49b308a2b30",
  denseUpdate: "d47aec993564c6ce",
  biasUpdate: "ec3fef7cb179fa3d",
  tanhForward: "c83ef7f791fb5718",
  tanhBackward: "6c55e4aa16a2f0b7",
  sigmoidForward: "ecb0e350f88d1de3",
  sigmoidBackward: "ec5d90b637869421",
  reluForward: "15203802cf18a41c",
  reluBackward: "6b93c5001f0a5a29",
  softmaxLoss: "9b36e5af852d51ee",
  softmaxDelta: "0040a58cda3b746d",
  sgdStep: "b439beeb9e4067fd",
  momentumStep: "e0ec083e6d1f9cb6",
  adagradStep: "ac4e01a1cfda6d7d",
};

/**
 * Names of the kernels that compute other bits than they must, in a workspace whose first PROBE_BYTES bytes may be overwritten. None do,
 * unless the engine compiles them wrongly, which experimental flags make conceivable.
 */
export function wrongKernels(workspace: Workspace): (keyof Kernels)[] {
  const found = probeKernels(workspace);
  return (Object.keys(EXPECTED) as (keyof Kernels)[]).filter((name) => found[name] !== EXPECTED[name]);
}
