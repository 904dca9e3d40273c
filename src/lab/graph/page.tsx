import { labPage } from "../page.ts";

export const graphPage = labPage({
  name: "graph",
  title: { en: "The graph", ja: "計算グラフ" },
  about: {
    en: "Forward and back through the computational graph, with every number.",
    ja: "計算グラフを順に、そして逆にたどり、すべての数値を確かめます。",
  },
  fields: {},
  View: () => null,
});
