import type { Texts } from "../../../src/text/language.ts";
import { type Messages, say } from "../../messages/messages.ts";

/** `transient`: the same address may yet deliver; `content`: all of it came, but of another file; `permanent`: it is not at this address. */
type TransferErrorKind = "transient" | "content" | "permanent";

/** An attempt to get a file failed. */
export class TransferError extends Error {
  override readonly name = "TransferError";
  readonly kind: TransferErrorKind;
  /** For the user, such as `HTTP 404`; the message is the English one. */
  readonly reason: Texts;

  /** @param reason in one text where others' words stand for it in every language */
  constructor(kind: TransferErrorKind, reason: string | Texts, options: { cause?: unknown } = {}) {
    const texts = typeof reason === "string" ? { en: reason, ja: reason } : reason;
    super(texts.en, options);
    this.kind = kind;
    this.reason = texts;
  }
}

/** What is said of it where it is one of those that are said in every language. */
export function transferError(
  kind: TransferErrorKind,
  reason: (t: Messages["data"]) => string,
  options?: { cause?: unknown },
): TransferError {
  return new TransferError(kind, say((t) => reason(t.data)), options);
}

// Deno's fetch tells why only in the text of an error's cause.
const REASONS: readonly {
  pattern: RegExp;
  reason: (t: Messages["data"]) => string;
  kind: TransferErrorKind;
}[] = [
  { pattern: /dns error/, reason: (t) => t.noHost, kind: "transient" },
  { pattern: /Connection refused/, reason: (t) => t.refused, kind: "transient" },
  { pattern: /unreachable/, reason: (t) => t.unreachable, kind: "transient" },
  { pattern: /certificate/, reason: (t) => t.certificate, kind: "permanent" },
  { pattern: /corrupt message|tls|ssl/i, reason: (t) => t.noTls, kind: "permanent" },
  { pattern: /ports? .*blocked/i, reason: (t) => t.port, kind: "permanent" },
  { pattern: /connection closed|reset/i, reason: (t) => t.closed, kind: "transient" },
];

export function connectionError(error: unknown): TransferError {
  if (error instanceof Deno.errors.NotCapable) {
    return transferError("permanent", (t) => t.notPermitted, { cause: error });
  }
  const text = error instanceof Error ? `${error.message}: ${error.cause ?? ""}` : String(error);
  const known = REASONS.find(({ pattern }) => pattern.test(text));
  if (known) return transferError(known.kind, known.reason, { cause: error });
  // "...: client error (Connect): the system's own words"
  return new TransferError("transient", text.replace(/^.*client error \(\w+\): /s, ""), { cause: error });
}
