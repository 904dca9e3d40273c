/** The trials of a comparison, by their places from 0, which are their numbers on the page. */
export interface ComparedPart {
  readonly trials: readonly {
    readonly letter: string;
    /** What its box does. */
    readonly draw: string;
    /** As it was typed: `results/sweep#3`. */
    readonly name: string;
    /** What is known of it: its experiment, its data, how it was chosen, how its runs ended. */
    readonly about: readonly string[];
  }[];
}
