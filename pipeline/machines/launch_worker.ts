import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Language } from "../../src/text/language.ts";
import { SilentExit } from "../system/errors.ts";
import type { Address } from "./address.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
/** Folders of all code that is loaded while the worker runs, as a worker's own module. */
export const CODE = ["../../pipeline", "../../src", "../../packages"]
  .map((place) => fileURLToPath(new URL(place, import.meta.url)));
const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** What the worker is told from outside, and nothing else. */
const VARIABLES = ["NO_COLOR", "TERM", "KERNEL_FLAGS", "LC_ALL", "LC_MESSAGES", "LANG"];
/** By which Deno finds what it has downloaded. */
const FOR_DENO = ["PATH", "HOME", "DENO_DIR", "XDG_CACHE_HOME", "USERPROFILE", "LOCALAPPDATA", "SystemRoot"];

interface LaunchOptions {
  readonly address: Address;
  readonly url: string;
  readonly folder: string;
  readonly name?: string | undefined;
  readonly creds?: string | undefined;
  readonly ca?: string | undefined;
  readonly project: string;
  readonly workers: number;
  readonly lease?: number | undefined;
}

/**
 * Runs the worker as a process that may talk to the one address, and read and write its folder: nothing that comes over the network is
 * handled with more. Resolves, or throws a SilentExit, as the worker ends; ends with this process too.
 */
export async function launchWorker(
  { address: { host, port }, url, folder, name = Deno.hostname(), creds, ca, project, workers, lease }:
    LaunchOptions,
  { language, signal }: { language: Language; signal: AbortSignal },
): Promise<void> {
  const own = resolve(folder);
  await Deno.mkdir(own, { recursive: true });
  const files = [creds, ca].flatMap((file) => file === undefined ? [] : [resolve(file)]);
  const kernels = Deno.env.get("KERNEL_FLAGS");
  const environment = Object.fromEntries(
    [...VARIABLES, ...FOR_DENO].flatMap((variable) => {
      const value = Deno.env.get(variable);
      return value === undefined ? [] : [[variable, value]];
    }),
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--cached-only",
      ...(kernels === undefined ? [] : [kernels]),
      `--config=${CONFIG}`,
      `--allow-net=${host}:${port}`,
      `--allow-read=${[own, ...files, ...CODE, CONFIG].map(quoteComma).join(",")}`,
      `--allow-write=${quoteComma(own)}`,
      `--allow-env=${VARIABLES.join(",")}`,
      "--ignore-env",
      MAIN,
      "worker",
      url,
      "--workers",
      String(workers),
      "--folder",
      own,
      "--name",
      name,
      "--project",
      project,
      "--language",
      language,
      ...(lease === undefined ? [] : ["--lease", String(lease)]),
      ...(creds === undefined ? [] : ["--creds", resolve(creds)]),
      ...(ca === undefined ? [] : ["--ca", resolve(ca)]),
    ],
    env: environment,
    clearEnv: true,
    stdin: "piped",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  // The end of its input ends the worker. A signal it may have had already, as on Ctrl-C, and a second one would end it at once.
  signal.addEventListener("abort", () => void child.stdin.close().catch(() => {}), { once: true });
  const { code } = await child.status;
  if (code !== 0 && !signal.aborted) throw new SilentExit(code === 2 ? 2 : 1);
}

function quoteComma(path: string): string {
  return path.replaceAll(",", ",,");
}
