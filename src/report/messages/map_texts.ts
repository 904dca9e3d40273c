/** A copy of messages in which every text is changed, those too that functions of them give. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (typeof value === "function") {
    return ((...args: unknown[]) => {
      const said: unknown = value(...args);
      return typeof said === "string" ? change(said) : said;
    }) as T;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]),
  ) as T;
}
