/**
 * Why an attempt to get a file failed: `transient`, trying the same address again may help; `content`, all of
 * it came but it is not the file that is wanted; `permanent`, this address does not have it.
 */
export type TransferErrorKind = "transient" | "content" | "permanent";

/** An attempt to get a file failed. The message is a reason for the user, such as `HTTP 404`. */
export class TransferError extends Error {
  override readonly name = "TransferError";
  readonly kind: TransferErrorKind;

  constructor(kind: TransferErrorKind, reason: string, options: { cause?: unknown } = {}) {
    super(reason, options);
    this.kind = kind;
  }
}
