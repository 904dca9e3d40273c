/**
 * What runs in a student's process before, between and after the student's code: reads requests from standard input, calls the student's
 * functions, writes replies to standard output. It is trusted, and shares its realm with code that is not, so:
 *
 * - All that it needs once the student's module is loaded is captured before, in constants and bound functions. After that it looks nothing
 *   up that the student could have patched: no methods, no iterators, no `length` of typed arrays, no element of an array it did not fill.
 * - A reply begins with a secret that the grader sent first. The student's code can write to standard output as it likes, and read standard
 *   input too, but it cannot write a reply: it never sees the secret. That lies in a typed array in this module's scope, where neither a
 *   heap snapshot nor a stack trace shows it.
 * - It reads and writes synchronously: between calls nothing of the student's runs on this thread.
 *
 * Everything a student's value can do while it is read (getters, proxies, thenables) happens to the student's own process, within the time
 * of the call. It has no imports and no exports, for the student's code can import any module that is loaded already. See frames.ts and
 * values.ts for the form of messages.
 */

/** A request's header. Each kind has all its fields, so that none is ever looked up in a patched `Object.prototype`. */
type Request =
  | { readonly seq: number; readonly kind: "load"; readonly source: string; readonly replyNumbers: number }
  | { readonly seq: number; readonly kind: "call"; readonly name: string; input: unknown };

type Named = Record<string, unknown>;

/** As read_result.ts has it, from which nothing can be imported here. */
const CLASS = "ScratchSimpleNeuralNetworkClassifier";

/** The student's class, made: what docs/grading.md asks of it. */
interface Model extends Named {
  fit(...data: readonly unknown[]): unknown;
  predict(X: unknown): unknown;
}

/** The numbers of a request, and how many of them are taken. */
interface Supply {
  readonly numbers: Float64Array;
  taken: number;
}

const { apply, construct, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { keys } = Object;
const { isArray } = Array;
const { parse, stringify } = JSON;
const asText = String;
const [Bytes, Lengths, Numbers, Shape] = [Uint8Array, Uint32Array, Float64Array, Int32Array];
const Buffer = ArrayBuffer;
const read = Deno.stdin.readSync.bind(Deno.stdin);
const write = Deno.stdout.writeSync.bind(Deno.stdout);
const exit: (code: number) => never = Deno.exit;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const decoder = new TextDecoder();
const decode = decoder.decode.bind(decoder);
const cut = String.prototype.slice;
const clone = Array.prototype.slice;
const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) ?? {};
const copy = Uint8Array.prototype.set;
const typedLength = getter(typedArrayPrototype, "length");
const typedTag = getter(typedArrayPrototype, Symbol.toStringTag);

/** As in frames.ts and values.ts, which this module does not import. */
const [NONCE_BYTES, LENGTHS_BYTES, MAX_DEPTH] = [32, 8, 8];
/** Characters of a reply's header; far above what names and shapes take. */
const MAX_HEADER = 1_000_000;
const MAX_STRING = 10_000;
const MAX_NAMES = 1000;

/** Why a value cannot be sent. No Error: making one could run the student's code. */
class Unfit {
  readonly #fault: string;

  /** @param name of a fault of the grader's, and the values of its message, as JSON */
  constructor(name: string, values: string) {
    this.#fault = `["${name}",${values}]`;
  }

  /** JSON. */
  get fault(): string {
    return this.#fault;
  }
}

const { imul } = Math;
const { defineProperty } = Object;

let exported: Named = {};
let seq = 0;
let answered = true;
let asked: Supply & { readonly layout: unknown } = { layout: null, numbers: new Float64Array(), taken: 0 };
let maxNumbers = 0;
let header = "";
let numbers = new Numbers(1024);
let numbersCapacity = 1024;
let numbersCount = 0;
let blankRow: number[] = [];

// The grader soon forbids this process to open anything, so Deno has to open now what it would open later, and panic: a file of /proc, for
// the size of the stack, with the first stack trace, which transpiles once more; and a pipe for signals, once the event loop is idle.
void new Error("first stack trace").stack;
const listener = () => {};
Deno.addSignalListener("SIGINT", listener);
Deno.removeSignalListener("SIGINT", listener);

beQuiet();
beRepeatable();

const nonce = new Bytes(fill(new Buffer(NONCE_BYTES), NONCE_BYTES));
send('{"seq":0,"status":"up"}');

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  answerUncaught(event.reason);
});
addEventListener("error", (event) => {
  event.preventDefault();
  answerUncaught(event.error);
});
await serve();

