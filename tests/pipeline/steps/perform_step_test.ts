import assert from "node:assert/strict";
import { findStepResult, performStep } from "../../../pipeline/steps/perform_step.ts";
import type {
  Artifact,
  Step,
  StepCall,
  StepContext,
  StepResult,
  StepRun,
} from "../../../pipeline/steps/step.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { openContext } from "./step_fixture.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (text: string) => new TextEncoder().encode(text);

/** Makes the artifacts `text` and `length` of `word`, and counts how often it ran. */
function sourceStep({ version = 1 } = {}) {
  const step = {
    name: "source",
    version,
    runs: 0,
    run({ parameters: { word } }: { parameters: { word: string } }) {
      step.runs++;
      return Promise.resolve({
        outputs: { text: bytes(word), length: bytes(String(word.length)) },
        facts: { z: word.length, a: [-0] },
      });
    },
  };
  return step satisfies Step<{ word: string }, never, "text" | "length", { z: number; a: number[] }>;
}

/** Turns its input into capitals. */
function capitalStep() {
  const step = {
    name: "capital",
    version: 1,
    runs: 0,
    async run({ inputs }: { inputs: { text: Artifact } }) {
      step.runs++;
      return { outputs: { text: bytes(text(await inputs.text.read()).toUpperCase()) }, facts: null };
    },
  };
  return step satisfies Step<null, "text", "text", null>;
}

/** What the store has of a step that has run. What was made just now need not be read from there. */
async function performed<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Promise<StepResult<O, F>> {
  await performStep(step, call);
  return findStepResult(step, call)!;
}

Deno.test("a step runs once; then its artifacts and facts come from the store, the same as when fresh", () =>
  inTemporaryFolder(async (folder) => {
    const step = sourceStep();
    const call = { parameters: { word: "digit" }, inputs: {}, context: await openContext(folder) };
    assert.equal(findStepResult(step, call), null);
    const fresh = await performStep(step, call);
    const later = { ...call, context: await openContext(folder) };
    const cached = await performStep(step, later);
    assert.deepEqual([fresh.cached, cached.cached, step.runs], [false, true, 1]);
    assert.equal(cached.fingerprint, fresh.fingerprint);
    for (const result of [fresh, cached, findStepResult(step, later)]) {
      assert.equal(JSON.stringify(result?.facts), '{"a":[0],"z":5}');
      assert.deepEqual(Object.keys(result?.outputs ?? {}), ["length", "text"]);
      assert.equal(text(await result?.outputs.text.read() ?? bytes("none")), "digit");
      assert.equal(result?.outputs.length.sha256, fresh.outputs.length.sha256);
    }
    assert.deepEqual(call.context.events, []);
  }));

Deno.test("a step runs again when its version, its parameters or its inputs' contents change, and not otherwise", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    const make = async (word: string, version = 1) =>
      await performStep(sourceStep({ version }), { parameters: { word }, inputs: {}, context });
    const first = await make("a");
    assert.equal((await make("a", 2)).cached, false);
    assert.equal((await make("b")).cached, false);
    const capital = capitalStep();
    const capitals = async (input: Artifact) =>
      (await performStep(capital, { parameters: null, inputs: { text: input }, context })).cached;
    assert.equal(await capitals(first.outputs.text), false);
    assert.equal(await capitals((await make("a", 2)).outputs.text), true);
    assert.equal(await capitals((await make("b")).outputs.text), false);
  }));

Deno.test("a step runs again when one of its artifacts is gone or its record is damaged", () =>
  inTemporaryFolder(async (folder) => {
    const step = sourceStep();
    const call = { parameters: { word: "digit" }, inputs: {}, context: await openContext(folder) };
    const { fingerprint, outputs } = await performStep(step, call);
    await Deno.remove(call.context.store.artifactPath(outputs.length.sha256));
    assert.equal((await performStep(step, call)).cached, false);
    await Deno.writeTextFile(
      `${folder}/steps/source/${fingerprint.slice(0, 2)}/${fingerprint.slice(2)}.json`,
      "",
    );
    assert.equal((await performStep(step, call)).cached, false);
    assert.equal((await performStep(step, call)).cached, true);
    assert.equal(step.runs, 3);
  }));

