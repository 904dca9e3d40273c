import assert from "node:assert/strict";
import fc from "fast-check";
import { FORMAT } from "../../../pipeline/machines/agreement.ts";
import { decodeParcel, encodeParcel, planParts } from "../../../pipeline/machines/parcel.ts";
import type { Header } from "../../../pipeline/machines/schemas.ts";

const KEY = { format: FORMAT, fingerprint: "0a".repeat(32), stage: 3, machine: null } as const;
const NAMES = ["body", "weights", "optimizer", "diagnostics", "predictions"] as const;

const blobs = fc.tuple(...NAMES.map(() => fc.uint8Array({ maxLength: 300 }))).map((bytes) =>
  Object.fromEntries(NAMES.map((name, i) => [name, bytes[i]])) as Record<(typeof NAMES)[number], Uint8Array>
);

function parcel(blobs: Record<(typeof NAMES)[number], Uint8Array>): Uint8Array {
  const header: Header = { kind: "state", ...KEY, parts: planParts(blobs) };
  return encodeParcel(header, blobs);
}

Deno.test("a parcel that is read has the bytes that were put in", () => {
  fc.assert(fc.property(blobs, (blobs) => {
    const { header, inline } = decodeParcel(parcel(blobs));
    assert.equal(header.kind, "state");
    for (const name of NAMES) assert.deepEqual([...inline.get(name)!], [...blobs[name]], name);
  }));
});

Deno.test("a parcel of which a byte is another, or is missing, is refused with an error, whichever it is", () => {
  fc.assert(fc.property(blobs, fc.nat(), fc.integer({ min: 1, max: 255 }), (blobs, place, other) => {
    const sound = parcel(blobs);
    const spoiled = sound.slice();
    spoiled[place % sound.length] ^= other;
    try {
      const { header, inline } = decodeParcel(spoiled);
      // What the header says of the run alone is compared with the subject.
      assert.notDeepEqual(header, decodeParcel(sound).header);
      for (const name of NAMES) assert.deepEqual([...inline.get(name)!], [...blobs[name]], name);
    } catch (error) {
      assert.ok(error instanceof Error);
    }
    assert.throws(() => decodeParcel(sound.subarray(0, place % sound.length)));
  }));
});

Deno.test("small parts go along, large ones as objects", () => {
  const large = new Uint8Array(300_000), small = new Uint8Array(200_000);
  const parts = planParts({ body: small, weights: large, optimizer: new Uint8Array(60_000) });
  assert.deepEqual([parts.body.inline, parts.weights.inline, parts.optimizer.inline], [true, false, true]);
});
