import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64 } from "./base64.ts";

/** Data as JSON that cannot end the script element which holds it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A script or a style as it stands in a page, where nothing in it ends its element, and how the page's policy names it. */
export interface InlineText {
  readonly text: string;
  readonly policy: string;
}

/** @param hash SHA-256 of a text in base64, for who has it faster */
export function inlineScript(script: string, hash = sha256Base64): InlineText {
  return inlineText(script.replaceAll("</script", "<\\/script"), hash);
}

export function inlineStyle(style: string): InlineText {
  return inlineText(style, sha256Base64);
}

/** A policy has the hash of what a browser reads, for which every end of a line is one LF: a file from Windows may have others. */
function inlineText(given: string, hash: (text: string) => string): InlineText {
  const text = given.replaceAll(/\r\n?/g, "\n");
  return { text, policy: `'sha256-${hash(text)}'` };
}

function sha256Base64(text: string): string {
  return toBase64(sha256(new TextEncoder().encode(text)));
}
