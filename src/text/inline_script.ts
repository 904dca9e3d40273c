import { sha256 } from "@noble/hashes/sha2.js";

/** Data as JSON that cannot end the script element which holds it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A script as it stands in a page: nothing in it ends its element. */
export function inlineScript(script: string): string {
  return script.replaceAll("</script", "<\\/script");
}

/** How a page's policy names a script or a style that is in it, by its exact text: `'sha256-...'`. */
export function policyHash(text: string): string {
  return `'sha256-${sha256(new TextEncoder().encode(text)).toBase64()}'`;
}