Deno.test("reading a damaged artifact says so and makes its step run again, and the steps before it if they are damaged too", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    const [source, capital] = [sourceStep(), capitalStep()];
    const first = await performed(source, { parameters: { word: "digit" }, inputs: {}, context });
    const { text: input } = first.outputs;
    const second = await performed(capital, { parameters: null, inputs: { text: input }, context });
    const paths = [input, second.outputs.text].map(({ sha256 }) => context.store.artifactPath(sha256));
    await Deno.writeTextFile(paths[0], "digiT");
    await Deno.remove(paths[1]);

    assert.equal(text(await second.outputs.text.read()), "DIGIT");
    assert.deepEqual([source.runs, capital.runs], [2, 2]);
    assert.equal(await Deno.readTextFile(paths[0]), "digit");
    assert.deepEqual(context.messages(), [
      `Cannot read the artifact ${
        paths[1]
      }: its SHA-256 must be ${second.outputs.text.sha256}, found no file. ` +
      "The capital step runs again to restore it.",
      `Cannot read the artifact ${paths[0]}: its SHA-256 must be ${input.sha256}, found ` +
      // printf digiT | sha256sum
      "3efefb0b858a448a53283b053b5079e0893cf98693edb2737833321e0b536e4e. The source step runs again to restore it.",
    ]);
  }));

Deno.test("however many read a damaged artifact at once, its step runs once", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    const step = sourceStep();
    const { outputs } = await performed(step, { parameters: { word: "digit" }, inputs: {}, context });
    for (const { sha256 } of Object.values(outputs)) {
      await Deno.writeTextFile(context.store.artifactPath(sha256), "");
    }
    const read = await Promise.all([outputs.text.read(), outputs.length.read(), outputs.text.read()]);
    assert.deepEqual(read.map(text), ["digit", "5", "digit"]);
    assert.equal(step.runs, 2);
  }));

Deno.test("a reader that finds damage only after another's run has mended it reads again, and runs nothing", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    const step = sourceStep();
    const { outputs: { text: artifact } } = await performed(step, {
      parameters: { word: "digit" },
      inputs: {},
      context,
    });
    await Deno.writeTextFile(context.store.artifactPath(artifact.sha256), "");
    const readArtifact = context.store.readArtifact.bind(context.store);
    let reads = 0;
    context.store.readArtifact = async (sha256) => {
      const late = reads++ === 0;
      try {
        return await readArtifact(sha256);
      } catch (error) {
        if (late) await mended;
        throw error;
      }
    };
    const first = artifact.read();
    const mended = artifact.read();
    assert.deepEqual((await Promise.all([first, mended])).map(text), ["digit", "digit"]);
    assert.equal(step.runs, 2);
  }));

Deno.test("a step that gives other bytes when it runs again is an error, not a silent change", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    let runs = 0;
    const step: Step<null, never, "out", null> = {
      name: "moody",
      version: 4,
      run: () => Promise.resolve({ outputs: { out: Uint8Array.of(runs++) }, facts: null }),
    };
    const { outputs: { out } } = await performed(step, { parameters: null, inputs: {}, context });
    await Deno.remove(context.store.artifactPath(out.sha256));
    await assert.rejects(out.read(), {
      name: "Error",
      // printf '\0' | sha256sum; printf '\1' | sha256sum
      message: "Cannot restore out of the moody step, version 4: its SHA-256 must be " +
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d again, found " +
        "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
    });
  }));

Deno.test("what a step has made is not read back while somebody holds it, unless it is a part of memory that others write into", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    const memory = Uint8Array.of(9, 1, 2, 9);
    const whole = Uint8Array.of(1, 2, 3);
    const step: Step<null, never, "whole" | "part", null> = {
      name: "views",
      version: 1,
      run: () => Promise.resolve({ outputs: { whole, part: memory.subarray(1, 3) }, facts: null }),
    };
    const read: string[] = [];
    const readArtifact = context.store.readArtifact.bind(context.store);
    context.store.readArtifact = (sha256) => {
      read.push(sha256);
      return readArtifact(sha256);
    };
    const { outputs } = await performStep(step, { parameters: null, inputs: {}, context });
    memory.fill(7);
    assert.equal(await outputs.whole.read(), whole);
    assert.deepEqual(await outputs.part.read(), Uint8Array.of(1, 2));
    assert.deepEqual(read, [outputs.part.sha256]);
  }));

Deno.test("a step that fails, or gives facts that are not JSON, leaves no record", () =>
  inTemporaryFolder(async (folder) => {
    const context = await openContext(folder);
    const failing = (outcome: () => { outputs: Record<never, never>; facts: unknown }) =>
      performStep(
        { name: "failing", version: 1, run: () => Promise.resolve().then(outcome) },
        { parameters: null, inputs: {}, context },
      );
    const fail = () => {
      throw new RangeError("no");
    };
    await assert.rejects(failing(fail), { name: "RangeError", message: "no" });
    await assert.rejects(failing(() => ({ outputs: {}, facts: { loss: NaN } })), {
      name: "TypeError",
      message: /value\.loss must be .*, found NaN$/,
    });
    assert.deepEqual([...context.store.listRecords("failing")], []);
  }));

