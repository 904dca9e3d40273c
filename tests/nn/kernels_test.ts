import assert from "node:assert/strict";
import { compiledWorkspace, KERNELS, plainWorkspace } from "./workspaces.ts";

Deno.test("kernels.wasm exports exactly the functions that the reference has", () => {
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(KERNELS));
  assert.deepEqual(
    exported.filter(({ kind }) => kind === "function").map(({ name }) => name).sort(),
    Object.keys(plainWorkspace(1).kernels).sort(),
  );
});

Deno.test("each kernel takes as many arguments as its reference", () => {
  const compiled = compiledWorkspace(1).kernels;
  for (const [name, kernel] of Object.entries(plainWorkspace(1).kernels)) {
    assert.equal(compiled[name as keyof typeof compiled].length, kernel.length, name);
  }
});

Deno.test("kernels.wasm imports its memory and nothing else", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(KERNELS));
  assert.deepEqual(imports, [{ module: "env", name: "memory", kind: "memory" }]);
});