/** Nobody sees what is printed, so that it may be as much as it likes. What is written past these is counted. */
function beQuiet(): void {
  const silent = () => {};
  const printers = console as unknown as Record<string, unknown>;
  for (const name of keys(printers)) if (typeof printers[name] === "function") printers[name] = silent;
  const nowhere = { isTTY: false, write: () => true, on: silent, once: silent, end: silent };
  for (const name of ["stdout", "stderr"]) {
    defineProperty((globalThis as unknown as Named).process, name, { value: nowhere, configurable: true });
  }
}

/** Random numbers are the same each time that a program is graded. A process begins with them anew. */
function beRepeatable(): void {
  let state = 1;
  // Mulberry32 (Tommy Ettinger): 32 bits.
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = imul(state ^ (state >>> 15), state | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const random = () => ((draw() >>> 5) * 2 ** 26 + (draw() >>> 6)) / 2 ** 53;
  const bytesOf = (view: ArrayBufferView) => new Bytes(view.buffer, view.byteOffset, view.byteLength);
  const getRandomValues = <T extends ArrayBufferView>(view: T): T => {
    const bytes = bytesOf(view);
    for (let i = 0; i < bytes.length; i++) bytes[i] = draw();
    return view;
  };
  defineProperty(Math, "random", { value: random, writable: true, configurable: true });
  defineProperty(crypto, "getRandomValues", { value: getRandomValues, writable: true, configurable: true });
}

async function serve(): Promise<never> {
  for (;;) {
    const request = receive();
    seq = request.seq;
    answered = false;
    try {
      if (request.kind === "load") {
        maxNumbers = request.replyNumbers;
        const module = new Blob([request.source], { type: "application/typescript" });
        exported = await import(URL.createObjectURL(module));
        answer('"status":"ok","value":null');
      } else {
        await perform(request.name, request.input);
      }
    } catch (error) {
      answerError(error, "");
    }
  }
}

async function perform(name: string, input: unknown): Promise<void> {
  const entry = exported[name === "fit_predict" ? CLASS : name];
  if (typeof entry !== "function") return answer('"status":"missing"');
  const result = name === "fit_predict"
    ? await fitPredict(entry as CallableFunction, input as Named)
    : await apply(entry, undefined, [input]);
  const changed = name === "fit_predict" ? "" : changedArgument(input);
  header = "";
  numbersCount = 0;
  try {
    layOut(result, name === "fit_predict" ? "the model" : `${name}()`, 0);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return answer(`"status":"invalid","fault":${error.fault}`);
  }
  answer(`"status":"ok","value":${header},"changed":${stringify(changed)}`, numbersCount);
}

/** The first of the arguments that is no longer as it was sent; "" where all are. */
function changedArgument(input: unknown): string {
  asked.taken = 0;
  try {
    return findChange(asked.layout, input, "");
  } catch {
    return "input"; // something that cannot even be read has taken its place
  }
}

function findChange(layout: unknown, value: unknown, path: string): string {
  if (layout === 0) return value === asked.numbers[asked.taken++] ? "" : path;
  if (typeof layout !== "object" || layout === null) return value === layout ? "" : path;
  if (typeof value !== "object" || value === null) return path;
  if (isArray(layout)) return isSameTensor(layout, 0, value) ? "" : path;
  const names = keys(layout);
  if (keys(value).length !== names.length) return path || "input";
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const inner = path === "" ? name : `${path}.${name}`;
    const change = findChange((layout as Named)[name], (value as Named)[name], inner);
    if (change !== "") return change;
  }
  return "";
}

function isSameTensor(shape: readonly number[], axis: number, level: unknown): boolean {
  if (axis === shape.length) return level === asked.numbers[asked.taken++];
  if (!isArray(level) || level.length !== shape[axis]) return false;
  for (let i = 0; i < shape[axis]; i++) {
    if (!isSameTensor(shape, axis + 1, level[i])) return false;
  }
  return true;
}

async function fitPredict(
  Model: CallableFunction,
  { options, X, y, XVal, yVal, XTest }: Named,
): Promise<Named> {
  const model = construct(Model, [options]) as Model;
  await model.fit(X, y, XVal ?? undefined, yVal ?? undefined);
  const predictions = await model.predict(XTest);
  const { parameters, trainLoss, valLoss } = model;
  return { predictions, parameters, trainLoss, valLoss };
}

