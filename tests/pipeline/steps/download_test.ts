import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { downloadStep, planDownload } from "../../../pipeline/steps/download.ts";
import { locateNamed, mapFiles, type Origin } from "../../../pipeline/steps/download/locate_files.ts";
import { performStep } from "../../../pipeline/steps/perform_step.ts";
import { DATASETS } from "../../../src/data/catalogue.ts";
import { UserError } from "../../../pipeline/system/errors.ts";
import { listIfPresent } from "../../../pipeline/system/files.ts";
import type { DatasetFiles } from "../../../src/data/named_dataset.ts";
import { writeNpy } from "../../../src/numpy/npy.ts";
import { encodeIdxImages, encodeIdxLabels, parseIdxImages, parseIdxLabels } from "../../../src/data/idx.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import {
  CONTENTS,
  download,
  type DownloadTest,
  openDownload,
  originAt,
  PACKED,
  sha256,
} from "./download_fixture.ts";
import { type FileRequest, FileServer, type Reply, withRanges } from "./file_server.ts";

const IMAGES = "/train_images.gz";

/**
 * Serves the four files well, except where `misbehave` has another answer to a request for the training
 * images.
 */
function serve(misbehave: (request: FileRequest, body: Uint8Array) => Reply | null = () => null): FileServer {
  return new FileServer((request) => {
    const body = PACKED[request.path];
    if (!body) return { status: 404 };
    return (request.path === IMAGES && misbehave(request, body)) || withRanges(request, body);
  });
}

/**
 * Downloads from the server into a new store; the four contents must be there afterwards, and nothing else.
 */
async function downloadAll(
  server: FileServer,
  folder: string,
  options: { stallSeconds?: number; origin?: Origin } = {},
): Promise<DownloadTest> {
  const context = await openDownload(`${folder}/store`, options.origin ?? originAt(server.url), options);
  await download(context);
  await assertAllStored(context);
  return context;
}

async function assertAllStored({ store }: DownloadTest): Promise<void> {
  for (const content of Object.values(CONTENTS)) {
    assert.deepEqual(await store.readArtifact(sha256(content)), content);
  }
  assert.deepEqual(Array.from(Deno.readDirSync(`${store.root}/tmp`)), []);
}

function rangesOf(server: FileServer, path = IMAGES): (number | null)[] {
  return server.requests.filter((request) => request.path === path).map(({ from }) => from);
}

const total = (Object.values(PACKED)).reduce((sum, { length }) => sum + length, 0);

Deno.test("what was unpacked just now is at hand for the step that reads it next, where its size was known", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve();
    const origin = originAt(server.url);
    const known: Record<string, number> = { train_images: 300_000, train_labels: 900 };
    const files = mapFiles(origin.files, (file, name) => ({ ...file, bytes: known[name] ?? null }));
    const { outputs } = await download(await openDownload(`${folder}/store`, { ...origin, files }));
    const held = Object.entries(outputs).flatMap(([name, output]) => {
      if (output instanceof Uint8Array || output.bytes === undefined) return [];
      assert.equal(sha256(output.bytes), output.sha256);
      return [name];
    });
    assert.deepEqual(held, Object.keys(known));
  }));

Deno.test("four gzipped files arrive in the store, uncompressed, by one request each, with progress to the last byte", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve();
    const { events } = await downloadAll(server, folder);
    assert.equal(server.requests.length, 4);
    assert.equal(server.bytesSent, total);
    const { length } = PACKED[IMAGES];
    const progress = events.flatMap((event) =>
      event.type === "download" && event.file === "train_images" ? [event] : []
    );
    assert.deepEqual(progress.at(0), { type: "download", file: "train_images", bytes: 0, total: length });
    assert.deepEqual(progress.at(-1), {
      type: "download",
      file: "train_images",
      bytes: length,
      total: length,
    });
    const bytes = progress.map((event) => event.bytes);
    assert.ok(bytes.length > 3, "progress must be told while the file arrives");
    assert.deepEqual(bytes, bytes.toSorted((a, b) => a - b));
  }));

