/// <reference lib="dom" />
import type { JSX } from "preact";
import type { Learner } from "../../rules/learner.ts";
import { Formula } from "../ui/formula.tsx";
import { formatNumber } from "../ui/numbers.ts";
import type { RulesWords } from "./words.ts";

/** The latest update as the rule's formula, and as that formula with its numbers. */
export function ThisStep({ learner, t: words }: { learner: Learner; t: RulesWords }): JSX.Element {
  const { rule, rate, last, samples, steps } = learner;
  const decimals = rule.name === "perceptron" ? 0 : 3;
  return (
    <section class="step">
      <h2>{words.thisStep}</h2>
      <p class="formulas">
        <Formula name="sum" />
        <Formula name={`output_${rule.name}`} />
        <Formula name={`rule_${rule.name}`} />
      </p>
      <div class="told">
        {last === null ? <p class="note before">{words.before}</p> : (
          <>
            <p class="which">
              {words.sample((steps - 1) % samples.length + 1, last.sample.label)}
              {last.error === 0 && <span class="unmoved">: {words.unmoved}</span>}
            </p>
            <p class="sum" translate={false}>
              <i>a</i> = {times(last.before.w1, last.sample.x1)} + {times(last.before.w2, last.sample.x2)} +
              {" "}
              {inSum(last.before.b)} <span>= {fixed(last.a)}</span>
            </p>
            <p class="sum move" translate={false}>
              {rule.name === "hebb"
                ? (
                  <>
                    <i>η t</i> = {rate} · {inSum(last.t, 0)}
                  </>
                )
                : (
                  <>
                    <i>η</i> (<i>t</i> − <i>y</i>) = {rate} · ({fixed(last.t, 0)} − {inSum(last.y, decimals)})
                  </>
                )} <span>= {fixed(rate * last.error, 4)}</span>
            </p>
            <div class="numbers" translate={false}>
              <Column values={Object.values(last.after)} class="after" />
              <span>=</span>
              <Column values={Object.values(last.before)} class="now" />
              <span>+</span>
              <span class="move">{inSum(rate * last.error, 4)} ·</span>
              <Column values={[last.sample.x1, last.sample.x2, 1]} digits={2} class="x" />
            </div>
          </>
        )}
      </div>
      <p class="note">{words.coding[rule.name] + words.space + words.bias}</p>
    </section>
  );
}

function Column({ values, digits = 3, class: kind }: {
  readonly values: readonly number[];
  readonly digits?: number;
  readonly class: string;
}): JSX.Element {
  return (
    <span class={`column ${kind}`}>
      {values.map((value, i) => <span key={i}>{fixed(value, digits)}</span>)}
    </span>
  );
}

/** With so many decimals, and a true minus; very large ones in powers of ten. */
export function fixed(value: number, decimals = 3): string {
  if (!(Math.abs(value) < 1000)) return formatNumber(value);
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** As a term: a negative one in parentheses. */
function inSum(value: number, decimals = 3): string {
  const text = fixed(value, decimals);
  return text.startsWith("−") ? `(${text})` : text;
}

function times(weight: number, x: number): string {
  return `${inSum(weight)}\u2009·\u2009${inSum(x, 2)}`;
}
