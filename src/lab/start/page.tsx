import { labPage } from "../page.ts";

export const startPage = labPage({
  name: "start",
  title: { en: "Activations and the start", ja: "活性化関数と初期値" },
  about: {
    en: "What activation functions and initial weights do to the values of each layer.",
    ja: "活性化関数と重みの初期値が、各層を流れる値をどう変えるかを見ます。",
  },
  fields: {},
  View: () => null,
});