Deno.test("files that a server does not compress, or compresses on the way, or whose length it does not say, arrive too", () =>
  inTemporaryFolder(async (folder) => {
    const gzipInTransit = { "Content-Encoding": "gzip" };
    await using server = new FileServer(({ path }) => {
      if (path === IMAGES) return { body: CONTENTS.train_images };
      if (path === "/test_images.gz") return { body: PACKED[path], headers: gzipInTransit };
      const body = PACKED[path];
      const chunks = [
        new TextEncoder().encode(`${body.length.toString(16)}\r\n`),
        body,
        new TextEncoder().encode("\r\n0\r\n\r\n"),
      ];
      const chunked = new Uint8Array(chunks.flatMap((chunk) => [...chunk]));
      return { body: chunked, headers: { "Transfer-Encoding": "chunked" } };
    });
    const { events } = await downloadAll(server, folder);
    const [last] = events.filter((event) => event.type === "download" && event.file === "train_labels").slice(
      -1,
    );
    const { length } = PACKED["/train_labels.gz"];
    assert.deepEqual(last, { type: "download", file: "train_labels", bytes: length, total: length });
  }));

Deno.test("nothing is fetched that the store has, whole; a damaged file is fetched again", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve();
    const context = await downloadAll(server, folder);
    await download(context);
    assert.equal(server.requests.length, 4);
    await Deno.writeTextFile(context.store.artifactPath(sha256(CONTENTS.train_images)), "damaged");
    await download(context);
    await assertAllStored(context);
    assert.equal(server.requests.length, 5);
  }));

Deno.test("a server that answers 503 twice is asked a third time, after half a second and a second", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve(({ turn }) => turn < 2 ? { status: 503 } : null);
    const { sleeps } = await downloadAll(server, folder);
    assert.deepEqual(sleeps, [0.5, 1]);
  }));

Deno.test("a transfer that breaks off goes on where it was, and no byte is sent twice", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve((request, body) =>
      request.turn === 0 ? { ...withRanges(request, body), cutAt: 100_000 } : null
    );
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, 100_000]);
    assert.equal(server.requests.find(({ from }) => from !== null)?.ifRange, '"1"');
    assert.equal(server.bytesSent, total);
  }));

Deno.test("a server that breaks off again and again still brings the file, as long as each time brings more", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve((request, body) => ({ ...withRanges(request, body), cutAt: 30_000 }));
    const { sleeps } = await downloadAll(server, folder);
    assert.equal(rangesOf(server).length, 11);
    assert.deepEqual(new Set(sleeps), new Set([0.5]));
    assert.equal(server.bytesSent, total);
  }));

Deno.test("a server whose clock goes backwards is gone on with: what it says of times counts for nothing", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve((request, body) => {
      const date = new Date(Date.UTC(2030 - request.turn, 1, 1)).toUTCString();
      const reply = withRanges(request, body);
      const headers = { ...reply.headers, Date: date, "Last-Modified": date, Expires: "0" };
      return { ...reply, headers, ...(request.turn < 2 ? { cutAt: 100_000 } : {}) };
    });
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, 100_000, 200_000]);
    assert.equal(server.bytesSent, total);
  }));

Deno.test("a server that knows no ranges sends the file from its beginning again", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve(({ turn }, body) => ({ body, cutAt: turn === 0 ? 100_000 : body.length }));
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, 100_000]);
    assert.equal(server.bytesSent, total + 100_000);
  }));

Deno.test("a file that changed on the server since the transfer broke off is fetched from its beginning", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve((request, body) =>
      request.turn === 0
        ? { body: new Uint8Array(body.length), headers: { ETag: '"0"' }, cutAt: 100_000 }
        : withRanges(request, body)
    );
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, 100_000]);
  }));

Deno.test("a part of another file, another part than asked for, or none at all is not appended", () =>
  inTemporaryFolder(async (folder) => {
    const { length } = PACKED[IMAGES];
    const body = new Uint8Array(10);
    const wrong: Reply[] = [
      { status: 206, headers: { "Content-Range": "bytes 100000-100009/100010" }, body },
      { status: 206, headers: { "Content-Range": `bytes 5-14/${length}` }, body },
      { status: 206, body },
      { status: 416 },
    ];
    for (const [index, reply] of wrong.entries()) {
      const replies = [{ body: PACKED[IMAGES], cutAt: 100_000 }, reply];
      await using server = serve(({ turn }) => replies[turn] ?? null);
      const { sleeps } = await downloadAll(server, `${folder}/${index}`);
      assert.deepEqual(rangesOf(server), [null, 100_000, null]);
      assert.deepEqual(sleeps, [0.5, 1]);
    }
  }));

