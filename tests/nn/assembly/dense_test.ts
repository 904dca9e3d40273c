import { padded } from "../../../src/nn/panels.ts";
import { eachKind } from "./each_kind.ts";
import { BATCHES, PADDED, UNITS } from "./sizes.ts";
import { TwinMemory } from "./twin_memory.ts";

const FLOAT = 4;
const memory = new TwinMemory(1 << 20);

Deno.test("denseForward() gives the reference's bits for every batch, fan-in and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const K of UNITS) {
        for (const Np of PADDED) {
          memory.clear();
          const a = memory.place(draw(padded(K) * B));
          const w = memory.place(draw(padded(K) * Np));
          const bias = memory.place(draw(Np));
          const z = memory.room(FLOAT * B * Np);
          memory.run((kernels) => kernels.denseForward(a.at, w.at, bias.at, z.at, B, K, Np), {
            name: `denseForward(B ${B}, K ${K}, Np ${Np}), ${kind},`,
            written: [z],
          });
        }
      }
    }
  });
});

Deno.test("denseBackward() gives the reference's bits for every batch and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const Kp of PADDED) {
        for (const Np of PADDED) {
          memory.clear();
          const delta = memory.place(draw(B * Np));
          const w = memory.place(draw(Kp * Np));
          const zeros = memory.place(new Float32Array(32));
          const scratch = memory.room(256);
          const da = memory.room(FLOAT * B * Kp);
          memory.run(
            (kernels) => kernels.denseBackward(delta.at, w.at, da.at, B, Kp, Np, zeros.at, scratch.at),
            {
              name: `denseBackward(B ${B}, Kp ${Kp}, Np ${Np}), ${kind},`,
              written: [da],
              scratch: [scratch],
            },
          );
        }
      }
    }
  });
});

Deno.test("denseUpdate() gives the reference's bits for every batch and panel count", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
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
  const scratch = memory.room(256);
  const z = memory.room(FLOAT * B * Np);
  const da = memory.room(FLOAT * B * Kp);
  const name = "an overflowing kernel";
  memory.run((kernels) => kernels.denseForward(a.at, w.at, bias.at, z.at, B, Kp, Np), { name, written: [z] });
  memory.run(
    (kernels) => kernels.denseBackward(delta.at, w.at, da.at, B, Kp, Np, zeros.at, scratch.at),
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
