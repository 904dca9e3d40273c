import assert from "node:assert/strict";
import { loadKernels } from "../../src/nn/kernels.ts";
import { openMemory, wasmWorkspace } from "../../src/nn/memory.ts";
import { EXPECTED, PROBE_BYTES, probeKernels, wrongKernels } from "../../src/nn/probe_kernels.ts";
import { referenceWorkspace } from "../../src/nn/reference/reference_workspace.ts";

Deno.test("wrongKernels() finds none in the reference and in kernels.wasm", async () => {
  const workspace = wasmWorkspace(await loadKernels(), openMemory(PROBE_BYTES));
  // Told apart, so that a new kernel's hash can be read off what this prints.
  assert.deepEqual(probeKernels(referenceWorkspace({ buffer: new ArrayBuffer(PROBE_BYTES) })), EXPECTED);
  assert.deepEqual(wrongKernels(referenceWorkspace({ buffer: new ArrayBuffer(PROBE_BYTES) })), []);
  assert.deepEqual(wrongKernels(workspace), []);
});

Deno.test("wrongKernels() names a kernel that is off by one bit", () => {
  const workspace = referenceWorkspace({ buffer: new ArrayBuffer(PROBE_BYTES) });
  const { kernels, words } = workspace;
  const off: typeof kernels = {
    ...kernels,
    adagradStep(w, ...rest) {
      kernels.adagradStep(w, ...rest);
      words[w >> 2] ^= 1;
    },
  };
  assert.deepEqual(wrongKernels({ ...workspace, kernels: off }), ["adagradStep"]);
});
