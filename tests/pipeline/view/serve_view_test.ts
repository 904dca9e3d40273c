import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { viewCommand } from "../../../pipeline/commands/view.ts";
import { main } from "../../../pipeline/main.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";

const REFERENCE = new URL("../../../results/reference/course-3", import.meta.url).pathname;

/** The command as it is typed, until what it prints is whole and `act` has had its turn. */
async function view(
  args: string[],
  act: (said: string) => Promise<void>,
): Promise<{ code: number; err: string }> {
  const end = new AbortController();
  const streams = new RecordedStreams({});
  const running = main(["view", ...args], { signal: end.signal, streams }, [viewCommand]);
  let ended = false;
  running.finally(() => ended = true);
  while (!ended && !/\(.*\)\n/.test(streams.out)) await sleep(20);
  if (streams.out !== "") await act(streams.out);
  end.abort();
  return { code: await running, err: streams.err };
}

Deno.test("view prints where it serves the folders that were named, follows them, and ends with the signal", () =>
  inTemporaryFolder(async (folder) => {
    await copyFolder(REFERENCE, `${folder}/results/first`);
    const { code, err } = await view([`${folder}/results`, "--port", "0"], async (said) => {
      const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      assert.ok(address !== undefined, said);
      const list = await (await fetch(address)).text();
      assert.match(list, new RegExp(`"place":"${folder}/results/first"`));
      const stream = await fetch(`${address}stream?from=${encodeURIComponent("none")}`);
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      await copyFolder(REFERENCE, `${folder}/results/second`);
      let told = "";
      while (!told.includes("results/second")) {
        told += (await reader.read()).value ?? assert.fail("it has ended");
      }
      await reader.cancel();
    });
    assert.deepEqual({ code, err }, { code: 0, err: "" });
  }));

Deno.test("view refuses what is no folder, and says to whoever lets others in by which address they come", () =>
  inTemporaryFolder(async (folder) => {
    const refused = await view([`${folder}/none`], () => assert.fail());
    assert.equal(refused.code, 2);
    assert.match(refused.err, /must be a folder, found none of that name/);
    await view([folder, "--host", "0.0.0.0", "--port", "0"], async (said) => {
      const [, token] = /127\.0\.0\.1:\d+\/\?token=([0-9a-f]{32})/.exec(said) ?? [];
      assert.ok(said.includes(`http://<address>:`) && token !== undefined, said);
      const address = /http:\/\/127[^?]*/.exec(said)![0];
      const refusal = await fetch(address);
      await refusal.body?.cancel();
      assert.equal(refusal.status, 401);
    });
  }));
