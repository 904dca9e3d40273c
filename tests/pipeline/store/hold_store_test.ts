import assert from "node:assert/strict";
import { claimStore, holdStore } from "../../../pipeline/store/hold_store.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

Deno.test("who has held a store lets go only when what was put is on the disk, also where that fails", () =>
  inTemporaryFolder(async (folder) => {
    const { root } = await Store.open(folder);
    const options = { signal: new AbortController().signal, onWait: () => assert.fail("nobody has it") };
    for (const failure of [null, new Error("no space")]) {
      const seen: string[] = [];
      const settle = async () => {
        seen.push(await claimStore({ folder, root }) === null ? "held" : "free");
        if (failure !== null) throw failure;
      };
      const held = await holdStore({ folder, root, settle }, options);
      const ended = held[Symbol.asyncDispose]();
      if (failure === null) await ended;
      else await assert.rejects(Promise.resolve(ended), failure);
      assert.deepEqual(seen, ["held"]);
      using claimed = await claimStore({ folder, root });
      assert.notEqual(claimed, null);
    }
  }));

Deno.test("a store whose lock cannot be had for another reason than that it is read-only is not taken for held", () =>
  inTemporaryFolder(async (folder) => {
    const { root, settle } = await Store.open(folder);
    const options = { signal: new AbortController().signal, onWait: () => assert.fail("nobody has it") };
    await assert.rejects(holdStore({ folder: `${folder}/gone`, root, settle }, options), {
      name: "UserError",
      message: new RegExp(`^Cannot write to the store ${folder}: `),
    });
    await Deno.mkdir(`${folder}/lock`);
    await assert.rejects(holdStore({ folder, root, settle }, options), {
      name: "UserError",
      message: `Cannot lock ${folder}/lock: it must be a regular file, found something else; remove it`,
    });
  }));