Deno.test("a server that gives a shorter part than asked for is asked for the rest", () =>
  inTemporaryFolder(async (folder) => {
    const { length } = PACKED[IMAGES];
    await using server = serve(({ turn }, body) =>
      [
        { body, cutAt: 100_000 },
        {
          status: 206,
          headers: { "Content-Range": `bytes 100000-149999/${length}` },
          body: body.subarray(100_000, 150_000),
        },
      ][turn] ?? null
    );
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, 100_000, 150_000]);
    assert.equal(server.bytesSent, total);
  }));

Deno.test("a server that falls silent, before or within its answer, is given up and asked again", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve((request, body) => {
      if (request.turn === 0) return { stall: "before" };
      return request.turn === 1 ? { ...withRanges(request, body), cutAt: 100_000, stall: "after" } : null;
    });
    await downloadAll(server, folder, { stallSeconds: 0.3 });
    // On a busy machine, the answer to the third may also be late.
    assert.deepEqual(rangesOf(server).slice(0, 3), [null, null, 100_000]);
  }));

Deno.test("content that is not the right one is fetched once more from its beginning, then from the next mirror", () =>
  inTemporaryFolder(async (folder) => {
    const flipped = (body: Uint8Array) => body.map((byte, index) => index === 200_000 ? byte ^ 1 : byte);
    await using once = serve(({ turn }, body) => turn === 0 ? { body: flipped(body) } : null);
    await downloadAll(once, `${folder}/once`);
    assert.deepEqual(rangesOf(once), [null, null]);

    await using always = serve((_, body) => ({ body: flipped(body) }));
    const context = await downloadAll(always, `${folder}/always`, { origin: originAt(always.url, once.url) });
    assert.deepEqual(rangesOf(always), [null, null]);
    assert.deepEqual(rangesOf(once), [null, null, null]);
    assert.deepEqual(context.messages(), [
      `${always.url}: its gzip data is cut or damaged; trying ${once.url}`,
    ]);
  }));

Deno.test("a mirror without a file is not asked twice, but the next one is", () =>
  inTemporaryFolder(async (folder) => {
    await using first = serve(() => ({ status: 404 }));
    await using second = serve();
    const { sleeps, messages } = await downloadAll(first, folder, {
      origin: originAt(first.url, second.url),
    });
    assert.deepEqual([rangesOf(first), rangesOf(second)], [[null], [null]]);
    assert.deepEqual(sleeps, []);
    assert.deepEqual(messages(), [`${first.url}: HTTP 404 Not Found; trying ${second.url}`]);
    assert.equal(second.requests.length, 1);
  }));

Deno.test("what one mirror brought outlives a mirror that brings nothing, and is gone on with the next time", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve((request, body) => {
      if (request.turn === 0) return { ...withRanges(request, body), cutAt: 100_000 };
      return request.turn < 4 ? { status: 503 } : null;
    });
    const context = await openDownload(`${folder}/store`, originAt(server.url, closedPort()));
    await assert.rejects(download(context), { name: "UserError" });
    assert.deepEqual(context.sleeps, [0.5, 1, 2, 0.5, 1, 2]);
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, 100_000, 100_000, 100_000, 100_000]);
    assert.equal(server.bytesSent, total);
  }));

Deno.test("an interrupted download rejects with the reason, and the next one goes on where it was", () =>
  inTemporaryFolder(async (folder) => {
    const controller = new AbortController();
    const half = 150_000;
    await using server = serve((request, body) =>
      request.turn === 0 ? { ...withRanges(request, body), cutAt: half, stall: "after" } : null
    );
    const context = await openDownload(`${folder}/store`, originAt(server.url), {
      signal: controller.signal,
    });
    const emit: typeof context.emit = (event) => {
      if (event.type === "download" && event.bytes === half) controller.abort(new Error("Ctrl-C"));
    };
    await assert.rejects(download({ ...context, emit }), { name: "Error", message: "Ctrl-C" });
    const { events } = await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null, half]);
    const [first] = events.filter((event) => event.type === "download" && event.file === "train_images");
    assert.deepEqual(first, {
      type: "download",
      file: "train_images",
      bytes: half,
      total: PACKED[IMAGES].length,
    });
  }));

