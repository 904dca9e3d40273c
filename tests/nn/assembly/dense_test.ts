import { padded } from "../../../src/nn/memory.ts";
import { type Draw, eachKind } from "./each_kind.ts";
import { BATCHES, PADDED, UNITS } from "./sizes.ts";
import { TwinMemory } from "./twin_memory.ts";

const FLOAT = 4;
const memory = new TwinMemory(1 << 20);

function testForward(
  draw: Draw,
  kind: string,
  { B, K, Np, room }: Record<"B" | "K" | "Np" | "room", number>,
) {
  memory.clear();
  const a = memory.place(draw(padded(K) * B));
  const w = memory.place(draw(padded(K) * Np));
  const bias = memory.place(draw(Np));
  const scratch = memory.room(room);
  const z = memory.room(FLOAT * B * Np);
  memory.run(
    (kernels) => kernels.denseForward(a.at, w.at, bias.at, z.at, B, K, Np, scratch.at, room),
    {
      name: `denseForward(B ${B}, K ${K}, Np ${Np}, room ${room}), ${kind},`,
      written: [z],
      scratch: [scratch],
    },
  );
}

function testBackward(
  draw: Draw,
  kind: string,
  { B, Kp, Np, room }: Record<"B" | "Kp" | "Np" | "room", number>,
) {
  memory.clear();
  const delta = memory.place(draw(B * Np));
  const w = memory.place(draw(Kp * Np));
  const zeros = memory.place(new Float32Array(32));
  const scratch = memory.room(room);
  const da = memory.room(FLOAT * B * Kp);
  memory.run(
    (kernels) => kernels.denseBackward(delta.at, w.at, da.at, B, Kp, Np, zeros.at, scratch.at, room),
    {
      name: `denseBackward(B ${B}, Kp ${Kp}, Np ${Np}, room ${room}), ${kind},`,
      written: [da],
      scratch: [scratch],
    },
  );
}

Deno.test("denseForward() gives the reference's bits for every batch, fan-in and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const K of UNITS) {
        for (const Np of PADDED) testForward(draw, kind, { B, K, Np, room: 1 << 14 });
      }
    }
  });
});

Deno.test("denseForward() gives the reference's bits with room for every number of tiles, or for none", () => {
  const tile = 256 * 3; // 4 rows of 3 panels
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const room of [0, tile - 1, tile, 2 * tile, 3 * tile + 100]) {
        testForward(draw, kind, { B, K: 40, Np: 32, room });
      }
    }
  });
});

Deno.test("denseBackward() gives the reference's bits for every batch and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const Kp of PADDED) {
        for (const Np of PADDED) testBackward(draw, kind, { B, Kp, Np, room: 1 << 14 });
      }
    }
  });
});

Deno.test("denseBackward() gives a wide layer's bits with room for every number of blocks of rows, or for none", () => {
  eachKind((draw, kind) => {
    for (const Np of [272, 528]) {
      const least = 2048 + 64 * Np; // partial sums and the weights of 16 inputs
      for (const B of [15, 16, 20, 33, 67]) {
        for (const blocks of [-1, 0, 1, 2, 3, 4]) {
          const room = blocks < 0 ? 256 : least + 64 * Np * blocks + 4;
          testBackward(draw, kind, { B, Kp: 32, Np, room });
        }
      }
    }
  });
});

Deno.test("denseUpdate() gives the reference's bits for every batch and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of [...BATCHES, 131]) {
      for (const Kp of PADDED) {
        for (const Np of PADDED) {
          memory.clear();
          const a = memory.place(draw(B * Kp));
          const delta = memory.place(draw(B * Np));
          const zeros = memory.place(new Float32Array(32));
          const target = memory.place(draw(Kp * Np));
          memory.run(
            (kernels) => kernels.denseUpdate(a.at, delta.at, target.at, B, Kp, Np, -0.013, zeros.at),
            { name: `denseUpdate(B ${B}, Kp ${Kp}, Np ${Np}), ${kind},`, written: [target] },
          );
        }
      }
    }
  });
});

Deno.test("biasUpdate() gives the reference's bits for every batch and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const Np of PADDED) {
        for (const scale of [-0.013, 1]) {
          memory.clear();
          const delta = memory.place(draw(B * Np));
          const zeros = memory.place(new Float32Array(32));
          const target = memory.place(draw(Np));
          memory.run((kernels) => kernels.biasUpdate(delta.at, target.at, B, Np, scale, zeros.at), {
            name: `biasUpdate(B ${B}, Np ${Np}, scale ${scale}), ${kind},`,
            written: [target],
          });
        }
      }
    }
  });
});

Deno.test("the dense kernels overflow to infinity where the reference does", () => {
  const huge = (n: number) => new Float32Array(n).fill(3e38); // all of one sign: infinity, never NaN
  const [B, Kp, Np] = [5, 32, 48];
  memory.clear();
  const a = memory.place(huge(B * Kp));
  const w = memory.place(huge(Kp * Np));
  const bias = memory.place(huge(Np));
  const delta = memory.place(huge(B * Np));
  const zeros = memory.place(new Float32Array(32));
  const room = 1 << 14;
  const scratch = memory.room(room);
  const z = memory.room(FLOAT * B * Np);
  const da = memory.room(FLOAT * B * Kp);
  const name = "an overflowing kernel";
  memory.run(
    (kernels) => kernels.denseForward(a.at, w.at, bias.at, z.at, B, Kp, Np, scratch.at, room),
    { name, written: [z], scratch: [scratch] },
  );
  memory.run(
    (kernels) => kernels.denseBackward(delta.at, w.at, da.at, B, Kp, Np, zeros.at, scratch.at, room),
    { name, written: [da], scratch: [scratch] },
  );
  memory.run((kernels) => kernels.denseUpdate(a.at, delta.at, w.at, B, Kp, Np, 1, zeros.at), {
    name,
    written: [w],
  });
  memory.run((kernels) => kernels.biasUpdate(delta.at, bias.at, B, Np, 1, zeros.at), {
    name,
    written: [bias],
  });
});
