/** Bytes in base64. As `Uint8Array.toBase64()`, which Node 20 lacks. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // A function takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(binary);
}
