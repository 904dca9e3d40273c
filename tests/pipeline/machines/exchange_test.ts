import assert from "node:assert/strict";
import { jetstream, type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import { type ObjectStore, Objm } from "@nats-io/obj";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { Exchange } from "../../../pipeline/machines/exchange.ts";
import { hashBytes } from "../../../pipeline/store/hash.ts";
import { delay } from "../../../pipeline/system/delay.ts";
import { type NatsServer, testWithNats } from "../../nats_server.ts";

const BYTES = new Uint8Array(3 << 20).map((_, i) => i);
const NAME = hashBytes(BYTES);
const PART = { sha256: NAME, bytes: BYTES.length, inline: false };

function openExchange(server: NatsServer): Promise<Exchange> {
  const access = { address: parseAddress(server.url), project: "nn-experiments" };
  return Exchange.open(access, { signal: new AbortController().signal, tell: () => {} });
}

/** A test with somebody's exchange and what else may happen to its objects. */
function testObjects(
  what: string,
  fn: (given: {
    server: NatsServer;
    exchange: Exchange;
    objects: ObjectStore;
    /** Removes an object's bytes, and leaves what is known of it. */
    takeBytes(): Promise<void>;
  }) => Promise<void>,
): void {
  testWithNats(what, async ({ server }) => {
    await using exchange = await openExchange(server);
    const objects = await new Objm(jetstream(exchange.connection)).open(exchange.names.objects);
    const jsm: JetStreamManager = await jetstreamManager(exchange.connection);
    await fn({
      server,
      exchange,
      objects,
      async takeBytes() {
        const { nuid } = (await objects.info(NAME))!;
        const filter = `$O.${exchange.names.objects}.C.${nuid}`;
        const { purged } = await jsm.streams.purge(exchange.names.bucket, { filter });
        assert.ok(purged > 0);
      },
    });
  });
}

testWithNats(
  "what is to be removed while the server is away is removed when it is back",
  async ({ server }) => {
    await using exchange = await openExchange(server);
    const { names } = exchange;
    const subject = `${names.project}.results.run`;
    await exchange.publish(subject, "one");
    assert.notEqual(await exchange.find(subject), null);
    await server.stop("SIGKILL");
    const removing = exchange.remove(names.states, subject);
    await server.restart();
    await removing;
    assert.equal(await exchange.find(subject), null);
  },
);

testObjects("of many that put the same object at once, one does", async ({ server, exchange, objects }) => {
  const others = await Promise.all(Array.from({ length: 7 }, () => openExchange(server)));
  try {
    const read = () => Promise.resolve(BYTES);
    await exchange.putObject(NAME, read);
    await exchange.removeObject(NAME);
    const { revision } = (await objects.info(NAME))!;
    await Promise.all([exchange, ...others].map((each) => each.putObject(NAME, read)));
    const messages = (await objects.status()).streamInfo.state.messages;
    const { chunks, revision: latest } = (await objects.info(NAME))!;
    assert.ok(latest > revision);
    // Its bytes, once, and what is known of it: those of the others have been removed.
    assert.equal(messages, chunks + 1);
    assert.deepEqual(await others[0].getObject(NAME, PART), BYTES);
  } finally {
    for (const other of others) await other[Symbol.asyncDispose]();
  }
});

testObjects(
  "an object whose bytes are gone is not waited for, and can be put anew",
  async ({ exchange, takeBytes }) => {
    await exchange.putObject(NAME, () => Promise.resolve(BYTES));
    await takeBytes();
    assert.equal(await exchange.getObject(NAME, PART), null);
    await exchange.putObject(NAME, () => Promise.resolve(BYTES));
    assert.deepEqual(await exchange.getObject(NAME, PART), BYTES);
  },
);

testObjects(
  "an object that is replaced while it is read is read anew",
  async ({ exchange, objects, takeBytes }) => {
    await exchange.putObject(NAME, () => Promise.resolve(BYTES));
    await takeBytes();
    const reading = exchange.getObject(NAME, PART);
    await delay(100);
    await objects.putBlob({ name: NAME }, BYTES);
    assert.deepEqual(await reading, BYTES);
  },
);

testObjects("an object of other bytes is none", async ({ exchange, objects }) => {
  await objects.putBlob({ name: NAME }, new Uint8Array(100));
  assert.equal(await exchange.getObject(NAME, PART), null);
  assert.ok((await objects.info(NAME))!.deleted);
});
