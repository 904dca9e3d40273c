import baseStyle from "../report/page/base.css" with { type: "text" };
import digitStyle from "./digit/digit.css" with { type: "text" };
import graphStyle from "./graph/graph.css" with { type: "text" };
import playgroundStyle from "./playground/playground.css" with { type: "text" };
import rulesStyle from "./rules/rules.css" with { type: "text" };
import startStyle from "./start/start.css" with { type: "text" };
import labStyle from "./ui/lab.css" with { type: "text" };
import printStyle from "./ui/print.css" with { type: "text" };

/** The styles of the lab, and of each of its pages: a page's keep to `main.NAME`. */
export const LAB_STYLES: readonly string[] = [
  baseStyle,
  labStyle,
  rulesStyle,
  playgroundStyle,
  graphStyle,
  startStyle,
  digitStyle,
  printStyle,
];
