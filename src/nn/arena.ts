/** A cache line, and a multiple of every SIMD width. */
const ALIGNMENT = 64;

/** Hands out places in a block of memory, one after another, each at a multiple of 64 bytes. Nothing is ever given back. */
export class Arena {
  readonly #end: number;
  #next: number;

  /**
   * An arena over the bytes from `start`, a multiple of 64, to `end`; without an end it only measures.
   */
  constructor(start: number, end = Infinity) {
    if (start % ALIGNMENT !== 0) {
      throw new RangeError(`Cannot make an arena: start must be a multiple of ${ALIGNMENT}, found ${start}`);
    }
    this.#end = end;
    this.#next = start;
  }

  /** Where the next place will be. */
  get next(): number {
    return this.#next;
  }

  /** A pointer to `bytes` bytes. Throws RangeError where they do not fit. */
  allocate(bytes: number): number {
    const pointer = this.#next;
    const next = pointer + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (next > this.#end) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes: the arena must have room, found ${this.#end - pointer} bytes left`,
      );
    }
    this.#next = next;
    return pointer;
  }
}
