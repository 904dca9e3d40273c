import * as asc from "assemblyscript/asc";

const SOURCE = new URL("./assembly/peak.ts", import.meta.url);
/** Compiles assembly/peak.ts. Throws SyntaxError with the compiler's messages where it fails. */
export async function compilePeak(): Promise<Uint8Array<ArrayBuffer>> {
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const messages = asc.createMemoryStream();
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--initialMemory", "1"];
  const { error } = await asc.main(["peak.ts", "--outFile", "peak.wasm", ...options], {
    stderr: messages,
    stdout: messages,
    readFile: async (name) => name === "peak.ts" ? await Deno.readTextFile(SOURCE) : null,
    writeFile: (_name, contents) => void (wasm = contents as Uint8Array<ArrayBuffer>),
    listFiles: () => [],
  });
  if (error || !wasm) {
    throw new SyntaxError(`Cannot compile the peak kernel: ${error?.message}\n${messages.toString()}`);
  }
  return wasm;
}
