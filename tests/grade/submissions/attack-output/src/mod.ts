// Gigabytes of output.
const line = "0123456789abcdef".repeat(4096);

export function loss() {
  for (;;) Deno.stderr.writeSync(new TextEncoder().encode(line));
}

export function gradients() {
  for (;;) Deno.stdout.writeSync(new TextEncoder().encode(line));
}

// What students print, in each batch too.
export function forward() {
  for (let i = 0; i < 200; i++) {
    console.log(line);
    console.error(line);
    console.table([line]);
    process.stdout.write(line);
  }
  return { W1: [[1]] };
}

export function step() {
  console.log("epoch 1, loss 0.5");
  console.error("a warning");
  process.stdout.write("\r50 %");
  return { W1: [[1]] };
}
