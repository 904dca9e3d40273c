import assert from "node:assert/strict";
import { compileKernels } from "../../tools/compile_kernels.ts";
import { KERNELS } from "./workspaces.ts";

Deno.test("kernels_wasm.ts is what src/nn/assembly compiles to, byte for byte", async () => {
  const compiled = await compileKernels();
  assert.ok(
    compiled.length === KERNELS.length && compiled.every((byte, i) => byte === KERNELS[i]),
    "src/nn/kernels_wasm.ts is stale: `deno task build` compiles it anew",
  );
});
