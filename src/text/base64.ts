/** Bytes in base64. As `Uint8Array.toBase64()`, which Node 20 lacks. */
export function toBase64(bytes: Uint8Array): string {
  // One by one: a font has more bytes than a function takes arguments.
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
