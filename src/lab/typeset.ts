import katex from "katex";
import katexStyle from "katex/dist/katex.min.css" with { type: "text" };
import main from "katex/dist/fonts/KaTeX_Main-Regular.woff2" with { type: "bytes" };
import bold from "katex/dist/fonts/KaTeX_Main-Bold.woff2" with { type: "bytes" };
import italic from "katex/dist/fonts/KaTeX_Math-Italic.woff2" with { type: "bytes" };
import size1 from "katex/dist/fonts/KaTeX_Size1-Regular.woff2" with { type: "bytes" };
import size2 from "katex/dist/fonts/KaTeX_Size2-Regular.woff2" with { type: "bytes" };
import { toBase64 } from "../text/base64.ts";
import { FORMULAS, type TypesetFormulas } from "./formulas.ts";

/** Of KaTeX's twenty fonts, those that the formulas are set in. */
const FONTS = [
  { family: "KaTeX_Main", style: "font-weight:400", bytes: main },
  { family: "KaTeX_Main", style: "font-weight:700", bytes: bold },
  { family: "KaTeX_Math", style: "font-style:italic", bytes: italic },
  { family: "KaTeX_Size1", style: "font-weight:400", bytes: size1 },
  { family: "KaTeX_Size2", style: "font-weight:400", bytes: size2 },
];

/** KaTeX's style with its fonts in it. */
export const FORMULA_STYLE: string = katexStyle.replaceAll(/@font-face\{[^}]*\}/g, "") +
  FONTS.map(({ family, style, bytes }) =>
    `@font-face{font-family:${family};${style};src:url(data:font/woff2;base64,${
      toBase64(bytes)
    }) format("woff2")}`
  ).join("");

export function typesetFormulas(): TypesetFormulas {
  const typeset = Object.entries(FORMULAS).map(([name, tex]) => [
    name,
    katex.renderToString(tex, { throwOnError: true, strict: "error", displayMode: false }),
  ]);
  return Object.fromEntries(typeset) as TypesetFormulas;
}
