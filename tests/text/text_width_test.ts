import assert from "node:assert/strict";
import fc from "fast-check";
import { withoutControls } from "../../src/text/controls.ts";
import { cutToWidth, fitToWidth, textWidth, wrapToWidth } from "../../src/text/text_width.ts";
import { texts } from "../pipeline/progress/sample_events.ts";

Deno.test("textWidth() counts two columns for East Asian wide characters and emoji, none for combining marks", () => {
  assert.equal(textWidth(""), 0);
  assert.equal(textWidth("hidden=400"), 10);
  assert.equal(textWidth("学習率=0.01"), 11);
  assert.equal(textWidth("ガ"), 2);
  assert.equal(textWidth("한국"), 4);
  assert.equal(textWidth("e\u0301"), 1);
  assert.equal(textWidth("🎉"), 2);
  assert.equal(textWidth("█░…"), 3);
});

Deno.test("cutToWidth() keeps what fits and ends what it cuts with an ellipsis", () => {
  assert.equal(cutToWidth("abcdef", 6), "abcdef");
  assert.equal(cutToWidth("abcdef", 5), "abcd…");
  assert.equal(cutToWidth("abcdef", 1), "…");
  assert.equal(cutToWidth("abcdef", 0), "");
  assert.equal(cutToWidth("学習率", 5), "学習…");
  assert.equal(cutToWidth("学習率", 4), "学…");
});

Deno.test("cutToWidth() never exceeds the width, and fitToWidth() meets it exactly, for any text", () => {
  fc.assert(fc.property(texts.map((text) => withoutControls(text)), fc.nat(50), (text, width) => {
    assert.ok(textWidth(cutToWidth(text, width)) <= width);
    assert.equal(textWidth(fitToWidth(text, width)), width);
  }));
});

Deno.test("withoutControls() leaves nothing that could move the cursor", () => {
  assert.equal(withoutControls("a\x1b[2Jb\r\nc\x07\x9b1A"), "a [2Jb  c  1A");
  assert.equal(withoutControls("first\nsecond\t", { keepLines: true }), "first\nsecond ");
});

Deno.test("wrapToWidth() breaks at spaces and between wide characters, and begins no line with a full stop or a closing bracket", () => {
  assert.equal(wrapToWidth("a bb ccc dddd", 6), "a bb\nccc\ndddd");
  assert.equal(wrapToWidth("重みの初期値を決めます。", 8), "重みの初\n期値を決\nめます。");
  assert.equal(wrapToWidth("重みの初期、値を", 10), "重みの初\n期、値を");
  assert.equal(wrapToWidth("値（省略時: 2）です", 10), "値（省略\n時: 2）で\nす");
  assert.equal(wrapToWidth("config.yaml", 4), "config.yaml");
  assert.equal(wrapToWidth("a\n\nb c", 1), "a\n\nb\nc");
});

Deno.test("wrapToWidth() loses nothing but spaces, and no line is wider unless it cannot be broken", () => {
  fc.assert(
    fc.property(
      texts.map((text) => withoutControls(text)),
      fc.integer({ min: 2, max: 50 }),
      (text, width) => {
        const wrapped = wrapToWidth(text, width);
        assert.equal(wrapped.replaceAll(/\s/g, ""), text.replaceAll(/\s/g, ""));
        for (const line of wrapped.split("\n")) {
          if (textWidth(line) > width) assert.equal(wrapToWidth(line, width), line);
        }
      },
    ),
  );
});
