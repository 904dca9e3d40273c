import type { Kernels } from "../kernels.ts";
import type { NumberRange } from "../range.ts";

/** A text in both languages. */
interface Description {
  readonly en: string;
  readonly ja: string;
}

/** A number that an optimizer may be set to. */
interface NumberSetting extends NumberRange {
  readonly default: number;
  readonly description: Description;
}

/** Something that an optimizer does or does not. */
interface SwitchSetting {
  readonly default: boolean;
  readonly description: Description;
}

/** What can be set of an optimizer. */
export type OptimizerSetting = NumberSetting | SwitchSetting;

/** Settings by the names that a config gives them. */
export type OptimizerSettings = Readonly<Record<string, OptimizerSetting>>;

/** A value for each setting. */
export type SettingValues<Settings extends OptimizerSettings = OptimizerSettings> = {
  readonly [Name in keyof Settings]: Settings[Name]["default"] extends boolean ? boolean
    : Settings[Name]["default"] extends number ? number
    : number | boolean;
};

/** What turns gradients into steps: a value that says what it keeps and makes one step. Registered in optimizers.ts. */
export interface Optimizer<Settings extends OptimizerSettings = OptimizerSettings> {
  /** What it is, for whoever chooses one. */
  readonly description: Description;
  /** Its constants, with PyTorch's defaults. */
  readonly settings: Settings;
  /** Names of the blocks that it keeps from step to step, each of the parameters' size and zero at first. */
  state(settings: SettingValues<Settings>): readonly string[];
  /** A step is parameters -= rate * gradient and nothing else: the network then moves them while it forms the gradient. */
  readonly direct?: true;
  /** Weight decay is no part of the gradient but the step's: with this value where none is set. */
  readonly decoupledDecay?: number;
  /** Why values that are right each for itself do not go together: which one, and what it must be. */
  clash?(settings: SettingValues<Settings>): (Description & { readonly setting: string }) | undefined;
  /** Moves the parameters against the gradient, whose block it may overwrite. */
  step(kernels: Kernels, blocks: OptimizerStep, settings: SettingValues<Settings>): void;
}

/** What a step works on. Blocks are pointers to the numbers of all layers: see layers/layer.ts. */
export interface OptimizerStep {
  /** Block to be moved. */
  readonly parameters: number;
  /** Block of the batch's gradient. */
  readonly gradient: number;
  /** Blocks of what is kept, in the order of their names. */
  readonly state: readonly number[];
  /** How many float32 a block has: a multiple of 16, padding is zero. */
  readonly floats: number;
  /** The learning rate. */
  readonly rate: number;
  /** Counts the steps of a training, from 1. */
  readonly t: number;
  /** Where weight decay is decoupled: what part of the parameters is taken away, for a rate of 1. Else 0, as it is in the gradient. */
  readonly decay: number;
}

/** An optimizer as its file has it: its step knows what settings there are. */
export function defineOptimizer<const Settings extends OptimizerSettings>(
  optimizer: Optimizer<Settings>,
): Optimizer {
  return optimizer;
}

/** What is added to a divisor that may be zero; the least is a float32 still. */
export function epsilonOf<Default extends number>(value: Default) {
  return {
    default: value,
    min: 1e-30,
    description: {
      en: "Added to what a step is divided by, so that this is never 0.",
      ja: "歩幅を割る数が 0 にならないように加える、小さな数です。",
    },
  } as const;
}
