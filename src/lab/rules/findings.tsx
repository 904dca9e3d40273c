/// <reference lib="dom" />
import type { JSX } from "preact";
import type { Learner } from "../../rules/learner.ts";
import type { Margin } from "../../rules/margin.ts";
import type { Weights } from "../../rules/rule.ts";
import { Formula } from "../ui/formula.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { type DataFact, lineOf, outcomeOf } from "./outcome.ts";
import type { RulesWords } from "./words.ts";

/** Epochs whose mistakes are listed. */
const LISTED = 14;

/** What is known of the data, and what has come of learning. */
export function Findings({ learner, fact, margin, solution, t }: {
  readonly learner: Learner;
  readonly fact: DataFact;
  readonly margin: Margin | undefined;
  /** Of the delta rule alone, where the samples determine one. */
  readonly solution: Weights | undefined;
  readonly t: RulesWords;
}): JSX.Element {
  const { rule, cycle, mistakesByEpoch } = learner;
  const outcome = outcomeOf(learner);
  const told = { since: cycle?.since ?? 0, until: (cycle?.since ?? 0) + (cycle?.period ?? 0) };
  const isPerceptron = rule.name === "perceptron";
  return (
    <section class="findings">
      <p class={`fact ${fact}`}>
        <span aria-hidden="true">{fact === "separable" ? "✓" : fact === "none" ? "" : "✕"}</span>{" "}
        {t.facts[fact]}
      </p>
      <p class="outcome" role="status">{t.outcomes(rule.name, outcome, told)}</p>
      {isPerceptron && fact !== "none" && (
        <div class="bound">
          <p>
            {t.mistakes} <b class="mistakes">{learner.mistakes}</b>
            {margin && (
              <>
                {t.comma + t.atMost} <Formula name="mistakes_bound" /> = <b>{Math.floor(margin.bound)}</b>
                {" "}
                <span class="terms">
                  (R = {formatNumber(margin.R)}, γ = {formatNumber(margin.gamma)})
                </span>
              </>
            )}
          </p>
          {margin && (
            <div class="gauge" aria-hidden="true">
              <div style={`width:${Math.min(100, 100 * learner.mistakes / margin.bound)}%`} />
            </div>
          )}
          {margin && <p class="note">{t.margin}</p>}
        </div>
      )}
      {solution && <p class="note solution">{solutionText(solution, t)}</p>}
      <p class="byepoch">
        {t.mistakesByEpoch}{" "}
        <span>
          {mistakesByEpoch.length > LISTED && "… "}
          {mistakesByEpoch.length === 0 ? "–" : mistakesByEpoch.slice(-LISTED).join(" ")}
        </span>
      </p>
    </section>
  );
}

/** Where the least squares solution is, as the board shows it. */
export function solutionText(solution: Weights, { leastSquares }: RulesWords): string {
  const line = lineOf(solution);
  return line === "none" ? leastSquares.none(formatNumber(round(solution.b))) : leastSquares[line];
}

/** What rounding leaves of 0 is 0. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
