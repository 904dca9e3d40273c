/** Where a training is when a rate is asked for, counted from the end of its warm-up. */
export interface Moment {
  /** Counts the steps, from 1. */
  readonly step: number;
  /** Whole epochs that are over, from 0. */
  readonly epoch: number;
  /** How many epochs there are to be, a part of one too. Throws RangeError where nobody has said it. */
  readonly total: number;
}

/** A schedule of one training, which gives the rate of each step. */
export interface Pace {
  /** What a step is scaled by. */
  rate(moment: Moment): number;
  /** Is told the validation loss of each epoch when it is over. */
  see?(loss: number): void;
}

/** What learning rates may follow: a value that says what it is and gives the rates. Registered in schedules.ts. */
export interface ScheduleMethod<Options> {
  /** What it is, for whoever chooses one. */
  readonly description: { readonly en: string; readonly ja: string };
  /** A step's rate depends on how many epochs there are to be. */
  readonly needsTotal?: true;
  /** It depends on the validation losses. */
  readonly needsValidation?: true;
  /** What a schedule of these options does, in words that follow "learning rate". */
  inWords(options: Options): { readonly en: string; readonly ja: string };
  /** Begins a training's schedule; `base` is the learning rate that is set. */
  open(options: Options, base: number): Pace;
}