Deno.test("a partial transfer whose note of origin is damaged starts anew", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve();
    const { store } = await openDownload(`${folder}/store`, null);
    const part = await store.createTemporary(`${sha256(CONTENTS.train_images)}.part`);
    await Deno.writeFile(part, new Uint8Array(1000));
    await Deno.writeTextFile(`${part}.json`, '{"url":');
    await downloadAll(server, folder);
    assert.deepEqual(rangesOf(server), [null]);
  }));

Deno.test("two downloads into one store at once: the second waits, and then finds the files there", () =>
  inTemporaryFolder(async (folder) => {
    await using server = serve();
    const contexts = await Promise.all(
      [1, 2].map(() => openDownload(`${folder}/store`, originAt(server.url))),
    );
    await Promise.all(contexts.map(download));
    await assertAllStored(contexts[0]);
    assert.equal(server.requests.length, 4);
    assert.equal(server.bytesSent, total);
    const messages = contexts.flatMap((context) => context.messages());
    assert.ok(messages.includes("train_images: waiting for another download of the same file"));
  }));

Deno.test("files that cannot be had are told in one message after the others have arrived", () =>
  inTemporaryFolder(async (folder) => {
    await using server = new FileServer((request) => {
      if (request.path === IMAGES) return { status: 503 };
      if (request.path === "/train_labels.gz") {
        return { body: new Uint8Array(gzipSync(CONTENTS.train_labels)).subarray(0, 200) };
      }
      if (request.path === "/test_labels.gz") return { body: CONTENTS.train_labels };
      return withRanges(request, PACKED[request.path]);
    });
    const { url } = server;
    const context = await openDownload(folder, originAt(url));
    await assert.rejects(download(context), {
      name: "UserError",
      message: [
        "Cannot get train_images, train_labels and test_labels of the data set:",
        `  train_images: ${url}: HTTP 503 Service Unavailable, tried 4 times`,
        `  train_labels: ${url}: its gzip data is cut or damaged`,
        `  test_labels: ${url}: its content must have SHA-256 ${sha256(CONTENTS.test_labels)}, ` +
        `found ${sha256(CONTENTS.train_labels)}`,
        "A file that you have can be listed as {path: ..., sha256: ...}; paths are relative to the config's " +
        `folder, ${Deno.cwd()}.`,
      ].join("\n"),
    });
    assert.equal(await context.store.isArtifactIntact(sha256(CONTENTS.test_images)), true);
  }));

/** An address at which nobody listens. */
function closedPort(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}

/** MNIST's origin, with its mirrors' addresses replaced, but not what messages call them. */
function mnistFrom(base: (mirror: string) => string): Origin {
  const { origin } = planDownload("mnist", { configFolder: "." });
  assert.ok(origin);
  return {
    ...origin,
    files: mapFiles(origin.files, (file) => ({
      ...file,
      sources: file.sources.map(({ shown }) => ({ shown, url: `${base(shown)}/${file.name}` })),
    })),
  };
}

Deno.test("without a network, the message names the mirrors, how to pass a folder, and the data set that needs none", () =>
  inTemporaryFolder(async (folder) => {
    const nobody = closedPort();
    const context = await openDownload(folder, mnistFrom(() => nobody));
    await assert.rejects(download(context), {
      name: "UserError",
      exitCode: 2,
      message: [
        "Cannot download MNIST:",
        "  https://storage.googleapis.com/cvdf-datasets/mnist/: connection refused, tried 4 times",
        "  https://ossci-datasets.s3.amazonaws.com/mnist/: connection refused, tried 4 times",
        "If you have the files, pass their folder with --mirror DIR. It must hold train-images-idx3-ubyte.gz, " +
        "train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz, gzipped or not, or Keras's mnist.npz.",
        "The embedded data set needs no network and no files: --set dataset=strokes.",
      ].join("\n"),
    });
    assert.equal(context.sleeps.length, 4 * 2 * 3);
    assert.deepEqual(context.messages(), [
      "https://storage.googleapis.com/cvdf-datasets/mnist/: connection refused, tried 4 times; " +
      "trying https://ossci-datasets.s3.amazonaws.com/mnist/",
    ]);
    assert.deepEqual(Array.from(Deno.readDirSync(`${folder}/tmp`)), []);
  }));

