// deno task build: compiles the kernels and writes them as src/nn/kernels_wasm.ts, which is committed.

import { compileKernels, kernelsModule } from "./compile_kernels.ts";

const wasm = await compileKernels();
await Deno.writeTextFile(new URL("../src/nn/kernels_wasm.ts", import.meta.url), kernelsModule(wasm));
console.log(`src/nn/kernels_wasm.ts: ${wasm.length} bytes of WebAssembly`);
