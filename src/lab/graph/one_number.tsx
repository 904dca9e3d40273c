/// <reference lib="dom" />
import type { JSX } from "preact";
import { formatNumber } from "../ui/numbers.ts";
import type { Expression } from "./compute/expression.ts";
import { centralDifference, H, isSlope, stepFrom } from "./compute/gradient_check.ts";
import { LossCurve } from "./loss_curve.tsx";
import { type GraphModel, parameterOf } from "./model.ts";
import { entryName, formatPlace } from "./names.ts";
import { shortNumber } from "./short_number.ts";
import type { GraphWords } from "./words.ts";
import { writeExpression } from "./write_expression.ts";

/** One entry: the chain rule that makes it, by names and with these very numbers; of a parameter, how L answers to it. */
export function OneNumber({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { explained, expression, shown } = model;
  if (explained.value === null) {
    return (
      <section class="one-number">
        <h2>{words.number}</h2>
        <p class="note">{words.pointAt}</p>
      </section>
    );
  }
  const { tensor, row, column } = explained.value;
  const { columns = 1, data } = shown.value.values.get(tensor) ?? {};
  const index = row * columns + column;
  const value = data?.[index] ?? NaN;
  const name = entryName(tensor, row, column);
  const of = tensor.replace(/^d/, "");
  // A derivative of it is somewhere on the way back.
  const answers = shown.value.makings.has(`d${of}`);
  const isWrong = model.isWrong(tensor, index);
  return (
    <section
      class={tensor.startsWith("d") ? "one-number derivative" : "one-number"}
      data-shown={formatPlace(explained.value)}
    >
      <h2>{words.number}</h2>
      <p class={isWrong ? "headline wrong" : "headline"}>
        {name} {sign(value)} <output>{shortNumber(value)}</output>
      </p>
      {expression.value === undefined
        ? <p class="note">{givenWords(tensor, model, words)}</p>
        : <ChainRule expression={expression.value} />}
      {answers && <Answer key={of} model={model} words={words} tensor={of} index={index} />}
    </section>
  );
}

function givenWords(tensor: string, { net, isHidden }: GraphModel, words: GraphWords): string {
  if (isHidden.value && tensor !== "dL" && tensor.startsWith("d")) return words.isHidden;
  if (tensor === "dL") return words.isStart;
  if (tensor === "Y") return words.isLabel;
  return net.value.seed === null ? words.isGiven : words.isDrawn;
}

/** An equals sign where four digits say all. */
function sign(value: number): string {
  return Number(shortNumber(value).replace("−", "-")) === value ? "=" : "≈";
}

function ChainRule({ expression }: { expression: Expression }): JSX.Element {
  const lines = (["names", "numbers"] as const).map((form) => {
    const pieces = writeExpression(expression, form);
    return (
      <p key={form} class={`line ${form}`}>
        <span class="equals">{form === "names" ? "=" : "≈"}</span>
        <span class="written">
          {pieces.map(({ text, of }, i) => of === undefined ? text : <Operand key={i} of={of} text={text} />)}
        </span>
      </p>
    );
  });
  return <div class="chain">{lines}</div>;
}

function Operand({ of, text }: { of: Expression & { kind: "entry" }; text: string }): JSX.Element {
  return <span class={of.tensor.startsWith("d") ? "piece derivative" : "piece"}>{text}</span>;
}

/** How L answers to a number: its slope by going forward twice, and its curve. */
function Answer({ model, words, tensor, index }: {
  readonly model: GraphModel;
  readonly words: GraphWords;
  readonly tensor: string;
  readonly index: number;
}): JSX.Element {
  const { net, shown, made } = model;
  const { values } = shown.value;
  const { columns = 1, data } = values.get(tensor) ?? {};
  const value = data?.[index] ?? NaN;
  const name = entryName(tensor, Math.floor(index / columns), index % columns);
  const found = made.value.has(`d${tensor}`) ? values.get(`d${tensor}`)?.data[index] : undefined;
  const { below, above, slope } = centralDifference(net.value, { tensor, index, value });
  const { step, change } = stepFrom(net.value, { tensor, index, value });
  const isRight = found === undefined || isSlope(found, slope);
  const long = (loss: number) => loss.toFixed(11);
  return (
    <>
      <div class="central">
        <p class="note">{words.difference(name)}</p>
        <p class="line">
          <span class="written">
            (L(w + h) − L(w − h)) / 2h = ({long(above)} − {long(below)}) / {shortNumber(2 * H)} ≈{" "}
            <b>{shortNumber(slope)}</b>
          </span>
        </p>
        <p class={isRight ? "verdict" : "verdict wrong"}>
          {found !== undefined &&
            `${isRight ? "✓" : "✗"} ${words.tangent} ${shortNumber(found)}: ${
              isRight ? words.agrees : words.differs
            }`}
        </p>
      </div>
      <LossCurve
        model={model}
        words={words}
        tensor={tensor}
        index={index}
        slope={found ?? null}
        touches={isRight}
      />
      <p class="note">
        {words.moves(name, step, formatNumber(change))}
        {found !== undefined && parameterOf(tensor, net.value.parameters) !== undefined &&
          words.space + words.trySlide}
      </p>
    </>
  );
}
