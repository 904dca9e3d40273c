import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson, fingerprint, Fingerprints } from "../../../pipeline/store/fingerprint.ts";

Deno.test("canonicalJson() sorts keys at every depth and writes no spaces", () => {
  assert.equal(
    canonicalJson({ b: [{ d: 1, c: null }, "x"], a: { "é": true, Z: false, "10": 1, "9": 2 } }),
    '{"a":{"10":1,"9":2,"Z":false,"é":true},"b":[{"c":null,"d":1},"x"]}',
  );
});

Deno.test("canonicalJson() writes numbers as the shortest decimal, and -0 as 0", () => {
  assert.equal(
    canonicalJson([-0, 0.1 + 0.2, 1e-7, 1e21, 5e-324, 255]),
    "[0,0.30000000000000004,1e-7,1e+21,5e-324,255]",
  );
});

Deno.test("canonicalJson() reads back as the same value, whatever the order of the keys", () => {
  fc.assert(fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
    const text = canonicalJson(value);
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    assert.equal(canonicalJson(reversed(value)), text);
  }));
});

Deno.test("canonicalJson() writes a value the same beside a key that is a whole number, which takes another way", () => {
  fc.assert(fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
    const text = canonicalJson({ value });
    assert.equal(canonicalJson({ value, "0": 0 }), `{"0":0,${text.slice(1)}`);
    assert.equal(canonicalJson({ value, __proto__: null }), text);
  }));
  const deep = JSON.parse("[".repeat(300) + "]".repeat(300));
  assert.equal(canonicalJson(deep), JSON.stringify(deep));
});

Deno.test("canonicalJson() refuses what JSON would drop or change, and says where", () => {
  const cycle: { self?: unknown } = {};
  cycle.self = [cycle];
  for (
    const [value, place, found] of [
      [undefined, "value", "undefined"],
      [{ train: { epochs: undefined } }, "value.train.epochs", "undefined"],
      [[1, [NaN]], "value[1][0]", "NaN"],
      [{ a: -Infinity }, "value.a", "-Infinity"],
      [new Array(2), "value[0]", "undefined"],
      [{ at: new Date(0) }, "value.at", "a Date"],
      [new Map(), "value", "a Map"],
      [new Float32Array(1), "value", "a Float32Array"],
      [1n, "value", "a bigint"],
      [{ toJSON: () => 1 }, "value.toJSON", "a function"],
      [cycle, "value.self[0]", "a cycle"],
    ] as const
  ) {
    assert.throws(() => canonicalJson(value), {
      name: "TypeError",
      message: `Cannot write canonical JSON: ${place} must be a finite number, a string, a boolean, null, ` +
        `an array or a plain object, found ${found}`,
    });
  }
});

Deno.test("canonicalJson() writes an object that occurs twice, which is no cycle", () => {
  const shared = { a: 1 };
  assert.equal(canonicalJson([shared, { shared }]), '[{"a":1},{"shared":{"a":1}}]');
});

Deno.test("fingerprint() is the hash that Python computes of the same canonical JSON", () => {
  // hashlib.sha256(json.dumps(v, sort_keys=True, separators=(",", ":"),
  // ensure_ascii=False).encode()).hexdigest()
  const parameters = {
    hidden: [400, 200],
    learning_rate: 0.01,
    big: 1e21,
    zero: -0,
    text: '手書き"\n',
    none: null,
    yes: true,
    Z: 1,
    a: {},
  };
  assert.equal(
    fingerprint({ version: 3, parameters, step: "train", inputs: { dataset: "ab".repeat(32) } }),
    "2969ae87e23b535d3b2bed2e0968b34d288275d94b25ce720b1e59df91d0c214",
  );
});

Deno.test("fingerprint() depends on nothing but step, version, parameters and inputs", () => {
  const identity = { step: "train", version: 1, parameters: { a: 1 }, inputs: { dataset: "0".repeat(64) } };
  const withMore = { ...identity, outputs: {}, facts: [1] };
  assert.equal(fingerprint(withMore), fingerprint(identity));
  const changed = [
    { ...identity, step: "evaluate" },
    { ...identity, version: 2 },
    { ...identity, parameters: { a: 2 } },
    { ...identity, inputs: { dataset: "1".repeat(64) } },
  ];
  assert.equal(new Set([identity, ...changed].map(fingerprint)).size, 5);
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, reversed(member)]));
}

Deno.test("Fingerprints have those of fingerprint(), whatever a call shares with the last one", () => {
  const shared = fc.constantFrom(
    { hidden: [5], "10": 0 },
    { hidden: [5], b: { d: 1, c: null } },
    7,
    "x",
    null,
  );
  const parameters = fc.oneof(
    fc.dictionary(fc.constantFrom("model", "train", "é", "9"), fc.oneof(shared, fc.jsonValue())),
    fc.jsonValue(),
  );
  fc.assert(fc.property(fc.array(fc.tuple(parameters, fc.nat(3), fc.string()), { minLength: 2 }), (calls) => {
    const fingerprints = new Fingerprints();
    for (const [parameters, version, input] of calls) {
      const identity = { step: "train", version, parameters, inputs: { dataset: input } };
      assert.equal(fingerprints.of(identity), fingerprint(identity));
    }
  }));
});
