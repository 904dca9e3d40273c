import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { unless } from "./skipped.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Nobody's settings count but those that are given. */
const ENV = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };

async function git(args: readonly string[], input?: string): Promise<string> {
  const child = new Deno.Command("git", {
    args: ["-C", ROOT, "-c", "safe.directory=*", ...args],
    env: ENV,
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
  }).spawn();
  const output = child.output();
  if (input !== undefined) await new Response(input).body!.pipeTo(child.stdin);
  const { success, stdout } = await output;
  assert.ok(success, `git ${args.join(" ")}`);
  return new TextDecoder().decode(stdout);
}

async function hasHistory(): Promise<boolean> {
  try {
    return (await Deno.stat(new URL("../.git", import.meta.url))) !== null &&
      await git(["ls-files", "-z"]) !== "";
  } catch {
    return false;
  }
}

Deno.test({
  ...unless(
    await hasHistory() ? null : "this is no clone",
    "a checkout by Git for Windows, which ends lines as Windows does, has every file's bytes",
  ),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const files = (await git(["ls-files", "-s"])).trimEnd().split("\n").map((line) => {
        const [, hash, , path] = /^\d+ ([0-9a-f]+) (\d)\t(.*)$/.exec(line) ?? assert.fail(line);
        return { hash, path: path! };
      });
      await git(["-c", "core.autocrlf=true", "checkout-index", "--all", `--prefix=${folder}/`]);
      const written = files.map(({ path }) => `${folder}/${path}\n`).join("");
      const hashes = (await git(["hash-object", "--no-filters", "--stdin-paths"], written)).trimEnd().split(
        "\n",
      );
      assert.equal(hashes.length, files.length);
      assert.deepEqual(files.filter(({ hash }, i) => hash !== hashes[i]).map(({ path }) => path), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
