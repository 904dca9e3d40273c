import assert from "node:assert/strict";
import { PartialFile } from "../../../pipeline/steps/download/partial_file.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { inOneDrive } from "../system/onedrive.ts";

Deno.test("a partial transfer is kept where OneDrive keeps the store", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    const open = async () => await PartialFile.open(store, "0".repeat(64)) ?? assert.fail("it is locked");
    const origin = { url: "https://example.org/x", etag: null, total: 9 };
    {
      await using part = await open();
      await part.restart(origin);
      await part.append(new Uint8Array(5));
    }
    await inOneDrive(async () => {
      await using part = await open();
      assert.equal(part.size, 5);
      assert.deepEqual(part.originAt(origin.url), origin);
    });
  }));
