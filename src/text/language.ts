/** The languages that people can read results in. */
export const LANGUAGES = ["en", "ja"] as const;
/** A language that people can read results in. */
export type Language = (typeof LANGUAGES)[number];

/** The same text in each of them. */
export type Texts = Readonly<Record<Language, string>>;
