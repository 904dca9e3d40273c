import { join } from "node:path";
import type { StoreFolder } from "./inventory.ts";
import { storeFailure } from "./store_failure.ts";

/**
 * Which artifacts a store has, each folder as it is when it is first asked about: for looking at many at once, ten times as fast as
 * Store.hasArtifact().
 */
export class ArtifactListing {
  readonly #store: StoreFolder;
  readonly #folders = new Map<string, ReadonlySet<string>>();

  constructor(store: StoreFolder) {
    this.#store = store;
  }

  has(sha256: string): boolean {
    const head = sha256.slice(0, 2);
    let names = this.#folders.get(head);
    if (names === undefined) this.#folders.set(head, names = this.#list(head));
    return names.has(sha256.slice(2));
  }

  #list(head: string): ReadonlySet<string> {
    const { folder, root } = this.#store;
    try {
      return new Set(Array.from(Deno.readDirSync(join(folder, "artifacts", head)), ({ name }) => name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new Set();
      throw storeFailure(error, { action: "look into", root });
    }
  }
}
