/// <reference lib="dom" />
import type { JSX } from "preact";
import type { Learner } from "../../rules/learner.ts";
import type { Margin } from "../../rules/margin.ts";
import { Formula } from "../ui/formula.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { type DataFact, outcomeOf } from "./outcome.ts";
import type { RulesWords } from "./words.ts";

/** Epochs whose mistakes are listed. */
const LISTED = 14;

/** What is known of the data, and what has come of learning. */
export function Findings({ learner, fact, margin, t }: {
  readonly learner: Learner;
  readonly fact: DataFact;
  readonly margin: Margin | undefined;
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
                , {t.atMost} <Formula name="mistakes_bound" /> = <b>{Math.floor(margin.bound)}</b>{" "}
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
      {rule.name === "delta" && <p class="note solution">{t.leastSquares}</p>}
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