Deno.test("MNIST's mirrors are the two public ones, in order, or the one that is passed", () => {
  const urls = (mirror?: string) =>
    planDownload("mnist", { mirror, configFolder: "." }).origin?.files.test_labels.sources;
  const [google, amazon] = DATASETS.mnist.source.mirrors;
  assert.deepEqual(urls(), [
    { shown: google, url: "https://storage.googleapis.com/cvdf-datasets/mnist/t10k-labels-idx1-ubyte.gz" },
    { shown: amazon, url: "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-labels-idx1-ubyte.gz" },
  ]);
  for (const mirror of ["http://127.0.0.1:80/a", "http://127.0.0.1:80/a/"]) {
    assert.deepEqual(urls(mirror), [{
      shown: mirror,
      url: "http://127.0.0.1:80/a/t10k-labels-idx1-ubyte.gz",
    }]);
  }
  for (const mirror of ["/data/mnist", "file:///data/mnist"]) {
    const names = ["-idx1-ubyte.gz", "-idx1-ubyte", ".idx1-ubyte.gz", ".idx1-ubyte"];
    const paths = ["", "MNIST/raw/", "raw/"].flatMap((inner) =>
      names.map((name) => `/data/mnist/${inner}t10k-labels${name}`)
    );
    const npz = { paths: ["/data/mnist/mnist.npz"], array: "y_test" };
    assert.deepEqual(urls(mirror), [{ shown: mirror, paths, npz }]);
  }
});

Deno.test("where the files are changes nothing in the step's parameters", () => {
  const parameters = (mirror?: string) => planDownload("mnist", { mirror, configFolder: "." }).parameters;
  assert.deepEqual(parameters("/data"), parameters());
  const { files } = DATASETS.mnist.source;
  const idx = mapFiles(files, ({ sha256 }) => ({ path: "x", sha256 }));
  assert.deepEqual(planDownload({ idx }, { configFolder: "." }).parameters, parameters());
});

Deno.test("--mirror with a folder that has not the files says what it must hold", () =>
  inTemporaryFolder(async (folder) => {
    const mirror = `${folder}/mirror`;
    const { origin } = planDownload("mnist", { mirror, configFolder: "." });
    const context = await openDownload(`${folder}/store`, origin);
    const advice = [
      "--mirror takes a folder or an address that holds train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, " +
      "t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz; in a folder, gzipped or not, or Keras's mnist.npz.",
      "The embedded data set needs no network and no files: --set dataset=strokes.",
    ];
    await assert.rejects(download(context), {
      name: "UserError",
      message: [`Cannot get MNIST from --mirror ${mirror}:`, `  ${mirror}: no such folder`, ...advice].join(
        "\n",
      ),
    });
    await Deno.writeTextFile(mirror, "a file");
    await assert.rejects(download(context), { message: new RegExp(`^  ${mirror}: not a folder$`, "m") });
    await Deno.remove(mirror);
    const mistyped = planDownload("mnist", { mirror: "htp://example.org/mnist", configFolder: "." });
    await assert.rejects(download(await openDownload(`${folder}/store`, mistyped.origin)), {
      message: /^ {2}htp:\/\/example\.org\/mnist: an address must begin with https:\/\/ or http:\/\/$/m,
    });
    await Deno.mkdir(mirror);
    await Deno.writeTextFile(`${mirror}/train-labels-idx1-ubyte`, "abc");
    await assert.rejects(download(context), {
      name: "UserError",
      message: [
        `Cannot get MNIST from --mirror ${mirror}:`,
        `  train-images-idx3-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz: ${mirror}: no such file`,
        `  train-labels-idx1-ubyte.gz: ${mirror}: its content must have SHA-256 ` +
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5, " +
        // FIPS 180-2, appendix B.1.
        "found ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ...advice,
      ].join("\n"),
    });
  }));

Deno.test("files of a config are read from its folder, compressed or not", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    await Deno.writeFile(`${folder}/data/train_images`, PACKED[IMAGES]);
    for (const name of ["train_labels", "test_images", "test_labels"] as const) {
      await Deno.writeFile(`${folder}/data/${name}`, CONTENTS[name]);
    }
    const idx = mapFiles(CONTENTS, (content, name) => ({ path: `data/${name}`, sha256: sha256(content) }));
    const { origin } = planDownload({ idx }, { configFolder: folder });
    const context = await openDownload(`${folder}/store`, origin);
    await download(context);
    await assertAllStored(context);
    assert.deepEqual(context.events, []);
  }));

