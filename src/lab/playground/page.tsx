import { labPage } from "../page.ts";

export const playgroundPage = labPage({
  name: "playground",
  title: { en: "Playground", ja: "プレイグラウンド" },
  about: {
    en: "A network with hidden layers learns points in a plane.",
    ja: "隠れ層のあるネットワークが、平面上の点を学習します。",
  },
  fields: {},
  View: () => null,
});
