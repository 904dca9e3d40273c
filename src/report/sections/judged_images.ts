import type { JudgedImages } from "../../numpy/inspection_npz.ts";

/** How many of the most confident mistakes a figure shows: a grid of 6 x 6. */
export const MOST_CONFIDENT = 36;

/** The places of the misclassified images, the most confident error first, in the order of the inspection. */
export function mistakePlaces({ labels, predictions }: JudgedImages): number[] {
  return Array.from(labels, (_, place) => place).filter((place) => labels[place] !== predictions[place]);
}

/** A probability in percent, of which one that is not quite all or nothing never says so: 99.9%, >99.9%, <0.1%, 0%. */
export function formatShare(probability: number): string {
  if (probability <= 0) return "0%";
  if (probability < 0.001) return "<0.1%";
  if (probability > 0.999) return ">99.9%";
  return `${(100 * probability).toFixed(1)}%`;
}
