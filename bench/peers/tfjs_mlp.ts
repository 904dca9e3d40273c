// TensorFlow.js on its WebAssembly backend with SIMD, one thread: autograd and its optimizers, as its users train.
//
// Most of the time goes into products with a transposed operand, which this backend does without XNNPACK. With the backward pass written
// by hand and operands transposed before the products, an epoch would take about 0.3 of the time, but that is not how its users write.

import * as tf from "@tensorflow/tfjs-core";
import { setThreadsCount, setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
// Registers the gradients, which core's bundle for Node leaves out.
import "@tensorflow/tfjs-layers";
import { loadImages } from "../data.ts";
import { readProgramArguments, serve } from "../serve.ts";

const { data, hidden, activation, batch, optimizer: name, learningRate, sigma } = readProgramArguments(Deno.args);
const simd = "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";
setWasmPaths(new URL("./", import.meta.resolve(simd)).href);
setThreadsCount(1);
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
if (!await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT") || !await tf.setBackend("wasm")) {
  throw new Error("Cannot start TensorFlow.js: its wasm backend must run with SIMD, found that it does not");
}

const { pixels, labels, count } = await loadImages(data);
const features = pixels.length / count;
const X = new Float32Array(pixels);
for (let i = 0; i < X.length; i++) X[i] /= 255;
const Y = new Float32Array(10 * count);
labels.forEach((label, i) => Y[10 * i + label] = 1);
const sizes = [features, ...hidden, 10];
const draw = (shape: number[], seed: number) =>
  tf.variable(tf.randomNormal(shape, 0, sigma, "float32", seed));
const layers = sizes.slice(1).map((fanOut, l) => ({
  W: draw([sizes[l], fanOut], 2 * l),
  b: draw([fanOut], 2 * l + 1),
}));
const ACTIVATIONS: Readonly<Record<string, (z: tf.Tensor) => tf.Tensor>> = {
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  relu: tf.relu,
};
const activate = ACTIVATIONS[activation];
const optimizer = tf.train[name](learningRate);

/** Mean cross-entropy. The batch is made from arrays: this backend's tf.slice() copies all of the tensor that it slices. */
function batchLoss(first: number, rows: number): tf.Scalar {
  const y = tf.tensor2d(Y.subarray(10 * first, 10 * (first + rows)), [rows, 10]);
  let a: tf.Tensor = tf.tensor2d(X.subarray(features * first, features * (first + rows)), [rows, features]);
  layers.forEach(({ W, b }, l) => {
    const z = tf.add(tf.matMul(a, W), b);
    a = l + 1 < layers.length ? activate(z) : z;
  });
  return tf.losses.softmaxCrossEntropy(y, a);
}

await serve(`TensorFlow.js ${version_wasm}, wasm backend with SIMD`, (images) => {
  const start = performance.now();
  let total = 0;
  for (let first = 0; first < images; first += batch) {
    const rows = Math.min(batch, images - first);
    const loss = optimizer.minimize(() => batchLoss(first, rows), true);
    if (loss) total += loss.dataSync()[0] * rows;
    loss?.dispose();
  }
  return { seconds: (performance.now() - start) / 1000, loss: total / images };
});