Deno.test("a config's file that is missing, a folder, or another than its hash says is told with its path", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a`, CONTENTS.train_images);
    await Deno.mkdir(`${folder}/b`);
    const paths = { train_images: "a", train_labels: "b", test_images: "c", test_labels: "a" };
    const idx = mapFiles(paths, (path, name) => ({ path, sha256: sha256(CONTENTS[name]) }));
    const { origin } = planDownload({ idx }, { configFolder: folder });
    await assert.rejects(download(await openDownload(`${folder}/store`, origin)), {
      name: "UserError",
      message: [
        "Cannot get train_labels, test_images and test_labels of the data set:",
        "  train_labels: b: not a file",
        "  test_images: c: no such file",
        `  test_labels: a: its content must have SHA-256 ${sha256(CONTENTS.test_labels)}, ` +
        `found ${sha256(CONTENTS.train_images)}`,
        "A file that you have can be listed as {path: ..., sha256: ...}; paths are relative to the config's " +
        `folder, ${folder}.`,
      ].join("\n"),
    });
  }));

Deno.test("a reason that lies in the connection is told in the user's words, and asked again only if that may help", () =>
  inTemporaryFolder(async (folder) => {
    await using silent = new FileServer(() => ({ stall: "before" }));
    await using broken = serve((_, body) => ({ body, cutAt: 1000 }));
    await using plain = new FileServer(() => ({}));
    for (
      const [base, reason] of [
        [closedPort(), "connection refused, tried 4 times"],
        [silent.url, "no data for 0.1 seconds, tried 4 times"],
        [broken.url, `the connection was lost after 1000 of ${PACKED[IMAGES].length} bytes, tried 4 times`],
        [plain.url.replace("http:", "https:"), "it does not speak TLS (https)"],
        ["http://127.0.0.1:9", "its port is not allowed for HTTP"],
      ]
    ) {
      const stallSeconds = base === silent.url ? 0.1 : 10;
      const context = await openDownload(folder, originAt(base), { stallSeconds });
      await assert.rejects(download(context), ({ name, message }) => {
        assert.equal(name, "UserError");
        assert.equal(message.split("\n")[1], `  ${base}: ${reason}`);
        return true;
      });
    }
  }));

Deno.test("the embedded data set needs no server and no files", () =>
  inTemporaryFolder(async (folder) => {
    const { parameters, origin } = planDownload("strokes", { mirror: "/nowhere", configFolder: "/nowhere" });
    const context = await openDownload(folder, origin);
    const { outputs } = await performStep(downloadStep, { parameters, inputs: {}, context });
    assert.equal(parseIdxImages(await outputs.train_images.read()).count, 6000);
    assert.equal(parseIdxLabels(await outputs.test_labels.read()).length, 1000);
  }));

const IDX: DatasetFiles<Uint8Array<ArrayBuffer>> = {
  train_images: encodeIdxImages({
    count: 3,
    rows: 2,
    columns: 2,
    pixels: CONTENTS.train_labels.slice(0, 12),
  }),
  train_labels: encodeIdxLabels(Uint8Array.of(0, 1, 2)),
  test_images: encodeIdxImages({ count: 2, rows: 2, columns: 2, pixels: CONTENTS.test_labels.slice(0, 8) }),
  test_labels: encodeIdxLabels(Uint8Array.of(2, 1)),
};

/** A data set of MNIST's names and known lengths, at a mirror. */
function small(mirror: string): Origin {
  const { files } = DATASETS.mnist.source;
  return locateNamed({ en: "MNIST", ja: "MNIST" }, {
    mirrors: [],
    files: mapFiles(files, ({ name, count }, part) => ({
      name,
      count,
      bytes: IDX[part].length,
      sha256: sha256(IDX[part]),
    })),
  }, mirror);
}

/** Downloads `IDX` from a mirror; the message where that fails. */
async function tryDownload(folder: string, mirror: string, stallSeconds = 10): Promise<string> {
  const context = await openDownload(folder, small(mirror), { stallSeconds });
  try {
    await download(context);
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  } finally {
    for (const { name, size } of sizes(`${folder}/tmp`)) assert.ok(size < 2000, `${name} has ${size} bytes`);
  }
  for (const content of Object.values(IDX)) {
    assert.deepEqual(await context.store.readArtifact(sha256(content)), content);
  }
  return "";
}

function sizes(folder: string): { name: string; size: number }[] {
  return listIfPresent(folder).map(({ name }) => ({ name, size: Deno.statSync(`${folder}/${name}`).size }));
}

/** Serves what `answer` gives at every path, and counts requests. */
async function withServer(
  answer: (path: string) => Response,
  test: (url: string, requests: () => number) => Promise<void>,
): Promise<void> {
  let requests = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    requests++;
    return answer(new URL(request.url).pathname);
  });
  try {
    await test(`http://127.0.0.1:${server.addr.port}`, () => requests);
  } finally {
    await server.shutdown();
  }
}

