export {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parse,
  parseDocument,
  stringify,
  visit,
} from "npm/yaml";
export type { Alias, DocumentOptions, Node, Pair, SchemaOptions, YAMLMap } from "npm/yaml";
