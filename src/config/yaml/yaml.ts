// What configs are read and written with, of the package yaml: bundled into bundle/yaml.js, one module where the package has eighty, which
// takes 25 ms off every command. Types come from here.

export {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
  visit,
} from "yaml";
