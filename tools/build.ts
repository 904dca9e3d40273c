// deno task build: compiles the kernels and writes src/nn/kernels.wasm, which is committed.

import { compileKernels } from "./compile_kernels.ts";

const target = new URL("../src/nn/kernels.wasm", import.meta.url);
const wasm = await compileKernels();
await Deno.writeFile(target, wasm);
console.log(`src/nn/kernels.wasm: ${wasm.length} bytes`);
