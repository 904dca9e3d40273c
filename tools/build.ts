// deno task build: compiles the kernels as src/nn/kernels_wasm.ts and bundles the scripts of pages; all of them are committed.

import { bundlePage, BUNDLES } from "./bundle_page.ts";
import { compileKernels, kernelsModule } from "./compile_kernels.ts";

const ROOT = new URL("../", import.meta.url);

const wasm = await compileKernels();
await Deno.writeTextFile(new URL("src/nn/kernels_wasm.ts", ROOT), kernelsModule(wasm));
console.log(`src/nn/kernels_wasm.ts: ${wasm.length} bytes of WebAssembly`);
for (const { entry, bundle } of BUNDLES) {
  const script = await bundlePage(entry);
  await Deno.writeTextFile(new URL(bundle, ROOT), script);
  console.log(`${bundle}: ${script.length} characters`);
}
