import { type Parameters, tensor } from "../batch.ts";
import { sameShape, type Tensors } from "../tensors.ts";

/**
 * How far parameters moved, divided by the learning rate: the gradient, where the step was one of plain gradient descent. A tensor that
 * has changed its shape is left as it is found.
 */
export function updates(
  start: Parameters,
  moved: Tensors,
  learningRate: number,
): Tensors {
  return Object.fromEntries(
    Object.entries(moved).filter(([name]) => Object.hasOwn(start, name)).map(([name, found]) => {
      const { shape, data } = start[name];
      if (!sameShape(found.shape, shape)) return [name, found];
      return [name, tensor(shape, (i) => (data[i] - found.data[i]) / learningRate)];
    }),
  );
}
