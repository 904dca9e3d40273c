// What the browser runs: the test reads `trained` from the page.
import { fewTrainings } from "./few_trainings.ts";

Object.assign(globalThis, { trained: fewTrainings() });
