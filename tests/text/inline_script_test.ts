import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { inlineScript, inlineStyle } from "../../src/text/inline_script.ts";
import { testInChromium } from "../chromium.ts";

const LINES = ['document.title = "it " +', '  "ran";', "// the end", ""];

Deno.test("a script whose lines end as on Windows has the hash of what a browser reads", () => {
  const sha256 = createHash("sha256").update(LINES.join("\n")).digest("base64");
  for (const end of ["\n", "\r\n", "\r"]) {
    const { text, policy } = inlineScript(LINES.join(end));
    assert.equal(text, LINES.join("\n"));
    assert.equal(policy, `'sha256-${sha256}'`);
    assert.equal(inlineStyle(LINES.join(end)).policy, policy);
  }
});

testInChromium(
  "scripts and styles whose lines end as on Windows are let in by their page's policy",
  async ({ browser }) => {
    const page = await browser.newPage();
    const script = inlineScript(LINES.join("\r\n"));
    const style = inlineStyle("body {\r\n  color: rgb(1, 2, 3);\r\n}\r\n");
    await page.setContent(
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${script.policy}; ` +
        `style-src ${style.policy}"><style>${style.text}</style><body><script>${script.text}</script></body>`,
    );
    assert.equal(await page.title(), "it ran");
    assert.equal(await page.evaluate("getComputedStyle(document.body).color"), "rgb(1, 2, 3)");
  },
);
