import type { Kernels } from "../kernels.ts";
import { denseIndex, padded } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/dense_*.ts, plainly. */
export function denseReference(
  { floats, round }: ReferenceContext,
): Pick<Kernels, "denseForward" | "denseBackward" | "denseUpdate" | "biasUpdate"> {
  const at = (pointer: number, r: number, n: number, rows: number) =>
    (pointer >>> 2) + denseIndex(r, n, rows);

  return {
    denseForward(a, w, bias, z, B, K, Np, _scratch, _room) {
      const Kp = padded(K);
      for (let b = 0; b < B; b++) {
        for (let n = 0; n < Np; n++) {
          let sum = floats[(bias >>> 2) + n];
          for (let k = 0; k < K; k++) {
            sum = round(sum + round(floats[at(a, b, k, B)] * floats[at(w, k, n, Kp)]));
          }
          floats[at(z, b, n, B)] = sum;
        }
      }
    },

    denseBackward(delta, w, da, B, Kp, Np, _zeros, _scratch, _room) {
      const lanes = new Float64Array(8);
      for (let b = 0; b < B; b++) {
        for (let k = 0; k < Kp; k++) {
          lanes.fill(0);
          for (let n = 0; n < Np; n++) {
            lanes[n & 7] = round(lanes[n & 7] + round(floats[at(delta, b, n, B)] * floats[at(w, k, n, Kp)]));
          }
          const [l0, l1, l2, l3] = [0, 1, 2, 3].map((i) => round(lanes[i] + lanes[i + 4]));
          floats[at(da, b, k, B)] = round(round(l0 + l2) + round(l1 + l3));
        }
      }
    },

    denseUpdate(a, delta, target, B, Kp, Np, scale, _zeros) {
      const s = round(scale);
      for (let k = 0; k < Kp; k++) {
        for (let n = 0; n < Np; n++) {
          let sum = 0;
          for (let b = 0; b < B; b++) {
            sum = round(sum + round(floats[at(a, b, k, B)] * floats[at(delta, b, n, B)]));
          }
          const i = at(target, k, n, Kp);
          floats[i] = round(floats[i] + round(s * sum));
        }
      }
    },

    biasUpdate(delta, target, B, Np, scale, _zeros) {
      const s = round(scale);
      for (let n = 0; n < Np; n++) {
        let sum = 0;
        for (let b = 0; b < B; b++) sum = round(sum + floats[at(delta, b, n, B)]);
        const i = (target >>> 2) + n;
        floats[i] = round(floats[i] + round(s * sum));
      }
    },
  };
}
