/** What is to be drawn. */
export interface Wanted<Drawing> {
  /** Which one it is, whatever it shows. */
  readonly key: string;
  /** What it would show: that of the same version is not drawn again. */
  readonly version: string;
  /** Null where there is nothing of the kind. */
  draw(): Promise<Drawing | null>;
  /** Whether the last one, of that version, will do while it is too soon for another. */
  late(version: string): boolean;
}

/** Something that was drawn. */
export interface Drawn<Drawing> {
  readonly version: string;
  readonly drawing: Drawing;
}

/** The last drawings of what is looked at: each drawn as often as it changes, once however many ask, and no more often than there is time for. */
export class Drawings<Drawing> {
  readonly #most: number;
  readonly #pause: (milliseconds: number) => number;
  /** The latest last, each with the time before which another is too soon. */
  readonly #kept = new Map<string, Drawn<Drawing> & { readonly until: number }>();
  readonly #underWay = new Map<string, Promise<Drawn<Drawing> | null>>();

  /**
   * @param options.most so many are kept
   * @param options.pause the milliseconds from the end of a drawing to the next one, by those that it took
   */
  constructor({ most, pause }: { most: number; pause: (milliseconds: number) => number }) {
    this.#most = most;
    this.#pause = pause;
  }

  /** The version that is kept; undefined where none is. */
  version(key: string): string | undefined {
    return this.#kept.get(key)?.version;
  }

  /** The drawing as it is to be now; null where there is nothing of the kind. */
  async get(wanted: Wanted<Drawing>): Promise<Drawn<Drawing> | null> {
    const { key, version } = wanted;
    const kept = this.#kept.get(key);
    if (
      kept !== undefined &&
      (kept.version === version || wanted.late(kept.version) && performance.now() < kept.until)
    ) {
      // It is the latest now.
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const underWay = this.#underWay.get(key) ??
      this.#drawAnew(wanted).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, underWay);
    return await underWay;
  }

  async #drawAnew({ key, version, draw }: Wanted<Drawing>): Promise<Drawn<Drawing> | null> {
    const start = performance.now();
    const drawing = await draw();
    if (drawing === null) return null;
    const end = performance.now();
    const drawn = { version, drawing, until: end + this.#pause(end - start) };
    this.#kept.delete(key);
    this.#kept.set(key, drawn);
    for (const first of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(first);
    }
    return drawn;
  }
}
