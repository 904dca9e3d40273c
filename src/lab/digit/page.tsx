import { labPage } from "../page.ts";

export const digitPage = labPage({
  name: "digit",
  title: { en: "Draw a digit", ja: "数字を書く" },
  about: {
    en: "Write a digit and see what a trained network takes it for, and why.",
    ja: "数字を書いて、学習済みのネットワークがそれを何と読むか、なぜそう読むかを見ます。",
  },
  fields: {},
  View: () => null,
});
