import { isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// A task runs at the project's root, and INIT_CWD is where the person stands who called it. What a person types is meant from there, and
// what is printed too. What nobody typed, the store and the results of an experiment, stays at the root; so does what is recorded.

/**
 * Makes the folder that a task was called from the one that paths are relative to. A program that was not started at the root is there.
 * Windows keeps a folder as somebody spelled it: in other letters, on a drive that stands for a folder, through a junction. So that paths can
 * be told from the root, it is entered by its real path.
 */
export function enterCallersFolder(): void {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "INIT_CWD" });
  if (state !== "granted") return;
  const folder = Deno.env.get("INIT_CWD");
  try {
    const here = Deno.realPathSync(".");
    const there = folder !== undefined && here === root() ? Deno.realPathSync(folder) : here;
    if (there !== Deno.cwd()) Deno.chdir(there);
  } catch {
    // Whoever set it stands nowhere that is there.
  }
}

/** A place of the project, such as `results/quickstart`, as somebody types it here: `../results/quickstart` from `configs`. */
export function projectPath(path: string): string {
  const whole = join(root(), path);
  const short = relative(Deno.cwd(), whole);
  // Out of the project, the whole path is plainer than the way there.
  const inside = !relative(root(), Deno.cwd()).startsWith("..");
  return inside ? short + (path.endsWith("/") ? "/" : "") : whole;
}

/** A whole path as somebody would type it here; one that is not inside stays whole. */
export function shortPath(path: string, from: string = Deno.cwd()): string {
  const short = relative(from, path) || ".";
  return short.startsWith("..") ? path : short;
}

/** A path that somebody typed here as records have it: from the root, unless it was typed whole. */
export function recordedPath(path: string): string {
  if (isAbsolute(path)) return path;
  const fromRoot = relative(root(), resolve(path)) || ".";
  return Deno.build.os === "windows" ? fromRoot.replaceAll("\\", "/") : fromRoot;
}

/** What recordedPath() gave, from wherever somebody stands now. */
export function fromRecorded(path: string): string {
  return resolve(root(), path);
}

function root(): string {
  return Deno.realPathSync(fileURLToPath(new URL("../../", import.meta.url)));
}
