import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { torture } from "./torture.ts";

Deno.test({
  name: Deno.build.os === "windows"
    ? "killing a sweep: SKIPPED, Windows has no process groups to kill"
    : "quickstart, killed at 20 moments and started again each time, gives the bytes of an undisturbed one",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await torture({ victim: { args: [], epochs: 24 }, kills: 20, seed: 2, folder });
    }),
});
