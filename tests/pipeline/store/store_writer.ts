// Run by store_test.ts, which kills it: puts artifacts and records for ever, and prints a dot for each.
import { Store } from "../../../pipeline/store/store.ts";

const store = await Store.open(Deno.args[0]);
const random = () => crypto.getRandomValues(new Uint8Array(20_000));
async function write(): Promise<never> {
  for (;;) {
    const bytes = await store.putArtifact(random());
    await store.putRecord({
      step: "write",
      version: 1,
      parameters: bytes,
      inputs: {},
      outputs: { bytes },
      facts: 0,
    });
    await Deno.stdout.write(new Uint8Array([0x2e]));
  }
}
await Promise.all([write(), write(), write()]);
