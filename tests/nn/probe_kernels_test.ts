import assert from "node:assert/strict";
import { PROBE_BYTES } from "../../src/nn/probe_kernels.ts";
import { referenceWorkspace } from "../../src/nn/reference/reference_workspace.ts";
import { wasmWorkspace } from "../../src/nn/memory.ts";
import { wrongKernels } from "../../src/nn/wrong_kernels.ts";

const KERNELS = new URL("../../src/nn/kernels.wasm", import.meta.url);

Deno.test("wrongKernels() finds none in the reference and in kernels.wasm", async () => {
  const module = await WebAssembly.compile(await Deno.readFile(KERNELS));
  const pages = PROBE_BYTES / 65536;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  assert.deepEqual(wrongKernels(referenceWorkspace({ buffer: new ArrayBuffer(PROBE_BYTES) })), []);
  assert.deepEqual(wrongKernels(wasmWorkspace(module, memory)), []);
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
