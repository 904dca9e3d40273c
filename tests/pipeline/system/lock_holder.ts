// Run by file_lock_test.ts and results_folder_test.ts, which kill it: takes a lock, says so, and keeps it.
import { FileLock } from "../../../pipeline/system/file_lock.ts";

const [path, shared] = Deno.args;
const lock = await FileLock.take(path, { shared: shared === "shared" });
await lock?.write(String(Deno.pid));
console.log(lock === null ? "refused" : "taken");
await new Promise((resolve) => setTimeout(resolve, 60_000));
