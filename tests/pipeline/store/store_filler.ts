// Run by store_test.ts on a small or read-only file system: puts artifacts until that fails, and tells how.
import { Store } from "../../../pipeline/store/store.ts";

const store = await Store.open(Deno.args[0]);
const first = new Uint8Array(1000);
try {
  await store.putArtifact(first);
  for (let fill = 1; fill < 100; fill++) await store.putArtifact(new Uint8Array(10_000).fill(fill));
} catch (error) {
  console.log(String(error));
}
const sha256 = "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53";
const left = Array.from(Deno.readDirSync(`${store.root}/tmp`)).length;
console.log(`still there: ${await store.isArtifactIntact(sha256)}, left in tmp: ${left}`);