/** Appends a value's layout to the header, and its numbers to the numbers. */
function layOut(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new Unfit("nestsTooDeep", stringify(path));
  if (header.length > MAX_HEADER) throw new Unfit("tooManyParts", stringify(path));
  if (typeof value === "number") {
    reserve(1, path);
    numbers[numbersCount++] = value;
    header += "0";
  } else if (typeof value === "string") {
    if (value.length > MAX_STRING) throw new Unfit("longString", stringify(path));
    header += stringify(value);
  } else if (typeof value === "boolean") {
    header += value ? "true" : "false";
  } else if (value === undefined || value === null) {
    header += "null";
  } else if (typeof value !== "object") {
    throw new Unfit("notData", `${stringify(path)},"${typeof value}"`);
  } else if (lengthOf(value, path) >= 0) {
    layOutTensor(value as ArrayLike<unknown>, path);
  } else {
    layOutRecord(value as Named, path, depth);
  }
}

/** Functions among the values are left out: objects that carry methods are common. */
function layOutRecord(value: Named, path: string, depth: number): void {
  const names = keys(value);
  if (names.length > MAX_NAMES) throw new Unfit("manyNames", `${stringify(path)},${MAX_NAMES}`);
  let separator = "{";
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const part = value[name];
    if (typeof part === "function") continue;
    if (name.length > MAX_STRING) throw new Unfit("longName", stringify(path));
    header += `${separator}${stringify(name)}:`;
    separator = ",";
    layOut(part, `${path}.${name}`, depth + 1);
  }
  header += separator === "{" ? "{}" : "}";
}

/** Nested arrays, typed or not, of equal lengths at each level, as one tensor. */
function layOutTensor(value: ArrayLike<unknown>, path: string): void {
  const shape = new Shape(MAX_DEPTH);
  let axes = 0;
  let size = 1;
  let lengths = "";
  for (let level: unknown = value;;) {
    const length = lengthOf(level, path);
    if (length < 0) break;
    if (axes === MAX_DEPTH) throw new Unfit("manyDimensions", `${stringify(path)},${MAX_DEPTH}`);
    shape[axes++] = length;
    size *= length;
    lengths += lengths === "" ? `${length}` : `,${length}`;
    if (length === 0) break;
    level = (level as ArrayLike<unknown>)[0];
  }
  reserve(size, path);
  header += `[${lengths}]`;
  takeNumbers(value, path, { shape, axis: 0, axes });
}

function takeNumbers(
  level: unknown,
  path: string,
  at: { readonly shape: Int32Array; readonly axis: number; readonly axes: number },
): void {
  const { shape, axis, axes } = at;
  const length = lengthOf(level, path);
  if (length !== shape[axis]) {
    const found = length < 0 ? `"${kindOf(level)}"` : `${length}`;
    throw new Unfit("unequalRows", `${stringify(path)},${shape[axis]},${found}`);
  }
  const last = axis === axes - 1;
  const inner = { shape, axis: axis + 1, axes };
  for (let i = 0; i < length; i++) {
    const element = (level as ArrayLike<unknown>)[i];
    if (!last) takeNumbers(element, path, inner);
    else if (typeof element === "number") numbers[numbersCount++] = element;
    else throw new Unfit("notNumbers", `${stringify(path)},"${kindOf(element)}"`);
  }
}

/** The length of an array or typed array, -1 for anything else. */
function lengthOf(value: unknown, path: string): number {
  if (typeof value !== "object" || value === null) return -1;
  if (apply(typedTag, value, []) !== undefined) return apply(typedLength, value, []);
  if (!isArray(value)) return -1;
  const { length } = value; // a proxy may give anything
  if (typeof length !== "number" || !(length >= 0 && length <= maxNumbers) || length % 1 !== 0) {
    throw new Unfit("longArray", `${stringify(path)},${maxNumbers}`);
  }
  return length;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" && isArray(value) ? "array" : typeof value;
}

/** Makes room for more numbers. */
function reserve(count: number, path: string): void {
  const needed = numbersCount + count;
  if (!(needed <= maxNumbers)) throw new Unfit("manyNumbers", `${stringify(path)},${maxNumbers}`);
  if (needed <= numbersCapacity) return;
  numbersCapacity = needed * 2;
  const larger = new Numbers(numbersCapacity);
  apply(copy, larger, [numbers]);
  numbers = larger;
}

