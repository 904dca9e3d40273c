import assert from "node:assert/strict";

const HOLDER = new URL("lock_holder.ts", import.meta.url).pathname;

/** Another process that holds a lock until it is killed. */
export class LockHolder implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  static async start(path: string, { shared = false } = {}): Promise<LockHolder> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-read", "--allow-write", HOLDER, path, shared ? "shared" : "alone"],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    assert.equal(new TextDecoder().decode(value), "taken\n");
    await reader.cancel();
    return new LockHolder(child);
  }

  get pid(): number {
    return this.#child.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }
}
