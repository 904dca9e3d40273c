import assert from "node:assert/strict";
import fc from "fast-check";
import { formatAddress, paramsOf, parseAddress, valuesOf } from "../../../src/lab/address/address.ts";
import { flag, listOf, numberIn, oneOf, wholeIn } from "../../../src/lab/address/fields.ts";
import { PAGE_NAMES } from "../../../src/lab/page.ts";

const FIELDS = {
  shape: oneOf(["xor", "moons"], "xor"),
  rate: numberIn({ least: -10, most: 10 }, 0.1),
  count: wholeIn({ least: 1, most: 400 }, 100),
  held: flag(false),
  hidden: listOf(wholeIn({ least: 1, most: 16 }, 1), { most: 4, initial: [3, 2] }),
};

const values = fc.record({
  shape: fc.constantFrom("xor" as const, "moons" as const),
  rate: fc.double({ min: -10, max: 10, noNaN: true }).map((rate) => rate + 0), // -0 is written as 0
  count: fc.integer({ min: 1, max: 400 }),
  held: fc.boolean(),
  hidden: fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 4 }),
}, { noNullPrototype: true });

Deno.test("a link gives back the state that it was written from", () => {
  fc.assert(
    fc.property(
      values,
      fc.constantFrom(...PAGE_NAMES),
      fc.constantFrom("en" as const, "ja" as const, null),
      (state, page, language) => {
        const link = formatAddress({ page, language, params: paramsOf(FIELDS, state) });
        const { params, ...address } = parseAddress(link);
        assert.deepEqual(address, { page, language, refused: [] });
        assert.deepEqual(valuesOf(FIELDS, params), { values: state, refused: [] });
      },
    ),
  );
});

Deno.test("what is as at first is not in a link", () => {
  const { values } = valuesOf(FIELDS, {});
  assert.equal(
    formatAddress({ page: "playground", language: null, params: paramsOf(FIELDS, values) }),
    "#/playground",
  );
});

Deno.test("what a link says that cannot be read is as at first, and named", () => {
  const wrong = {
    shape: ["spiral", "", "XOR", "constructor"],
    rate: ["11", "-10.1", "1e", "0x1", "NaN", "Infinity", "1,5", " 1", ""],
    count: ["0", "401", "1.5", "1e9", "-3"],
    held: ["true", "2", ""],
    hidden: ["0", "17", "1.2.3.4.5", "1..2", "a"],
  };
  const initial = valuesOf(FIELDS, {}).values;
  for (const [name, texts] of Object.entries(wrong)) {
    for (const text of texts) {
      const { params } = parseAddress(`#/rules?${new URLSearchParams({ [name]: text })}`);
      assert.deepEqual(valuesOf(FIELDS, params), { values: initial, refused: [name] }, `${name}=${text}`);
    }
  }
  for (const name of ["colour", "__proto__", "constructor", "toString"]) {
    assert.deepEqual(valuesOf(FIELDS, parseAddress(`#/rules?${name}=1`).params).refused, [name]);
  }
});

Deno.test("an address that names no page is the first one's, whatever it says", () => {
  for (
    const hash of ["", "#", "#/", "#/nowhere", "#rules", "#/constructor", "#/%E0%A4%A", "#/rules?%E0%A4%A"]
  ) {
    assert.equal(parseAddress(hash).page, PAGE_NAMES[0], hash);
  }
  assert.equal(parseAddress("#/graph?lang=fr").language, null);
});

Deno.test("a link to no page, or in no language, is named, and what it says of that page is not taken for another's", () => {
  const first = { page: PAGE_NAMES[0], params: {} };
  assert.deepEqual(parseAddress("#/plaground?lang=ja&data=xor"), {
    ...first,
    language: "ja",
    refused: ["plaground"],
  });
  assert.deepEqual(parseAddress("#/graph?lang=fr&step=2"), {
    page: "graph",
    language: null,
    params: { step: "2" },
    refused: ["lang"],
  });
  for (const none of ["", "#", "#/", "#/?"]) {
    assert.deepEqual(parseAddress(none), { ...first, language: null, refused: [] });
  }
});
