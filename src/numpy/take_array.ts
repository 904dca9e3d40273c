import type { NpyArray } from "./npy.ts";

/** The array of this name of an `inspection.npz`, if it is of the type and the shape; of a dimension that may have any length the shape has the name. */
export function takeArray<T extends NpyArray["data"]>(
  arrays: Readonly<Record<string, NpyArray>>,
  name: string,
  type: new (length: number) => T,
  shape: readonly (number | string)[],
): { shape: readonly number[]; data: T } {
  const array = arrays[name];
  if (array === undefined || !(array.data instanceof type)) {
    const found = array === undefined ? "none" : array.data.constructor.name;
    throw new SyntaxError(
      `Cannot read inspection.npz: ${name} must be an array of ${type.name}, found ${found}`,
    );
  }
  const fits = array.shape.length === shape.length &&
    shape.every((length, i) => typeof length === "string" || length === array.shape[i]);
  if (!fits) {
    throw new SyntaxError(
      `Cannot read inspection.npz: ${name} must be of shape (${shape.join(", ")}), found (${
        array.shape.join(", ")
      })`,
    );
  }
  return { shape: array.shape, data: array.data };
}
