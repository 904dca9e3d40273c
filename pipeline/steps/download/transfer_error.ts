/** `transient`: the same address may yet deliver; `content`: all of it came, but of another file; `permanent`: it is not at this address. */
type TransferErrorKind = "transient" | "content" | "permanent";

/** An attempt to get a file failed. The message is a reason for the user, such as `HTTP 404`. */
export class TransferError extends Error {
  override readonly name = "TransferError";
  readonly kind: TransferErrorKind;

  constructor(kind: TransferErrorKind, reason: string, options: { cause?: unknown } = {}) {
    super(reason, options);
    this.kind = kind;
  }
}

// Deno's fetch tells why only in the text of an error's cause.
const REASONS: readonly { pattern: RegExp; reason: string; kind: TransferErrorKind }[] = [
  { pattern: /dns error/, reason: "no such host, or no network", kind: "transient" },
  { pattern: /Connection refused/, reason: "connection refused", kind: "transient" },
  { pattern: /unreachable/, reason: "network unreachable", kind: "transient" },
  { pattern: /certificate/, reason: "its TLS certificate is not trusted", kind: "permanent" },
  { pattern: /corrupt message|tls|ssl/i, reason: "it does not speak TLS (https)", kind: "permanent" },
  { pattern: /ports? .*blocked/i, reason: "its port is not allowed for HTTP", kind: "permanent" },
  { pattern: /connection closed|reset/i, reason: "the connection was closed", kind: "transient" },
];

export function connectionError(error: unknown): TransferError {
  if (error instanceof Deno.errors.NotCapable) {
    return new TransferError("permanent", "the program was not given permission to reach it", {
      cause: error,
    });
  }
  const text = error instanceof Error ? `${error.message}: ${error.cause ?? ""}` : String(error);
  const known = REASONS.find(({ pattern }) => pattern.test(text));
  if (known) return new TransferError(known.kind, known.reason, { cause: error });
  // "...: client error (Connect): the system's own words"
  return new TransferError("transient", text.replace(/^.*client error \(\w+\): /s, ""), { cause: error });
}
