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

Deno.test({
  name: Deno.build.os === "windows"
    ? "killing a sweep while it writes its report: SKIPPED, Windows has no process groups to kill"
    : "a sweep that is killed 8 times while it makes and writes its report ends with all of it",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await torture({ victim: { args: [], epochs: 24, reporting: true }, kills: 8, seed: 3, folder });
    }),
});
