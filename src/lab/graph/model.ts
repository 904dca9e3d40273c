import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Values } from "../address/fields.ts";
import { entriesOf, type Expression } from "./compute/expression.ts";
import { type Checked, checkGradients, differencesOf } from "./compute/gradient_check.ts";
import { type Mistake, mistakeIn, type MistakeName, MISTAKES, placesOf } from "./compute/mistakes.ts";
import { type GraphNode, graphOf, type Operation, operationsOf } from "./compute/nodes.ts";
import {
  drawNet,
  type Given,
  type Matrix,
  netFrom,
  parameterName,
  type SmallNet,
} from "./compute/small_net.ts";
import { type Walk, walk } from "./compute/walk.ts";
import type { GRAPH_FIELDS } from "./fields.ts";
import { type EntryPlace, formatPlace } from "./names.ts";
import { type Step, stepsOf, tensorsAfter, tensorsOf } from "./steps.ts";

type State = { readonly [K in keyof Values<typeof GRAPH_FIELDS>]: Signal<Values<typeof GRAPH_FIELDS>[K]> };

/** What the page shows: everything follows from its address, but for the entry that is pointed at. */
export interface GraphModel {
  readonly state: State;
  readonly net: ReadonlySignal<SmallNet>;
  readonly misfits: ReadonlySignal<readonly (keyof Given)[]>;
  readonly nodes: ReadonlySignal<readonly GraphNode[]>;
  readonly operations: ReadonlySignal<readonly Operation[]>;
  readonly steps: ReadonlySignal<readonly Step[]>;
  /** How many of them are done. */
  readonly done: ReadonlySignal<number>;
  /** The last that is done. */
  readonly step: ReadonlySignal<Step | undefined>;
  readonly mistake: ReadonlySignal<Mistake | undefined>;
  /** Where it is made, unless that is hidden. */
  readonly places: ReadonlySignal<readonly Operation[]>;
  /** Whether there is a mistake that is to be found: nothing tells which but the numbers. */
  readonly isHidden: ReadonlySignal<boolean>;
  /** As it is with the mistake. */
  readonly shown: ReadonlySignal<Walk>;
  /** As it should be. */
  readonly right: ReadonlySignal<Walk>;
  readonly made: ReadonlySignal<ReadonlySet<string>>;
  readonly checked: ReadonlySignal<readonly Checked[]>;
  /** Whether the mistake leaves every gradient of the weights and biases as it is. */
  readonly isHarmless: ReadonlySignal<boolean>;
  /** The entry that is pointed at, or focused; null: none. */
  readonly pointed: Signal<EntryPlace | null>;
  /** The entry that is explained: pointed at, or chosen, or the first that the step made. */
  readonly explained: ReadonlySignal<EntryPlace | null>;
  /** How the explained entry is made; undefined where it is given. */
  readonly expression: ReadonlySignal<Expression | undefined>;
  /** The entries that it is made from, as addresses have them. */
  readonly parts: ReadonlySignal<ReadonlySet<string>>;
  isWrong(tensor: string, index: number): boolean;
  goTo(done: number): void;
  /** Draws anew where sizes change: what was given fits no longer. */
  redraw(change: () => void): void;
  setWeight(parameter: number, index: number, value: number): void;
}