/** A body of `size` zeros or without end, `every` so many milliseconds a chunk. */
function endless(
  chunk: number,
  { every = 0, size = Infinity } = {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (every > 0) await new Promise((resolve) => setTimeout(resolve, every));
      controller.enqueue(new Uint8Array(chunk));
      sent += chunk;
      if (sent >= size) controller.close();
    },
  });
}

Deno.test("a server that sends more than the file has is left at the file's length: bombs, and bodies without end", () =>
  inTemporaryFolder(async (folder) => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(1 << 26)));
    const bodies: Record<string, [() => Response, RegExp]> = {
      bomb: [() => new Response(bomb), /it must send at most \d+ bytes, found \d+$/m],
      small_bomb: [
        () => new Response(new Uint8Array(gzipSync(new Uint8Array(100_000)))),
        /its content must have at most \d+ bytes, found more$/m,
      ],
      in_transit: [
        () => new Response(bomb, { headers: { "content-encoding": "gzip" } }),
        /it must send at most \d+ bytes, found \d+$/m,
      ],
      endless: [() => new Response(endless(1 << 16)), /it must send at most \d+ bytes, found more$/m],
    };
    for (const [name, [answer, message]] of Object.entries(bodies)) {
      await withServer(answer, async (url, requests) => {
        assert.match(await tryDownload(`${folder}/${name}`, url), message, name);
        assert.equal(requests(), 4, name);
      });
    }
  }));

Deno.test("a server that sends fewer than 1000 bytes a second, or a few bytes an attempt, is given up", () =>
  inTemporaryFolder(async (folder) => {
    await withServer(() => new Response(endless(1, { every: 20, size: 1000 })), async (url) => {
      assert.match(await tryDownload(`${folder}/slow`, url, 0.1), /it sends fewer than 1000 bytes a second/);
    });
    await using dripping = serve((request, body) => ({ ...withRanges(request, body), cutAt: 10 }));
    await assert.rejects(downloadAll(dripping, `${folder}/drip`), {
      message: /lost after 40 of \d+ bytes, tried 4 times/,
    });
  }));

Deno.test("redirections are followed, a circle of them is not, nor one that leads away from the web", () =>
  inTemporaryFolder(async (folder) => {
    const to = (location: string) => new Response(null, { status: 302, headers: { location } });
    await withServer(() => to("/loop"), async (url, requests) => {
      assert.match(await tryDownload(`${folder}/a`, url), /it redirects in a circle$/m);
      assert.equal(requests(), 8);
    });
    let hop = 0;
    await withServer(() => to(`/${hop++}`), async (url) => {
      assert.match(await tryDownload(`${folder}/b`, url), /it redirects more than 10 times$/m);
    });
    await withServer(() => to("file:///etc/passwd"), async (url) => {
      assert.match(
        await tryDownload(`${folder}/c`, url),
        /it redirects to what is no http or https address$/m,
      );
    });
    const { files } = DATASETS.mnist.source;
    const at = (path: string) =>
      IDX[
        Object.keys(files).find((part) => path.endsWith(files[part as "test_labels"].name)) as "test_labels"
      ];
    await withServer(
      (path) => path.startsWith("/far/") ? new Response(at(path)) : to(`/far${path}`),
      async (url) => {
        assert.equal(await tryDownload(`${folder}/d`, url), "");
      },
    );
  }));

Deno.test("an HTML page in the place of a file is called that, from a server and in a folder", () =>
  inTemporaryFolder(async (folder) => {
    const page = "\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>";
    const found = /it must be a data file, found an HTML page$/m;
    await withServer(() => new Response(page), async (url, requests) => {
      assert.match(await tryDownload(`${folder}/a`, url), found);
      assert.equal(requests(), 4);
    });
    await Deno.mkdir(`${folder}/mirror`);
    await Deno.writeTextFile(`${folder}/mirror/t10k-labels-idx1-ubyte.gz`, page);
    assert.match(await tryDownload(`${folder}/b`, `${folder}/mirror`), found);
  }));

