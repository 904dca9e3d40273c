/// <reference lib="dom" />
import type { JSX } from "preact";
import { FORMULAS_ID } from "../data.ts";
import type { FormulaName, TypesetFormulas } from "../formulas.ts";

let typeset: TypesetFormulas | undefined;

/** A formula of formulas.ts, in a line of text or on a line of its own. */
export function Formula({ name, block = false }: { name: FormulaName; block?: boolean }): JSX.Element {
  typeset ??= JSON.parse(document.getElementById(FORMULAS_ID)?.textContent ?? "{}") as TypesetFormulas;
  return (
    <span class={block ? "formula block" : "formula"} dangerouslySetInnerHTML={{ __html: typeset[name] }} />
  );
}
