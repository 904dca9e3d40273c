import assert from "node:assert/strict";
import { Drawings } from "../../../pipeline/view/drawings.ts";

/** Draws names with their versions, and counts how often. */
class Pencil {
  readonly drawn: string[] = [];
  readonly drawings: Drawings<string>;

  constructor({ most = 2, pause = 60_000 } = {}) {
    this.drawings = new Drawings({ most, pause: () => pause });
  }

  async get(key: string, version: string, { late = false } = {}): Promise<string | null> {
    const draw = async () => {
      this.drawn.push(key + version);
      await Promise.resolve();
      return key === "none" ? null : key + version;
    };
    return (await this.drawings.get({ key, version, draw, late: () => late }))?.drawing ?? null;
  }
}

Deno.test("what has not changed is not drawn again, and what has is", async () => {
  const pencil = new Pencil();
  for (const version of ["1", "1", "2", "2"]) assert.equal(await pencil.get("a", version), `a${version}`);
  assert.deepEqual(pencil.drawn, ["a1", "a2"]);
  assert.equal(pencil.drawings.version("a"), "2");
  assert.equal(pencil.drawings.version("b"), undefined);
});

Deno.test("it is drawn once however many ask meanwhile", async () => {
  const pencil = new Pencil();
  const asked = ["1", "1", "1"].map((version) => pencil.get("a", version));
  assert.deepEqual(await Promise.all(asked), ["a1", "a1", "a1"]);
  assert.deepEqual(pencil.drawn, ["a1"]);
});

Deno.test("for whom the last one will do there is none anew before the pause is over", async () => {
  const [slow, quick] = [new Pencil(), new Pencil({ pause: 0 })];
  for (const pencil of [slow, quick]) await pencil.get("a", "1");
  assert.equal(await slow.get("a", "2", { late: true }), "a1");
  assert.equal(await quick.get("a", "2", { late: true }), "a2");
  assert.equal(await slow.get("a", "2"), "a2");
});

Deno.test("of more than are kept the one goes that nobody has looked at for longest", async () => {
  const pencil = new Pencil();
  for (const key of ["a", "b", "a", "c"]) await pencil.get(key, "1");
  assert.deepEqual(["a", "b", "c"].map((key) => pencil.drawings.version(key)), ["1", undefined, "1"]);
});

Deno.test("what is not there is asked for again, and what could not be drawn too", async () => {
  const pencil = new Pencil();
  assert.equal(await pencil.get("none", "1"), null);
  assert.equal(await pencil.get("none", "1"), null);
  assert.deepEqual(pencil.drawn, ["none1", "none1"]);
  const broken = () => Promise.reject(new RangeError("no ink"));
  const wanted = { key: "a", version: "1", late: () => true };
  await assert.rejects(pencil.drawings.get({ ...wanted, draw: broken }), /no ink/);
  assert.equal(await pencil.get("a", "1"), "a1");
});
