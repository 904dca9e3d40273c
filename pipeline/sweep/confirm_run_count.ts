import type { Experiment } from "../../src/config/schema.ts";
import { RUN_CAP } from "../../src/config/methods/methods.ts";
import { formatCount, formatCounted } from "../../src/text/numbers.ts";
import { UserError } from "../system/errors.ts";
import type { ProgressReporter } from "../progress/events.ts";

/**
 * Says how many runs there will be, where there are several, before anything is done for them. Throws a UserError where they are
 * more than the sweep's `run_cap` and nobody confirmed that.
 */
export function announceRuns(
  { name, seeds, sweep }: Experiment,
  { trials, confirmed, reporter }: { trials: number; confirmed: boolean; reporter: ProgressReporter },
): void {
  const runs = trials * seeds.length;
  const cap = sweep?.run_cap ?? RUN_CAP;
  const text = `${formatCounted(trials, "trial")} x ${formatCounted(seeds.length, "seed")} = ${
    formatCounted(runs, "run")
  }`;
  if (runs > cap && !confirmed) {
    throw new UserError(
      `Cannot start ${name}: it must have at most ${formatCount(cap)} runs, its run_cap, found ${text}; ` +
        "pass --yes to start them all, or raise sweep.run_cap",
    );
  }
  if (runs > 1) reporter.handle({ type: "note", message: text });
}
