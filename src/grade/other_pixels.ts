/** Pixels on which a notebook trained: not divided by 255, divided twice, or made otherwise, as standardised ones. */
export type OtherPixels = "as_they_are" | "divided_twice" | "other";