/** The next request; the process ends with its standard input. */
function receive(): Request {
  const lengths = new Lengths(fill(new Buffer(LENGTHS_BYTES), LENGTHS_BYTES));
  const headerBytes = lengths[0];
  const count = lengths[1];
  const start = headerBytes + (8 - headerBytes % 8) % 8;
  const body = fill(new Buffer(start + 8 * count), start + 8 * count);
  const request = parse(decode(new Bytes(body, 0, headerBytes))) as Request;
  if (request.kind === "call") {
    asked = { layout: request.input, numbers: new Numbers(body, start, count), taken: 0 };
    request.input = unpack(request.input, asked);
  }
  return request;
}

/** A student's own view of a value: nested plain arrays, and objects. */
function unpack(layout: unknown, supply: Supply): unknown {
  if (layout === 0) return supply.numbers[supply.taken++];
  if (typeof layout !== "object" || layout === null) return layout;
  if (isArray(layout)) return unpackTensor(layout, 0, supply);
  const names = keys(layout);
  const record: Named = {};
  for (let i = 0; i < names.length; i++) record[names[i]] = unpack((layout as Named)[names[i]], supply);
  return record;
}

function unpackTensor(shape: readonly number[], axis: number, supply: Supply): unknown {
  if (axis === shape.length) return supply.numbers[supply.taken++];
  if (axis === shape.length - 1) return unpackRow(shape[axis], supply);
  const level: unknown[] = [];
  for (let i = 0; i < shape[axis]; i++) level[i] = unpackTensor(shape, axis + 1, supply);
  return level;
}

/** Cloning a row is several times as fast as growing one, and gives the student as fast an array: packed, of doubles. */
function unpackRow(length: number, supply: Supply): number[] {
  if (blankRow.length !== length) {
    blankRow = [];
    for (let i = 0; i < length; i++) blankRow[i] = 0.5;
  }
  const { numbers, taken } = supply;
  const row: number[] = apply(clone, blankRow, []);
  for (let i = 0; i < length; i++) row[i] = numbers[taken + i];
  supply.taken = taken + length;
  return row;
}

/** Replies to the request at hand, once. */
function answer(fields: string, count = 0): void {
  if (answered) return;
  answered = true;
  send(`{"seq":${seq},${fields}}`, count);
}

/** An error that reached no caller: the call that waits may never return, so the grader is told to start anew. */
function answerUncaught(error: unknown): void {
  answerError(error, ',"last":true');
}

function answerError(error: unknown, more: string): void {
  let message = "";
  let stack = "";
  let thrown = "error";
  try {
    if (typeof error === "object" && error !== null) {
      const thrown = error as Named;
      const { name, message: text, stack: trace } = thrown;
      message = `${typeof name === "string" ? name : "Error"}: ${typeof text === "string" ? text : ""}`;
      if (typeof trace === "string") stack = trace;
    } else {
      thrown = "value";
      message = asText(error);
    }
  } catch {
    thrown = "unreadable";
  }
  message = stringify(apply(cut, message, [0, 2000]));
  stack = stringify(apply(cut, stack, [0, 4000]));
  answer(`"status":"error","thrown":"${thrown}","message":${message},"stack":${stack}${more}`);
}

/** Writes a frame: nonce, lengths, header, numbers. */
function send(text: string, count = 0): void {
  const encoded = encode(text);
  const headerBytes: number = apply(typedLength, encoded, []);
  const start = NONCE_BYTES + LENGTHS_BYTES + headerBytes + (8 - headerBytes % 8) % 8;
  const size = start + 8 * count;
  const frame = new Buffer(size);
  apply(copy, new Bytes(frame), [nonce]);
  const lengths = new Lengths(frame, NONCE_BYTES, 2);
  lengths[0] = headerBytes;
  lengths[1] = count;
  apply(copy, new Bytes(frame, NONCE_BYTES + LENGTHS_BYTES, headerBytes), [encoded]);
  const target = new Numbers(frame, start, count);
  for (let i = 0; i < count; i++) target[i] = numbers[i];
  for (let at = 0; at < size;) at += write(new Bytes(frame, at, size - at));
}

/** Reads into the buffer, all `size` bytes of it. */
function fill(buffer: ArrayBuffer, size: number): ArrayBuffer {
  for (let at = 0; at < size;) {
    const count = read(new Bytes(buffer, at, size - at));
    if (count === null) exit(0);
    at += count;
  }
  return buffer;
}

// deno-lint-ignore ban-types
function getter(prototype: object, name: PropertyKey): Function {
  const accessor = getOwnPropertyDescriptor(prototype, name)?.get;
  if (accessor === undefined) throw new TypeError(`Cannot start: ${asText(name)} must be a getter`);
  return accessor;
}