Deno.test("an interrupted context starts no step, but still gives what is stored", () =>
  inTemporaryFolder(async (folder) => {
    const step = sourceStep();
    const parameters = { word: "digit" };
    await performStep(step, { parameters, inputs: {}, context: await openContext(folder) });
    const context = await openContext(folder, AbortSignal.abort(new Error("interrupted")));
    assert.equal((await performStep(step, { parameters, inputs: {}, context })).cached, true);
    await assert.rejects(performStep(step, { parameters: { word: "x" }, inputs: {}, context }), {
      message: "interrupted",
    });
    assert.equal(step.runs, 1);
  }));

/** Counts up to its stage, with a checkpoint at each number on the way; `pause` is waited for after each. */
function countingStep(pause: (reached: number) => Promise<unknown> = () => Promise.resolve()) {
  const step = {
    name: "count",
    version: 1,
    counted: [] as number[],
    async run({ stage = 0, earlier, checkpoint }: StepRun<null, never, "text", { reached: number }>) {
      const outcome = (reached: number) => ({ outputs: { text: bytes(`${reached}`) }, facts: { reached } });
      for (let reached = (earlier?.stage ?? 0) + 1; reached <= stage; reached++) {
        step.counted.push(reached);
        if (reached < stage) await checkpoint(reached, outcome(reached));
        await pause(reached);
      }
      return outcome(stage);
    },
  };
  return step satisfies Step<null, never, "text", { reached: number }>;
}

/** The same, which crashes after it has kept a checkpoint at `last`. */
function crashingStep(last: number) {
  return countingStep((reached) => reached === last ? Promise.reject(new Error("crash")) : Promise.resolve());
}

Deno.test("a longer training leaves a shorter one's result alone, whichever of them got there first", () =>
  inTemporaryFolder(async (folder) => {
    for (const first of ["shorter", "longer"]) {
      const call = { parameters: null, inputs: {}, context: await openContext(`${folder}/${first}`) };
      const shorter = { ...call, stage: 2 };
      if (first === "shorter") await performStep(countingStep(), shorter);
      // Another process would have a store object of its own.
      const other = { ...shorter, context: await openContext(`${folder}/${first}`) };
      await performStep(
        countingStep(async (reached) => {
          if (first === "longer" && reached === 2) await performStep(countingStep(), other);
        }),
        { ...call, stage: 5 },
      );
      const step = countingStep();
      const { cached, outputs } = await performStep(step, shorter);
      assert.equal(cached, true, first);
      assert.equal(text(await outputs.text.read()), "2");
      assert.equal((await performStep(step, { ...call, stage: 5 })).cached, true);
      assert.deepEqual(call.context.store.stages("count", (await performStep(step, shorter)).fingerprint), [
        2,
        5,
      ]);
      assert.deepEqual(step.counted, []);
    }
  }));

Deno.test("a checkpoint is no result, but what one is made from without doing it again", () =>
  inTemporaryFolder(async (folder) => {
    const call = { parameters: null, inputs: {}, context: await openContext(folder) };
    await assert.rejects(performStep(crashingStep(4), { ...call, stage: 9 }), { message: "crash" });
    const step = countingStep();
    assert.equal(findStepResult(step, { ...call, stage: 4 }), null);
    const { cached, facts } = await performStep(step, { ...call, stage: 4 });
    assert.deepEqual([cached, facts, step.counted], [false, { reached: 4 }, []]);
    assert.equal(findStepResult(step, { ...call, stage: 4 })?.facts.reached, 4);
    await performStep(step, { ...call, stage: 6 });
    assert.deepEqual(step.counted, [5, 6]);
    assert.equal(findStepResult(step, { ...call, stage: 4 })?.facts.reached, 4);
  }));

Deno.test("the checkpoint that a crash left goes when there is a later one", () =>
  inTemporaryFolder(async (folder) => {
    const call = { parameters: null, inputs: {}, context: await openContext(folder) };
    await assert.rejects(performStep(crashingStep(3), { ...call, stage: 9 }), { message: "crash" });
    const { fingerprint } = await performStep(countingStep(), { ...call, stage: 9 });
    assert.deepEqual(call.context.store.stages("count", fingerprint), [9]);
  }));
