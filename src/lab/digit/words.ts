import type { Language } from "../../text/language.ts";

const en = {
  draw: "You write",
  pad: "Paper to write on: arrow keys move the pen, space puts it down and lifts it.",
  empty: "Write a digit here",
  hint: "Mouse, finger or pen. By keyboard: arrows move, space puts the pen down.",
  penDown: "The pen is down: arrows draw, space lifts it.",
  pen: "Pen",
  pens: { thin: "Thin", medium: "Medium", thick: "Thick", eraser: "Eraser" },
  undo: "Undo",
  clear: "Clear",
  fit: "Scale and centre, as MNIST does",
  sees: "It sees 28 × 28",
  show: "Show",
  shows: { ink: "Ink", worth: "What spoke", pull: "More ink", unit: "A unit" },
  picture: (digit: number | null) =>
    digit === null
      ? "The 28 by 28 pixels that the network is given: all of them empty."
      : `The 28 by 28 pixels that the network is given, which it reads as ${digit}.`,
  inkFit: "The ink in 20 × 20, its centre of mass in the middle of 28 × 28, as in MNIST.",
  inkAsIs: "The whole paper, shrunk to 28 × 28: neither scaled nor centred.",
  worth: (label: number, rival: number, most: string, lead: string) =>
    `Wipe out one pixel: where it is orange, ${label} loses lead over ${rival}; where blue, it gains. The lead is ${lead}; a pixel moves it by at most ${most}.`,
  pull: (label: number, rival: number, most: string) =>
    `Add ink: where it is orange, ${label} gains on ${rival}; where blue, it loses. The gradient of the lead, at most ${most}.`,
  unit: (unit: number, most: string) =>
    `Weights from the pixels to unit ${unit} of hidden layer 1: orange positive, blue negative, at most ${most}.`,
  layers: "Its hidden layers",
  layer: (layer: number, units: number, name: string) => `Layer ${layer}: ${units} × ${name}`,
  layerPicture: (layer: number, units: number) =>
    `Activations of the ${units} units of hidden layer ${layer}. Arrow keys choose a unit.`,
  activation: (unit: number, value: string) => `unit ${unit}: ${value}`,
  noLayers: "It has none: the pixels lead straight to the ten outputs.",
  says: "It says",
  ask: "What speaks for it?",
  lead: (label: number, rival: number, lead: string) => `${label} over ${rival}: a lead of ${lead} (logits)`,
  askWinner: "Ask about the winner again",
  blank: "Nothing is written, and yet it answers: softmax always adds up to 1.",
  mistakes: "What it misreads",
  isLabel: (label: number, digit: number, share: string) =>
    label === digit
      ? `It is ${label}, and it is read as ${digit} (${share}).`
      : `It is ${label}, but it is read as ${digit} (${share}).`,
  mistakeOf: (at: number, of: number, index: number) =>
    `${at} of ${of}, test image ${index}. Of each mix-up the surest are here.`,
  noMistakes: "Of these weights no misread images are known here.",
  previous: "Previous",
  next: "Next",
  put: "Put it on the paper",
  mistakePicture: (label: number, digit: number) => `A test image, a ${label}, read as ${digit}.`,
  cases: "Your test cases",
  askLabel: "What is it really? Its digit keeps the drawing as a test case.",
  keep: (digit: number) => `Keep the drawing as a ${digit}`,
  score: (right: number, of: number) => `It reads ${right} of ${of} as you meant them.`,
  remove: (label: number, digit: number | null) =>
    `A ${label}${digit === null ? "" : `, read as ${digit}`}: take it out`,
  save: "Save drawing.npz",
  saved: "NumPy opens it: X (n, 28, 28), y (n).",
  network: "The network",
  comma: ", ",
  sizes: (sizes: string, name: string) => `${sizes}, ${name}`,
  accuracy: (share: string) => `test accuracy ${share}`,
  none: "This lab carries no network. Choose the weights.npz of a run, or drop it here.",
  choose: "Another weights.npz",
  drop: "Or drop it anywhere on this page; a network that you saved with np.savez(W1=W1, B1=B1, ...) too.",
  activationOf: "Activation of the hidden layers",
  scaleOf: "A pixel is divided by",
  back: "Back to the lab's own",
  cannot: (file: string, reason: string) => `Cannot read ${file}: ${reason}.`,
  tries: "Try",
  showExample: "Show this 4",
  example: "A 4 that is nearly a 9. Which pixels decide? Close its top, little by little.",
  tryList: [
    "Write small in a corner, then switch off “Scale and centre”: what does it read now?",
    "Choose the bar of a digit that lost: which pixels speak for it, and which against?",
    "Move over the units of layer 1, choose one: which strokes does it look for?",
    "Write a digit that everybody reads and the network does not. Keep it as a test case.",
  ],
};

export type DigitWords = typeof en;

