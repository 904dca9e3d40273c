/** When to stop before all epochs are over, by the validation loss after each. */
export interface EarlyStopping {
  /** So many epochs without a better loss end the training, 1 or more. */
  readonly patience: number;
  /** A loss is better where it is below that of the last better epoch by more than this. */
  readonly min_delta: number;
  /** Whether the weights after the last better epoch are kept in place of the last ones. */
  readonly restore_best: boolean;
}

/** Whether a training keeps its best weights and not its last ones; null is of one that sets no early stopping. */
export function keepsBest(stopping: EarlyStopping | "none" | null | undefined): boolean {
  return typeof stopping === "object" && stopping !== null && stopping.restore_best;
}

/**
 * Keras's EarlyStopping(monitor="val_loss", patience, min_delta): what is told of a training follows from its validation losses alone, in
 * their order, so that one that is read again stands where it stood.
 */
export class LossWatch {
  readonly #options: EarlyStopping;
  #best = Infinity;
  #bestEpoch = 0;
  #epoch = 0;
  #stopped = false;

  constructor(options: EarlyStopping) {
    this.#options = options;
  }

  /** Takes the validation loss of the next epoch; gives whether it is the best so far, by more than min_delta. */
  see(loss: number): boolean {
    this.#epoch++;
    // Of whatever the first one is, there is nothing better.
    const better = this.#bestEpoch === 0 || loss + this.#options.min_delta < this.#best;
    if (better) {
      this.#best = loss;
      this.#bestEpoch = this.#epoch;
    }
    if (this.#epoch - this.#bestEpoch >= this.#options.patience) this.#stopped = true;
    return better;
  }

  /** Whether the training is over. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The epoch of the best loss, from 1; 0 before the first. */
  get bestEpoch(): number {
    return this.#bestEpoch;
  }
}
