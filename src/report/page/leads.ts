/** Where a page that a server made leads from its trials; a file leads nowhere. */
export interface Leads {
  /** An address before and after a run's name. */
  readonly run: readonly [before: string, after: string];
  /** An address of a comparison before its trials, and what stands before each trial's number. */
  readonly compare: readonly [before: string, each: string];
  /** What the way to the comparison is called. */
  readonly compareText: string;
  /** By trial, the seed of the run that it is looked at by. */
  readonly seeds: Readonly<Record<string, number>>;
}

/** The address of the run that a trial is looked at by; undefined where there is none. */
export function runLead(leads: Leads | undefined, trial: number): string | undefined {
  const seed = leads?.seeds[trial];
  if (leads === undefined || seed === undefined) return undefined;
  const [before, after] = leads.run;
  return `${before}${trial}-${seed}${after}`;
}

export function compareLead({ compare: [before, each] }: Leads, trials: readonly number[]): string {
  return before + trials.map((trial) => each + trial).join("");
}
