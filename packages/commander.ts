export {
  Argument,
  Command,
  CommanderError,
  Help,
  InvalidArgumentError,
  Option,
} from "npm/@commander-js/extra-typings";
export type { CommandUnknownOpts } from "npm/@commander-js/extra-typings";
