import assert from "node:assert/strict";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { Exchange } from "../../../pipeline/machines/exchange.ts";
import { testWithNats } from "../../nats_server.ts";

testWithNats(
  "what is to be removed while the server is away is removed when it is back",
  async ({ server }) => {
    const access = { address: parseAddress(server.url), project: "nn-experiments" };
    const { signal } = new AbortController();
    await using exchange = await Exchange.open(access, { signal, tell: () => {} });
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
