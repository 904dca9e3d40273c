// What charts are drawn with, of Vega and Vega-Lite: bundled into bundle/vega.js, which loads in 50 ms, where the packages
// themselves take 300. Vega-Lite alone would load all of Vega for four small functions.

export { parse, View } from "vega";
export { compile } from "vega-lite";
