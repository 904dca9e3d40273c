/**
 * Floating-point operations by which a dense implementation trains on one image: 2 (a multiplication and an addition) for each weight
 * in the forward pass, in the gradient by the weights and, but for the first layer, in the gradient by its input. Activations, loss and
 * biases are not counted.
 *
 * @param sizes units from the features to the classes
 */
export function trainingFlops(sizes: readonly number[]): number {
  let multiplyAdds = 0;
  for (let l = 1; l < sizes.length; l++) multiplyAdds += (l === 1 ? 2 : 3) * sizes[l - 1] * sizes[l];
  return 2 * multiplyAdds;
}

/**
 * What our kernels of matrix products really do to train on `images` images once: zeros that are skipped, and padding, not counted.
 *
 * @param options.nonZeros pixels that are not zero in all images; null where rows are stored dense
 */
export function kernelFlops(
  sizes: readonly number[],
  { images, nonZeros }: { images: number; nonZeros: number | null },
): Record<string, number> {
  let upper = 0;
  for (let l = 2; l < sizes.length; l++) upper += 2 * images * sizes[l - 1] * sizes[l];
  if (nonZeros === null) {
    const first = 2 * images * sizes[0] * sizes[1];
    return { denseForward: first + upper, denseBackward: upper, denseUpdate: first + upper };
  }
  const first = 2 * nonZeros * sizes[1];
  return {
    sparseForward: first,
    sparseUpdate: first,
    denseForward: upper,
    denseBackward: upper,
    denseUpdate: upper,
  };
}
