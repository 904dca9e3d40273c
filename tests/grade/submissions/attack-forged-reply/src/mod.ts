// Writes replies of its own to standard output, in all forms it can think of, before, after and without answering.
function frame(secret: Uint8Array, header: string) {
  const text = new TextEncoder().encode(header);
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(secret.length + 8 + padded);
  bytes.set(secret);
  new DataView(bytes.buffer).setUint32(secret.length, text.length, true);
  bytes.set(text, secret.length + 8);
  return bytes;
}

function forge() {
  const { core } = Deno[Deno.internal];
  const fs = process.getBuiltinModule("fs");
  for (let seq = 0; seq < 20; seq++) {
    const header = `{"seq":${seq},"status":"ok","value":"forged"}`;
    for (const secret of [new Uint8Array(0), new Uint8Array(32), new Uint8Array(32).fill(255)]) {
      const bytes = frame(secret, header);
      Deno.stdout.writeSync(bytes);
      process.stdout.write(bytes);
      fs.writeSync(1, bytes);
      core.writeSync(1, bytes);
    }
    core.print(`${header}\n`);
    console.log(header);
  }
}

forge();

export function forward() {
  forge();
  return "honest";
}

export async function loss() {
  forge();
  await new Promise(() => setInterval(forge, 20));
}
