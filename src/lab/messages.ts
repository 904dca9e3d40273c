import type { Language } from "../text/language.ts";

/** What every page of the lab says; each has its own words beside it. */
const en = {
  lab: "Neural network lab",
  pages: "Pages",
  skip: "Skip to the content",
  otherLanguage: "日本語",
  comma: ", ",
  refused: (names: string) =>
    `This link says what cannot be read here (${names}); that is as it is at first.`,
  noScript: "The lab is a program, which needs JavaScript.",
  noSimd:
    "This browser has no WebAssembly SIMD, with which the course's engine computes. Chrome or Edge 91, Firefox 89, Safari 16.4 and later have it.",
  play: "Play",
  pause: "Pause",
  step: "Step",
  reset: "Start again",
  speed: "Speed",
};

export type LabMessages = typeof en;

const ja: LabMessages = {
  lab: "ニューラルネットワーク実験室",
  pages: "ページ",
  skip: "本文へ移動",
  otherLanguage: "English",
  comma: "、",
  refused: (names) =>
    `このリンクには読み取れない項目があります（${names}）。その項目は初期値のままにしました。`,
  noScript: "この実験室はプログラムなので、JavaScript が必要です。",
  noSimd:
    "このブラウザーには WebAssembly SIMD がなく、授業の計算エンジンを動かせません。Chrome・Edge 91、Firefox 89、Safari 16.4 以降をお使いください。",
  play: "再生",
  pause: "一時停止",
  step: "1 ステップ",
  reset: "最初から",
  speed: "速さ",
};

export function labMessages(language: Language): LabMessages {
  return language === "ja" ? ja : en;
}
