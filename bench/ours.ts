// Our own training under the benchmark's protocol. Whether V8's flags are set is the caller's choice.

import { readProgramArguments, serve } from "./serve.ts";
import { prepareTraining } from "./training.ts";

const { train } = await prepareTraining(readProgramArguments(Deno.args));
await serve(`Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`, train);
