import { say } from "../../messages/messages.ts";
import { UserError } from "../../system/errors.ts";
import { quotedReason } from "../../system/reasons.ts";

/** What a notebook is run with; each is a program of the system. */
export interface NotebookTools {
  /** A Python with NumPy, nbclient and ipykernel. */
  readonly python: string;
  /** Folders that it lies in, besides those of the system. */
  readonly folders: readonly string[];
  /** Whether this process may become nobody, and so has to. */
  readonly asNobody: boolean;
}

/** What a machine lacks, and what to install. */
export interface MissingTools {
  readonly missing: string;
}

const PYTHONS = ["/usr/bin/python3", "python3"];
const ASK =
  "import sys, numpy, nbclient, ipykernel; print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')";

let found: Promise<NotebookTools | MissingTools> | undefined;

/** What is there to run notebooks with. It is looked up once. */
export function findNotebookTools(): Promise<NotebookTools | MissingTools> {
  return found ??= lookUp();
}

async function lookUp(): Promise<NotebookTools | MissingTools> {
  // Bubblewrap is made of what Linux alone has.
  if (Deno.build.os !== "linux") return { missing: "Linux (Windows: WSL)" };
  for (const program of ["bwrap", "prlimit", "setpriv"]) {
    if (await ask(program, "--version") === null) {
      return { missing: `${program} (apt-get install ${program === "bwrap" ? "bubblewrap" : "util-linux"})` };
    }
  }
  for (const python of PYTHONS) {
    const said = await ask(python, "-c", ASK);
    if (said === null) continue;
    const [executable, ...prefixes] = said.trim().split("\n");
    const folders = [...new Set(prefixes)].filter((folder) =>
      !/^\/usr(?:\/|$)/.test(folder) || /^\/usr\/local\//.test(folder)
    );
    const asNobody = await ask("id", "-u") === "0\n";
    return { python: executable, folders, asNobody };
  }
  return {
    missing:
      "a Python with numpy, nbclient and ipykernel (apt-get install python3-numpy python3-nbclient python3-ipykernel)",
  };
}

async function ask(program: string, ...args: string[]): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (!Error.isError(error)) throw error;
    const reason = quotedReason(error);
    throw new UserError(say((t) => t.errors.cannotStart(program, reason[t.language])), { cause: error });
  }
}
