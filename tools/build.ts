// deno task build: compiles the kernels as src/nn/kernels_wasm.ts and bundles the report page's script as src/report/page/bundle.js; both
// are committed.

import { bundlePage } from "./bundle_page.ts";
import { compileKernels, kernelsModule } from "./compile_kernels.ts";

const wasm = await compileKernels();
await Deno.writeTextFile(new URL("../src/nn/kernels_wasm.ts", import.meta.url), kernelsModule(wasm));
console.log(`src/nn/kernels_wasm.ts: ${wasm.length} bytes of WebAssembly`);
const script = await bundlePage();
await Deno.writeTextFile(new URL("../src/report/page/bundle.js", import.meta.url), script);
console.log(`src/report/page/bundle.js: ${script.length} characters`);
