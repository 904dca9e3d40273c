import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeFrame, type Frame, ReplyReader } from "../../../../pipeline/grade/sandbox/frames.ts";

const NONCE = Uint8Array.from({ length: 32 }, (_, i) => i % 7);
const frames = fc.record({
  header: fc.string({ unit: "grapheme", minLength: 1 }),
  numbers: fc.float64Array({ maxLength: 5 }),
}, { noNullPrototype: true });
/** Without the nonce, but with what looks like its beginning. */
const noise = fc.array(fc.nat({ max: 6 }), { maxLength: 80 }).map((bytes) => Uint8Array.from(bytes))
  .filter((bytes) => !bytes.join().includes(NONCE.join()));

Deno.test("frames are found among other bytes, in whatever pieces they come", () => {
  const parts = fc.array(fc.oneof(frames, noise), { maxLength: 6 });
  fc.assert(fc.property(parts, fc.integer({ min: 1, max: 50 }), (sent, size) => {
    const bytes = concat(
      sent.map((part) =>
        part instanceof Uint8Array ? part : concat([NONCE, encodeFrame({ ...part, numbers: [part.numbers] })])
      ),
    );
    // Noise beside noise can make a nonce, or noise before a frame lengthen one: then nothing can be told.
    fc.pre(count(bytes) === sent.filter((part) => !(part instanceof Uint8Array)).length);
    const reader = new ReplyReader(NONCE, 100);
    const found: Frame[] = [];
    let printed = 0;
    for (let at = 0; at < bytes.length; at += size) {
      const result = reader.push(bytes.subarray(at, at + size));
      found.push(...result.frames);
      printed += result.printed;
    }
    const expected = sent.filter((part) => !(part instanceof Uint8Array));
    assert.deepEqual(found, expected);
    const noisy = sent.reduce((total, part) => total + (part instanceof Uint8Array ? part.length : 0), 0);
    assert.ok(printed <= noisy && printed > noisy - NONCE.length - 8, `${printed} of ${noisy}`);
  }));
});

Deno.test("a frame of too many numbers is refused before it is received", () => {
  const reader = new ReplyReader(NONCE, 3);
  const frame = encodeFrame({ header: "{}", numbers: [new Float64Array(4)] });
  assert.throws(() => reader.push(concat([NONCE, frame.subarray(0, 8)])), {
    name: "SyntaxError",
    message: "Cannot read a reply: it must be smaller, found 2, 4",
  });
});

Deno.test("a header of too many bytes is refused before it is received", () => {
  const lengths = Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 0);
  assert.throws(() => new ReplyReader(NONCE, 3).push(concat([NONCE, lengths])), SyntaxError);
});

function count(bytes: Uint8Array): number {
  let found = 0;
  for (let at = 0; at + NONCE.length <= bytes.length; at++) {
    if (NONCE.every((byte, i) => bytes[at + i] === byte)) found++;
  }
  return found;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