const ja: DigitWords = {
  draw: "書く",
  pad: "数字を書く紙です。矢印キーでペンを動かし、スペースキーでペンを下ろしたり上げたりします。",
  empty: "ここに数字を書いてください",
  hint: "マウス・指・ペンで書きます。キーボードなら矢印で移動、スペースでペンを下ろします。",
  penDown: "ペンを下ろしています。矢印で線を引き、スペースで上げます。",
  pen: "ペン",
  pens: { thin: "細い", medium: "ふつう", thick: "太い", eraser: "消しゴム" },
  undo: "1 つ戻す",
  clear: "すべて消す",
  fit: "MNIST と同じように大きさと位置をそろえる",
  sees: "入力は 28 × 28 画素",
  show: "表示",
  shows: { ink: "インク", worth: "決め手の画素", pull: "インクを足すなら", unit: "ユニットの重み" },
  picture: (digit) =>
    digit === null
      ? "ネットワークへの入力になる 28 × 28 画素です。何も書かれていません。"
      : `ネットワークへの入力になる 28 × 28 画素です。${digit} と読まれています。`,
  inkFit: "MNIST と同じく、20 × 20 に収まる大きさにし、重心を 28 × 28 の中央に合わせています。",
  inkAsIs: "紙全体をそのまま 28 × 28 に縮めています。大きさも位置もそろえていません。",
  worth: (label, rival, most, lead) =>
    `1 画素だけ消したとき、橙の画素では ${label} の ${rival} に対するリードが縮み、青では広がります。いまのリードは ${lead}、1 画素による変化は最大 ${most} です。`,
  pull: (label, rival, most) =>
    `インクを足すと、橙の画素では ${label} が ${rival} に対して有利に、青では不利になります。リードの勾配で、最大 ${most} です。`,
  unit: (unit, most) =>
    `各画素から隠れ層 1 のユニット ${unit} への重みです。橙が正、青が負、大きさは最大 ${most} です。`,
  layers: "隠れ層",
  layer: (layer, units, name) => `第 ${layer} 層：${units} × ${name}`,
  layerPicture: (layer, units) =>
    `隠れ層 ${layer} の ${units} ユニットの出力です。矢印キーでユニットを選びます。`,
  activation: (unit, value) => `ユニット ${unit}：${value}`,
  noLayers: "隠れ層はなく、画素が 10 個の出力に直接つながっています。",
  says: "答え",
  ask: "何が決め手か見る",
  lead: (label, rival, lead) => `${label} の ${rival} に対するリード ${lead}（ロジット差）`,
  askWinner: "1 位の数字に戻す",
  blank: "何も書いていなくても答えは出ます。ソフトマックスの合計は必ず 1 だからです。",
  mistakes: "読み間違えた画像",
  isLabel: (label, digit, share) =>
    label === digit
      ? `正解は ${label}、答えも ${digit}（${share}）です。`
      : `正解は ${label}、答えは ${digit}（${share}）です。`,
  mistakeOf: (at, of, index) =>
    `${of} 枚中 ${at} 枚目（テスト画像 ${index}）。間違え方ごとに、確信度の高いものを集めています。`,
  noMistakes: "この重みが読み間違えた画像は、ここでは分かりません。",
  previous: "前へ",
  next: "次へ",
  put: "紙に置く",
  mistakePicture: (label, digit) => `テスト画像です。正解は ${label}、答えは ${digit} です。`,
  cases: "自分のテストデータ",
  askLabel: "正解はどれですか。数字を選ぶと、いまの絵をテストデータに加えます。",
  keep: (digit) => `いまの絵を ${digit} として加える`,
  score: (right, of) => `${of} 枚のうち ${right} 枚が正解です。`,
  remove: (label, digit) => `正解 ${label}${digit === null ? "" : `、答え ${digit}`}：取り除く`,
  save: "drawing.npz を保存",
  saved: "NumPy で開けます：X (n, 28, 28)、y (n)。",
  network: "ネットワーク",
  comma: "、",
  sizes: (sizes, name) => `${sizes}、${name}`,
  accuracy: (share) => `テスト正解率 ${share}`,
  none: "この実験室にはネットワークが入っていません。weights.npz を選ぶか、ここにドロップしてください。",
  choose: "別の weights.npz を選ぶ",
  drop:
    "このページのどこにドロップしても読み込みます。np.savez(W1=W1, B1=B1, ...) で保存した自作のネットワークも使えます。",
  activationOf: "隠れ層の活性化関数",
  scaleOf: "画素値を割る数",
  back: "もとのネットワークに戻す",
  cannot: (file, reason) => `${file} を読み取れません：${reason}。`,
  tries: "試してみよう",
  showExample: "この 4 を見る",
  example: "9 になりかけた 4 です。決め手はどの画素でしょう。上を少しずつ閉じてみましょう。",
  tryList: [
    "隅に小さく書いてから、「大きさと位置をそろえる」をオフにすると、答えはどう変わりますか。",
    "負けた数字の棒を選ぶと、どの画素がその数字の決め手で、どの画素が不利に働いていますか。",
    "第 1 層のユニットを選ぶと、どんな線に反応するか分かりますか。",
    "誰でも読めるのに、ネットワークには読めない数字を書いて、テストデータに加えましょう。",
  ],
};

export function digitWords(language: Language): DigitWords {
  return language === "ja" ? ja : en;
}
