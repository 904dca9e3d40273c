import type { Kernels } from "./kernels.ts";
import { probeKernels } from "./probe_kernels.ts";
import type { Workspace } from "./memory.ts";

/** What probeKernels() gives for kernels that compute the right bits: the reference's. */
const EXPECTED: Readonly<Record<keyof Kernels, string>> = {
  gatherRows: "ee9c52462cc97403",
  transposeRows: "d6b26210b41a373e",
  gatherPixels: "4e83111338fbe787",
  sparseForward: "11f4c5f3bd50491d",
  denseForward: "336e260966c23126",
  denseBackward: "ac08fa21c4149e4f",
  sparseUpdate: "8dc72637c4817005",
  denseUpdate: "da3ceab489075f34",
  biasUpdate: "25efd4544cc4b812",
  tanhForward: "c9f94f4ecbb96a6e",
  tanhBackward: "96ecb8149575152e",
  sigmoidForward: "f4c8356232094e6f",
  sigmoidBackward: "ece3c36ca470ea4b",
  reluForward: "31331e7164a9c368",
  reluBackward: "84c02e2fc4a30410",
  softmaxLoss: "64e74b97a375bdbe",
  softmaxDelta: "398e3a419f967e5b",
  sgdStep: "e29e62f7652523b2",
  momentumStep: "2cfe0c8097dd7357",
  adagradStep: "0ebc4c1b1451ceaf",
};

/**
 * Names of the kernels that compute other bits than they must, in a workspace whose first PROBE_BYTES bytes may be overwritten. None do,
 * unless the engine compiles them wrongly, which experimental flags make conceivable.
 */
export function wrongKernels(workspace: Workspace): (keyof Kernels)[] {
  const found = probeKernels(workspace);
  return (Object.keys(EXPECTED) as (keyof Kernels)[]).filter((name) => found[name] !== EXPECTED[name]);
}
