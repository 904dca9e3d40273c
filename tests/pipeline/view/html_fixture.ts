import assert from "node:assert/strict";
import { createHash } from "node:crypto";

/** The text of a piece of HTML, its tags left out. */
export function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

/** The ids of a page's sections, in their order. */
export function sectionIds(html: string): string[] {
  return Array.from(html.matchAll(/<section id="([a-z]+)"/g), ([, id]) => id);
}

/** A section of a page. */
export function section(html: string, id: string): string {
  const [, found] = new RegExp(`<section id="${id}"(.*?)</section>`, "s").exec(html) ?? [];
  assert.ok(found !== undefined, `no section ${id}`);
  return found;
}

/** That every script that a page would run is one that a policy in it names by its hash, and that no other is let in. */
export function assertOwnScripts(html: string): void {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  const [, allowed = ""] = /script-src ([^;]*)/.exec(policy.replaceAll("&#39;", "'")) ?? [];
  assert.doesNotMatch(allowed, /unsafe|\*|http/);
  const scripts = Array.from(html.matchAll(/<script>(.*?)<\/script>/gs), ([, body]) => body);
  assert.ok(scripts.length > 0);
  for (const body of scripts) {
    assert.ok(allowed.includes(`'sha256-${createHash("sha256").update(body).digest("base64")}'`));
  }
}
