// What the browser runs: the test reads `trained` from the page.
import { threeTrainings } from "./three_trainings.ts";

Object.assign(globalThis, { trained: threeTrainings() });
