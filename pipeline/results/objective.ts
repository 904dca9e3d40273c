export { objectiveOf } from "../../src/sweep/objective.ts";
