// A program of its own, started at the project's root: where it stands would be where the tests beside it stand too.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { enterCallersFolder, projectPath, recordedPath } from "../../../pipeline/system/place.ts";

/** A link to the root. */
const [drive] = Deno.args;
const ROOT = Deno.realPathSync(fileURLToPath(new URL("../../../", import.meta.url)));

const { chdir } = Deno;
let here = drive;
Deno.cwd = () => here;
Deno.chdir = (path) => {
  chdir(path);
  here = String(path);
};

for (
  const [at, inside, typed] of [
    [drive, "configs", "x.yaml"],
    [ROOT, "configs", "x.yaml"],
    [drive, ".", "configs/x.yaml"],
  ]
) {
  Deno.chdir(at);
  Deno.env.set("INIT_CWD", `${drive}/${inside}`);
  enterCallersFolder();
  assert.equal(recordedPath(typed), "configs/x.yaml");
  assert.equal(projectPath("configs/x.yaml"), typed);
}
// A program that is started within the project by another way.
Deno.chdir(`${drive}/docs`);
enterCallersFolder();
assert.equal(projectPath("results/a/"), "../results/a/");