export function openGraph(state: State): GraphModel {
  const found = computed(() => {
    const { inputs, hidden, classes, rows, activation, seed, x, y, w } = state;
    const sizes = [inputs.value, ...hidden.value, classes.value];
    const drawn = drawNet({ sizes, rows: rows.value }, activation.value, seed.value);
    return netFrom(drawn, { x: x.value, labels: y.value, weights: w.value });
  });
  const net = computed(() => found.value.net);
  const nodes = computed(() => graphOf(net.value));
  const operations = computed(() => operationsOf(nodes.value));
  const steps = computed(() => stepsOf(operations.value));
  const done = computed(() => Math.min(state.step.value, steps.value.length));
  const step = computed<Step | undefined>(() => steps.value[done.value - 1]);
  const isHidden = computed(() => state.riddle.value > 0);
  const mistake = computed(() => {
    const name = isHidden.value
      ? hiddenMistake(state.riddle.value, operations.value, net.value)
      : state.mistake.value;
    return name === "none" ? undefined : mistakeIn(operations.value, net.value, name);
  });
  const places = computed(() =>
    mistake.value === undefined || isHidden.value ? [] : placesOf(mistake.value, operations.value, net.value)
  );
  const right = computed(() => walk(net.value));
  const shown = computed(() => mistake.value === undefined ? right.value : walk(net.value, mistake.value));
  const made = computed(() => tensorsAfter(done.value, steps.value, shown.value));
  const differences = computed(() => differencesOf(net.value));
  const checked = computed(() => checkGradients(net.value, shown.value, differences.value));
  const isHarmless = computed(() =>
    mistake.value !== undefined && checked.value.every(({ verdict }) => verdict === "right")
  );
  const pointed = signal<EntryPlace | null>(null);
  const isThere = (place: EntryPlace | null): place is EntryPlace => {
    const tensor = place === null ? undefined : shown.value.values.get(place.tensor);
    return place !== null && tensor !== undefined && made.value.has(place.tensor) &&
      place.row < tensor.rows && place.column < tensor.columns;
  };
  const explained = computed(() => {
    if (isThere(pointed.value)) return pointed.value;
    if (isThere(state.entry.value)) return state.entry.value;
    const tensor = step.value === undefined ? undefined : tensorsOf(step.value, shown.value)[0];
    return tensor === undefined ? null : { tensor, row: 0, column: 0 };
  });
  const expression = computed(() =>
    explained.value === null || (isHidden.value && explained.value.tensor.startsWith("d"))
      ? undefined
      : shown.value.makings.get(explained.value.tensor)?.entry(explained.value.row, explained.value.column)
  );

  return {
    state,
    net,
    misfits: computed(() => found.value.misfits),
    nodes,
    operations,
    steps,
    done,
    step,
    mistake,
    places,
    isHidden,
    shown,
    right,
    made,
    checked,
    isHarmless,
    pointed,
    explained,
    expression,
    parts: computed(() =>
      new Set(expression.value === undefined ? [] : entriesOf(expression.value).map(formatPlace))
    ),
    isWrong(tensor, index) {
      if (isHidden.value) return false;
      const [is, should] = [shown, right].map(({ value }) => value.values.get(tensor)?.data[index] ?? 0);
      return Math.abs(is - should) > 1e-9 * Math.max(Math.abs(is), Math.abs(should));
    },
    goTo(to) {
      batch(() => {
        state.step.value = Math.max(0, Math.min(to, steps.peek().length));
        state.entry.value = null;
        pointed.value = null;
      });
    },
    redraw(change) {
      batch(() => {
        state.x.value = state.y.value = state.w.value = [];
        state.entry.value = null;
        change();
      });
    },
    setWeight(parameter, index, value) {
      const { parameters } = net.peek();
      state.w.value = parameters.flatMap((
        { data },
        p,
      ) => [...p === parameter ? data.with(index, value) : data]);
    },
  };
}

/** The mistake of a riddle, of those that can be made. */
function hiddenMistake(riddle: number, operations: readonly Operation[], net: SmallNet): MistakeName {
  const possible = MISTAKES.filter((name) => mistakeIn(operations, net, name) !== undefined);
  // Riddles that follow one another shall not go down the list.
  return possible[(riddle * 7919 % 9973) % possible.length];
}

/** Whether two walks come to the same derivatives: then no check can tell their mistakes apart. */
export function isAlike(one: Walk, other: Walk): boolean {
  return [...one.values].every(([tensor, { data }]) =>
    data.every((value, i) => Math.abs(value - (other.values.get(tensor)?.data[i] ?? NaN)) <= 1e-12)
  );
}

/** The number of a parameter by its tensor, or by its derivative; undefined for other tensors. */
export function parameterOf(tensor: string, parameters: readonly Matrix[]): number | undefined {
  const index = parameters.findIndex((_, i) => [parameterName(i), `d${parameterName(i)}`].includes(tensor));
  return index < 0 ? undefined : index;
}