Deno.test("--mirror finds the files under the first archive's names, in torchvision's layout and in Keras's mnist.npz", () =>
  inTemporaryFolder(async (folder) => {
    const { files } = DATASETS.mnist.source;
    const layouts: Record<string, [string, (name: string) => string]> = {
      archive: ["", (name) => name.replace("-idx", ".idx").replace(".gz", "")],
      packed: ["", (name) => name.replace("-idx", ".idx")],
      torchvision: ["MNIST/raw/", (name) => name.replace(".gz", "")],
      inner: ["raw/", (name) => name],
    };
    for (const [layout, [inner, rename]] of Object.entries(layouts)) {
      await Deno.mkdir(`${folder}/${layout}/${inner}`, { recursive: true });
      for (const part of Object.keys(IDX) as (keyof typeof IDX)[]) {
        const name = rename(files[part].name);
        const bytes = name.endsWith(".gz") ? new Uint8Array(gzipSync(IDX[part])) : IDX[part];
        await Deno.writeFile(`${folder}/${layout}/${inner}${name}`, bytes);
      }
      assert.equal(await tryDownload(`${folder}/store-${layout}`, `${folder}/${layout}`), "");
    }
    // A folder of the same name, as unpacked archives have them, and a damaged copy are passed over.
    await Deno.mkdir(`${folder}/archive/train-images-idx3-ubyte`);
    await Deno.writeTextFile(`${folder}/archive/t10k-labels-idx1-ubyte`, "damaged");
    assert.equal(await tryDownload(`${folder}/store-again`, `${folder}/archive`), "");

    const array = (bytes: Uint8Array<ArrayBuffer>, shape: number[]) =>
      writeNpy({ shape, data: bytes.slice(4 + 4 * shape.length) });
    const arrays = {
      "x_train.npy": array(IDX.train_images, [3, 2, 2]),
      "y_train.npy": array(IDX.train_labels, [3]),
      "x_test.npy": array(IDX.test_images, [2, 2, 2]),
      "y_test.npy": array(IDX.test_labels, [2]),
    };
    await Deno.mkdir(`${folder}/keras`);
    await Deno.writeFile(`${folder}/keras/mnist.npz`, zipSync(arrays));
    for (const mirror of ["keras", "keras/mnist.npz"]) {
      assert.equal(await tryDownload(`${folder}/store-${mirror}`, `${folder}/${mirror}`), "");
    }
    await Deno.writeFile(
      `${folder}/keras/mnist.npz`,
      zipSync({ ...arrays, "y_test.npy": arrays["y_train.npy"] }),
    );
    assert.match(
      await tryDownload(`${folder}/store-other`, `${folder}/keras`),
      /^Cannot get MNIST's t10k-labels-idx1-ubyte\.gz from --mirror .*\n {2}.*: its content must have SHA-256/,
    );
    await Deno.writeFile(`${folder}/keras/mnist.npz`, zipSync({ "x_train.npy": arrays["y_test.npy"] }));
    assert.match(
      await tryDownload(`${folder}/store-none`, `${folder}/keras`),
      /mnist\.npz must have y_train, unsigned bytes \(n, rows, columns\) or \(n\), found none$/m,
    );
  }));

Deno.test("the one file of four that is missing is named, and the file that comes nearest to it", () =>
  inTemporaryFolder(async (folder) => {
    const { files } = DATASETS.mnist.source;
    await Deno.mkdir(`${folder}/mirror`);
    for (const part of Object.keys(IDX) as (keyof typeof IDX)[]) {
      const name = part === "test_labels" ? "T10k_labels idx1 (1).gz" : files[part].name;
      await Deno.writeFile(`${folder}/mirror/${name}`, IDX[part]);
    }
    const title =
      `Cannot get MNIST's t10k-labels-idx1-ubyte.gz from --mirror ${folder}/mirror:\n  ${folder}/mirror: no such file`;
    assert.ok((await tryDownload(`${folder}/a`, `${folder}/mirror`)).startsWith(`${title}\n`));
    await Deno.writeTextFile(`${folder}/mirror/t10k-labels-idx1-ubyte (1).gz`, "");
    const message = await tryDownload(`${folder}/b`, `${folder}/mirror`);
    assert.ok(message.startsWith(`${title}; the nearest is t10k-labels-idx1-ubyte (1).gz\n`), message);
  }));
