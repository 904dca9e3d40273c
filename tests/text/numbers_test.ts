import assert from "node:assert/strict";
import { formatSigned } from "../../src/text/numbers.ts";

Deno.test("formatSigned() puts a plus or a minus before a number, leaves its exponent alone, and none before zero", () => {
  const cases = {
    "1.50": "+1.50",
    "-7.50": "−7.50",
    "0.00": "0.00",
    "-0.00": "0.00",
    "1.2e-7": "+1.2e-7",
    "-1e-7": "−1e-7",
  };
  for (const [text, signed] of Object.entries(cases)) assert.equal(formatSigned(text), signed);
});
