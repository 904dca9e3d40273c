// Breaks what everything is made of. An honest answer still has to arrive, for the grader stands on none of it.
export function forward() {
  const evil = () => {
    throw new Error("evil");
  };
  for (
    const name of [
      "map",
      "push",
      "join",
      "forEach",
      "slice",
      "includes",
      "reduce",
      "every",
      "concat",
      "indexOf",
    ]
  ) {
    Array.prototype[name] = evil;
  }
  Object.prototype.toJSON = () => "evil";
  Object.prototype.status = "ok";
  Object.prototype.source = "export const forward = () => 666";
  const trap = { __proto__: null, get: () => "evil", set: evil, configurable: true };
  for (const name of ["value", "then", "get", "kind", "seq", "reason", "message", "stack"]) {
    Object.defineProperty(Object.prototype, name, trap);
  }
  Number.prototype.toString = String.prototype.toString = evil;
  String.prototype.slice = String.prototype.replace = evil;
  Function.prototype.call = Function.prototype.apply = Function.prototype.bind = evil;
  JSON.stringify = JSON.parse = evil;
  Math.max =
    Math.min =
    Math.exp =
    Math.ceil =
      () => 666;
  Object.keys =
    Object.entries =
    Object.fromEntries =
    Object.hasOwn =
    Object.getOwnPropertyDescriptor =
      evil;
  Reflect.apply = Reflect.construct = Reflect.ownKeys = evil;
  Array.isArray = () => true;
  ArrayBuffer.isView = () => true;
  Uint8Array.prototype.set = evil;
  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  for (const name of ["set", "subarray", "slice", "fill"]) typed[name] = evil;
  TextEncoder.prototype.encode = TextDecoder.prototype.decode = evil;
  globalThis.Float64Array =
    globalThis.Uint8Array =
    globalThis.ArrayBuffer =
    globalThis.String =
      evil;
  globalThis.Error = globalThis.TypeError = evil;
  Error.prepareStackTrace = evil;
  Array.prototype[Symbol.iterator] = evil;
  Deno.stdout.writeSync = Deno.stdin.readSync = evil;
  return { W1: [[1, 2], [3, 4]], B1: [5, 6] };
}

export function loss({ X }) {
  return X[1][2];
}

export function gradients() {
  throw { name: "RangeError", message: "still told" };
}

// From here on this program cannot even be given an input.
export function misclassified() {
  const set = () => {
    throw 1;
  };
  Object.defineProperty(Array.prototype, "0", { __proto__: null, set });
  return [1];
}

export function step() {
  Promise.prototype.then = function () {
    return this;
  };
  return { W1: [[1]] };
}
