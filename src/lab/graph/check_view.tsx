/// <reference lib="dom" />
import type { JSX } from "preact";
import { Formula } from "../ui/formula.tsx";
import { formatNumber } from "../ui/numbers.ts";
import { TOLERANCE } from "./compute/gradient_check.ts";
import type { GraphModel } from "./model.ts";
import { shapeName, tensorName } from "./names.ts";
import type { GraphWords } from "./words.ts";

/** Each parameter's gradient against its central differences. */
export function CheckView({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { checked, made } = model;
  const ready = checked.value.filter(({ name }) => made.value.has(`d${name}`));
  const count = (verdict: string) => ready.filter((parameter) => parameter.verdict === verdict).length;
  return (
    <section class="check">
      <h2>{words.check}</h2>
      <p class="note">{words.checkSays}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.parameter}</th>
            <th scope="col">
              {words.relative} <Formula name="graph_relative" />
            </th>
            <th scope="col">{words.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {checked.value.map(({ name, gradient, relative, verdict }) => {
            const isThere = made.value.has(`d${name}`);
            return (
              <tr key={name} class={isThere ? verdict : "unmade"} data-parameter={name}>
                <th scope="row">
                  {tensorName(name)} <small>{shapeName(name, gradient)}</small>
                </th>
                <td>{isThere ? relative === 0 ? "0" : formatNumber(relative, 2) : "–"}</td>
                <td>
                  {isThere
                    ? `${verdict === "right" ? "✓" : verdict === "wrong" ? "✗" : "∧"} ${
                      words.verdicts[verdict]
                    }`
                    : words.notYet}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="verdict" role="status">
        {words.verdictSays(count("wrong"), {
          all: checked.value.length,
          ready: ready.length,
          kinks: count("kink"),
        })}
      </p>
      <p class="note">{words.threshold(formatNumber(TOLERANCE, 1))}</p>
    </section>
  );
}
