// deno task build: compiles the kernels as src/nn/kernels_wasm.ts, bundles the scripts of pages, what charts are drawn with and what
// configs are read with; all of them are committed.

import { bundle, BUNDLES, licence } from "./bundle/bundle.ts";
import { chartScripts } from "./bundle/chart_scripts.ts";
import { compileKernels, kernelsModule } from "./compile_kernels.ts";

const ROOT = new URL("../", import.meta.url);

async function write(place: string, text: string): Promise<void> {
  await Deno.writeTextFile(new URL(place, ROOT), text);
  console.log(`${place}: ${text.length} characters`);
}

const wasm = await compileKernels();
await Deno.writeTextFile(new URL("src/nn/kernels_wasm.ts", ROOT), kernelsModule(wasm));
console.log(`src/nn/kernels_wasm.ts: ${wasm.length} bytes of WebAssembly`);
for (const bundled of BUNDLES) {
  await write(bundled.bundle, await bundle(bundled));
  const terms = await licence(bundled);
  if (terms !== null) await write(...terms);
}
for (const [place, text] of await chartScripts()) await write(place, text);
