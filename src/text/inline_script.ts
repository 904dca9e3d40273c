import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64 } from "./base64.ts";

/** Data as JSON that cannot end the script element which holds it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A script as it stands in a page, where nothing in it ends its element, and how the page's policy names it. */
export interface InlineScript {
  readonly text: string;
  readonly policy: string;
}

/** @param hash SHA-256 of a text in base64, for who has it faster */
export function inlineScript(script: string, hash = sha256Base64): InlineScript {
  const text = script.replaceAll("</script", "<\\/script");
  return { text, policy: policyHash(text, hash) };
}

/** How a page's policy names a script or a style that is in it, by its exact text: `'sha256-...'`. */
export function policyHash(text: string, hash = sha256Base64): string {
  return `'sha256-${hash(text)}'`;
}

function sha256Base64(text: string): string {
  return toBase64(sha256(new TextEncoder().encode(text)));
}
