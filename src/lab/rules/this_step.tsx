/// <reference lib="dom" />
import type { JSX } from "preact";
import type { Learner } from "../../rules/learner.ts";
import { Formula } from "../ui/formula.tsx";
import { formatNumber } from "../ui/numbers.ts";
import type { RulesWords } from "./words.ts";

/** Decimals of what is not whole. */
const DECIMALS = 4;

/** The latest update as the rule's formula, and as that formula with its numbers. */
export function ThisStep({ learner, t: words }: { learner: Learner; t: RulesWords }): JSX.Element {
  const { rule } = learner;
  return (
    <section class="step">
      <h2>{words.thisStep}</h2>
      <p class="formulas">
        <Formula name="sum" />
        <Formula name={`output_${rule.name}`} />
        <Formula name={`rule_${rule.name}`} />
      </p>
      <StepNumbers learner={learner} t={words} />
      <p class="note">{words.coding[rule.name] + words.space + words.bias}</p>
    </section>
  );
}

/** The latest update in numbers. */
export function StepNumbers({ learner, t: words }: { learner: Learner; t: RulesWords }): JSX.Element {
  const { rule, rate, last, samples, steps } = learner;
  const decimals = rule.name === "perceptron" ? 0 : DECIMALS;
  const weights = last === null ? [] : [...Object.values(last.before), ...Object.values(last.after)];
  const isExact = weights.every((weight) => isShown(weight, DECIMALS)) &&
    [last?.sample.x1 ?? 0, last?.sample.x2 ?? 0].every((x) => isShown(x, 2));
  return (
    <div class="told">
      {last === null ? <p class="note before">{words.before}</p> : (
        <>
          <p class="which">
            {words.sample((steps - 1) % samples.length + 1, last.sample.label)}
            {last.error === 0 && <span class="unmoved">{words.colon + words.unmoved}</span>}
          </p>
          <p class="sum" translate={false}>
            <i>a</i> = {times(last.before.w1, last.sample.x1)} + {times(last.before.w2, last.sample.x2)} +
            {" "}
            {inSum(last.before.b)} <span>{equals(isExact && isShown(last.a, DECIMALS))} {fixed(last.a)}</span>
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
              )}{" "}
            <span>
              {equals(isShown(last.y, decimals) && isShown(rate * last.error, DECIMALS))}{" "}
              {fixed(rate * last.error)}
            </span>
          </p>
          <div class="numbers" translate={false}>
            <Column values={Object.values(last.after)} class="after" />
            <span>{equals(isExact && isShown(rate * last.error, DECIMALS))}</span>
            <Column values={Object.values(last.before)} class="now" />
            <span>+</span>
            <span class="move">{inSum(rate * last.error)} ·</span>
            <Column values={[last.sample.x1, last.sample.x2, 1]} digits={2} class="x" />
          </div>
        </>
      )}
    </div>
  );
}

function Column({ values, digits = DECIMALS, class: kind }: {
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
export function fixed(value: number, decimals = DECIMALS): string {
  if (!(Math.abs(value) < 1000)) return formatNumber(value);
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Whether so many decimals are all that there is of a number, but for what rounding leaves. */
function isShown(value: number, decimals: number): boolean {
  return Math.abs(value) < 1000 && Math.abs(Number(value.toFixed(decimals)) - value) < 1e-12;
}

/** What was rounded need not add up. */
function equals(isExact: boolean): string {
  return isExact ? "=" : "≈";
}

/** As a term: a negative one in parentheses. */
function inSum(value: number, decimals = DECIMALS): string {
  const text = fixed(value, decimals);
  return text.startsWith("−") ? `(${text})` : text;
}

function times(weight: number, x: number): string {
  return `${inSum(weight)}\u2009·\u2009${inSum(x, 2)}`;
}
