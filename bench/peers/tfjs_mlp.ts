// TensorFlow.js on its WebAssembly backend with SIMD, one thread: autograd and SGD, as its users train.
//
// Most of the time goes into products with a transposed operand, which this backend does without XNNPACK. Written by hand, with
// operands transposed before the products, the backward pass would make an epoch about twice as fast; nobody writes it so.

import * as tf from "@tensorflow/tfjs-core";
import { setThreadsCount, setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
// Registers the gradients, which core's bundle for Node leaves out.
import "@tensorflow/tfjs-layers";
import { loadImages } from "../data.ts";
import { readProgramArguments, serve } from "../serve.ts";

const { data, hidden, activation, batch, learningRate, sigma } = readProgramArguments(Deno.args);
const simd = "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";
setWasmPaths(new URL("./", import.meta.resolve(simd)).href);
setThreadsCount(1);
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
if (!await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT") || !await tf.setBackend("wasm")) {
  throw new Error("Cannot start TensorFlow.js: its wasm backend must run with SIMD, found that it does not");
}

const { pixels, labels, count } = await loadImages(data);
const features = pixels.length / count;
const X = tf.tensor2d(Float32Array.from(pixels, (pixel) => pixel / 255), [count, features]);
const Y = tf.oneHot(tf.tensor1d(labels, "int32"), 10, 1, 0, "float32");
const sizes = [features, ...hidden, 10];
const draw = (shape: number[]) => tf.variable(tf.randomNormal(shape, 0, sigma, "float32", 0));
const layers = sizes.slice(1).map((fanOut, l) => ({ W: draw([sizes[l], fanOut]), b: draw([fanOut]) }));
const activate = activation === "identity" ? (z: tf.Tensor) => z : tf[activation];
const optimizer = tf.train.sgd(learningRate);

function batchLoss(first: number, rows: number): tf.Scalar {
  let a: tf.Tensor = tf.slice(X, [first, 0], [rows, features]);
  layers.forEach(({ W, b }, l) => {
    const z = tf.add(tf.matMul(a, W), b);
    a = l + 1 < layers.length ? activate(z) : z;
  });
  return tf.losses.softmaxCrossEntropy(tf.slice(Y, [first, 0], [rows, 10]), a);
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
