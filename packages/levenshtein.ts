export { distance } from "npm/fastest-levenshtein";
