import { labPage } from "../page.ts";

export const rulesPage = labPage({
  name: "rules",
  title: { en: "Learning rules", ja: "学習則" },
  about: {
    en: "A line moves by each sample: perceptron, Hebb, delta rule, logistic regression.",
    ja: "サンプルを見るたびに直線が動く様子を見ます：パーセプトロン、ヘブ則、デルタ則、ロジスティック回帰。",
  },
  fields: {},
  View: () => null,
});
