import assert from "node:assert/strict";
import { whenFree, whenFreeSync } from "../../../pipeline/system/when_free.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

/** As Deno throws it on Windows. */
const inUse = (code = "EACCES") =>
  Object.assign(new Deno.errors.PermissionDenied("Access is denied. (os error 5): rename"), { code });

/** Something that is refused some times, then done. */
function refused(times: number, error: Error = inUse()) {
  const change = () => {
    if (change.tries++ < times) throw error;
    return "done";
  };
  change.tries = 0;
  return change;
}

/** Both ways to do it, by their results or errors. */
async function bothWays(path: string, make: () => ReturnType<typeof refused>, isWindows = true) {
  const host = { isWindows, pauses: [1, 1, 1] };
  const [now, later] = [make(), make()];
  const sync = await Promise.try(() => whenFreeSync(path, now, host)).catch((error) => error);
  // deno-lint-ignore require-await
  const async = await whenFree(path, async () => later(), host).catch((error) => error);
  assert.deepEqual(async, sync);
  assert.equal(later.tries, now.tries);
  return { result: sync, tries: now.tries };
}

Deno.test("on Windows a file that a program has for moments is waited for", () =>
  inTemporaryFolder(async (folder) => {
    for (const code of ["EACCES", "EPERM", "EBUSY"]) {
      const { result, tries } = await bothWays(`${folder}/x`, () => refused(3, inUse(code)));
      assert.deepEqual({ result, tries }, { result: "done", tries: 4 });
    }
  }));

Deno.test("on Windows of a file that a program keeps is said which it is and that the program must be closed", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/results.csv`;
    await Deno.writeTextFile(path, "");
    const { result, tries } = await bothWays(path, () => refused(99));
    assert.equal(tries, 4);
    assert.equal(
      result.message,
      `Cannot replace or remove ${path}: Windows refuses it, most likely because a program has the file open; ` +
        "close that program (such as Excel) and run the same command again",
    );
    assert.match(result.ja, /results\.csv を書き換える.*Excel/);
  }));

Deno.test("what is no file in use is told at once, or as the system does", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/file`;
    await Deno.writeTextFile(path, "");
    const elsewhere = inUse();
    assert.deepEqual(await bothWays(path, () => refused(99, elsewhere), false), {
      result: elsewhere,
      tries: 1,
    });
    const full = Object.assign(new Error("disk full"), { code: "ENOSPC" });
    assert.deepEqual(await bothWays(path, () => refused(99, full)), { result: full, tries: 1 });
    const bug = new TypeError("bug");
    assert.deepEqual(await bothWays(path, () => refused(99, bug)), { result: bug, tries: 1 });
    // A folder in the file's place, or none there yet.
    for (const place of [folder, `${folder}/new`]) {
      assert.deepEqual(await bothWays(place, () => refused(99, elsewhere)), { result: elsewhere, tries: 4 });
    }
  }));
