import { EXPECTED } from "../src/nn/probe_kernels.ts";
import * as asc from "assemblyscript/asc";

const SOURCES = new URL("../src/nn/assembly/", import.meta.url);

/** Strict SIMD (no relaxed operations), no runtime, and the memory that the workers share. */
const OPTIONS = [
  ["-O3", "--noAssert"],
  ["--runtime", "stub"],
  ["--enable", "simd"],
  ["--enable", "threads"],
  ["--importMemory", "--noExportMemory", "--sharedMemory"],
  ["--initialMemory", "1"],
  ["--maximumMemory", "65536"],
].flat();

/**
 * Compiles src/nn/assembly/ to WebAssembly: the same bytes each time.
 *
 * Throws SyntaxError with the compiler's messages where it fails.
 */
export async function compileKernels(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(["index.ts", "--outFile", "kernels.wasm", ...OPTIONS], {
    stderr,
    stdout: stderr,
    readFile: async (name) => await Deno.readTextFile(new URL(name, SOURCES)).catch(() => null),
    writeFile: (_name, contents) => void (wasm = contents as unknown as Uint8Array),
    listFiles: () => [],
  });
  if (error || !wasm) {
    throw new SyntaxError(`Cannot compile the kernels: ${error?.message}\n${stderr.toString()}`);
  }
  const module = await WebAssembly.compile(wasm.slice());
  const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  const absent = Object.keys(EXPECTED).filter((name) => !exported.has(name));
  if (absent.length > 0) {
    throw new SyntaxError(
      `Cannot compile the kernels: src/nn/assembly/index.ts must export each of them, found no ${
        absent.join(", ")
      }`,
    );
  }
  return wasm;
}

/** The text of src/nn/kernels_wasm.ts. */
export function kernelsModule(wasm: Uint8Array): string {
  const characters = Array.from(wasm, (byte) => String.fromCharCode(byte)).join("");
  return `// Written by \`deno task build\`. A module of text, since every engine and bundler can import that.
/** kernels.wasm in base64. */
export const KERNELS_WASM =
  "${btoa(characters)}";
`;
}
