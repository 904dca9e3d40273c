// Results that are not what they seem.
const large = { get: (_, key) => key === "length" ? 1e9 : 1 };

export function forward({ kind }) {
  const cyclic = {};
  cyclic.self = cyclic;
  let deep = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  let deepRecord = {};
  for (let i = 0; i < 100_000; i++) deepRecord = { a: deepRecord };
  let calls = 0;
  const results = {
    cyclic: () => cyclic,
    deep: () => deep,
    deepRecord: () => deepRecord,
    proxyLength: () => new Proxy([], large),
    negativeLength: () => new Proxy([], { get: (_, key) => key === "length" ? -1 : 1 }),
    fractionalLength: () => new Proxy([], { get: (_, key) => key === "length" ? 1.5 : 1 }),
    textLength: () => new Proxy([], { get: (_, key) => key === "length" ? "1" : 1 }),
    changingLength: () => new Proxy([], { get: (_, key) => key === "length" ? 1 + calls++ : 1 }),
    changingShape: () => [[1, 2], new Proxy([1, 2], { get: (_, key) => key === "length" ? 2 : [7] })],
    sparse: () => new Array(3_000_000),
    huge: () => new Float64Array(5_000_000),
    hugeNested: () => Array(3000).fill(new Float64Array(2000)),
    manyNames: () => Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`n${i}`, i])),
    manyParts: () =>
      Array.from({ length: 5 }).reduce(
        (part) => Object.fromEntries(Array.from({ length: 900 }, (_, i) => [i, part])),
        {},
      ),
    longText: () => "x".repeat(20_000),
    throwingGetter: () => ({
      get W1() {
        throw new TypeError("mine");
      },
    }),
    throwingProxy: () =>
      new Proxy({}, {
        ownKeys() {
          throw new TypeError("mine");
        },
      }),
    revoked: () => {
      const { proxy, revoke } = Proxy.revocable([], {});
      revoke();
      return { W1: proxy };
    },
    bigint: () => [1n],
    bigintArray: () => new BigInt64Array(2),
    symbol: () => Symbol("x"),
    func: () => () => 1,
    strings: () => ["1", "2"],
    mixed: () => [1, [2]],
    ragged: () => [[1, 2], [3]],
    nulls: () => [1, null],
    objects: () => [{ W1: 1 }],
    detached: () => {
      const view = new Float64Array(4);
      structuredClone(view, { transfer: [view.buffer] });
      return view;
    },
    growing: () => new Float64Array(new ArrayBuffer(8, { maxByteLength: 1e6 })),
    toJSON: () => ({ toJSON: () => "forged", W1: [1] }),
    proto: () => JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2, "W1": 3}'),
    special: () => ({ nan: NaN, inf: -Infinity, zero: -0, list: [NaN, Infinity, -0, 5e-324] }),
    nothing: () => undefined,
    map: () => new Map([["W1", [1]]]),
    date: () => new Date(0),
    boxed: () => ({ n: new Number(1) }),
    namespace: () => ({ W1: Object.assign([1, 2], { extra: 3 }) }),
    shared: () => new Float64Array(new SharedArrayBuffer(16)),
    lonely: () => "\ud800",
  };
  return results[kind]();
}

export function loss({ kind }) {
  const errors = {
    text: "a text",
    nothing: undefined,
    symbol: Symbol("x"),
    bigint: 1n,
    func: () => 1,
    empty: {},
    nul: Object.create(null),
    getter: {
      get message() {
        throw 1;
      },
    },
    endlessGetter: {
      get message() {
        for (;;);
      },
    },
    long: new Error("x".repeat(1e6)),
    control: new Error("\x1b[2J\x1b[31mred\u202e\r\n| a | b |"),
    notText: { name: 1, message: {}, stack: [] },
    proxy: new Proxy(new Error("x"), {
      get() {
        throw new Error("proxied");
      },
    }),
  };
  throw errors[kind];
}
