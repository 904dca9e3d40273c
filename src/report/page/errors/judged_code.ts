// How the page holds what networks say of images: a text, in which a judgement takes some twenty characters.

import { decodeNumbers, encodeNumbers } from "../code.ts";

/** A network's answer to one image of the page. */
export interface Judgement {
  /** The image's number among those of the page. */
  readonly image: number;
  readonly predicted: number;
  /** By class, in thousandths: 1000 is more than 99.9 %, 0 less than 0.05 %. */
  readonly permille: readonly number[];
}

/** The image, the prediction, then each class of which the probability is not 0, and that. */
export function encodeJudgements(judgements: readonly Judgement[]): string {
  return judgements.map(({ image, predicted, permille }) => {
    const shares = permille.flatMap((share, label) => share === 0 ? [] : [label, share]);
    return encodeNumbers([image, predicted, ...shares]);
  }).join(" ");
}

export function decodeJudgements(code: string, classes: number): Judgement[] {
  if (code === "") return [];
  return code.split(" ").map((text) => {
    const [image, predicted, ...shares] = decodeNumbers(text);
    const permille = new Array<number>(classes).fill(0);
    for (let i = 0; i < shares.length; i += 2) permille[shares[i]] = shares[i + 1];
    return { image, predicted, permille };
  });
}
