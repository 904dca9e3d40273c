// What charts are drawn with, of Vega, Vega-Lite and the interpreter: bundled into bundle/vega.js, which loads in 50 ms, where the packages
// themselves take 300. Vega-Lite alone would load all of Vega for four small functions.

export { parse, View } from "vega";
export { expressionInterpreter } from "vega-interpreter";
export { compile } from "vega-lite";
