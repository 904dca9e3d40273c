import { resolve } from "node:path";
import type { ExperimentSummary, ListNews } from "../../src/view/list/summary.ts";
import { BEAT_MS } from "../results/journal.ts";
import { FolderFinder } from "./find_folders.ts";
import type { GradesPlace } from "./grades/grades_files.ts";
import { folderId, WatchedFolder } from "./watched_folder.ts";

/** Longer than a living sweep leaves its journal untouched. */
const LATER_MS = 10 * BEAT_MS;

/** Every results folder below those that were named, and since when the list says of each what it says. */
export class Experiments {
  readonly #finder: FolderFinder;
  readonly #places: (path: string) => string;
  readonly #folders = new Map<string, WatchedFolder>();
  readonly #listed = new Map<string, { text: string; summary: ExperimentSummary; since: number }>();
  /** Ids of those that are gone, and since when. */
  readonly #gone = new Map<string, number>();
  #generation = 0;

  /** @param place what a path is called where it is shown */
  constructor(roots: readonly string[], place: (path: string) => string) {
    this.#finder = new FolderFinder(roots.map((root) => resolve(root)));
    this.#places = place;
  }

  /** Grows by one with each look that found something new. */
  get generation(): number {
    return this.#generation;
  }

  /** Folders of grades below those that were named. */
  get grades(): GradesPlace[] {
    return this.#finder.grades.map((path) => ({ id: folderId(path), path, place: this.#places(path) }));
  }

  get folders(): Iterable<WatchedFolder> {
    return this.#folders.values();
  }

  get(id: string): WatchedFolder | undefined {
    return this.#folders.get(id);
  }

  /** Looks for folders, and at each of them. */
  async look(): Promise<void> {
    const found = new Set(this.#finder.find());
    for (const { path, id } of [...this.#folders.values()]) {
      if (!found.delete(path)) this.#folders.delete(id);
    }
    for (const path of found) {
      const folder = new WatchedFolder(path, this.#places(path));
      this.#folders.set(folder.id, folder);
    }
    for (const folder of [...this.#folders.values()]) await folder.look();
    this.#list();
  }

  /** Looks once more after the sweep of a folder has ended: its journal may have been touched just now, and nobody is at it. */
  async lookLast(path: string): Promise<void> {
    const folder = [...this.#folders.values()].find((folder) => folder.path === path);
    const later = Date.now() + LATER_MS;
    for (const now of [later, later + LATER_MS]) await folder?.look(now);
    await this.look();
  }

  /** What has changed in the list since a generation; all of it where that is none of this server's. */
  since(generation: number | null): ListNews {
    if (generation === null || generation > this.#generation) {
      return { all: true, changed: [...this.#listed.values()].map(({ summary }) => summary), gone: [] };
    }
    const later = <T extends { since: number }>({ since }: T) => since > generation;
    return {
      all: false,
      changed: [...this.#listed.values()].filter(later).map(({ summary }) => summary),
      gone: [...this.#gone].filter(([, since]) => since > generation).map(([id]) => id),
    };
  }

  #list(): void {
    const next = this.#generation + 1;
    let changed = false;
    for (const folder of this.#folders.values()) {
      const summary = folder.summary();
      const text = JSON.stringify(summary);
      if (this.#listed.get(folder.id)?.text === text) continue;
      this.#listed.set(folder.id, { text, summary, since: next });
      this.#gone.delete(folder.id);
      changed = true;
    }
    for (const id of this.#listed.keys()) {
      if (this.#folders.has(id)) continue;
      this.#listed.delete(id);
      this.#gone.set(id, next);
      changed = true;
    }
    if (changed) this.#generation = next;
  }
}
