/// <reference lib="dom" />
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { labPage, type PageProps } from "../page.ts";
import { Panel, Select, Slider } from "../ui/controls.tsx";
import { PlayBar, usePlaying } from "../ui/play_bar.tsx";
import { CheckView } from "./check_view.tsx";
import { mistakeIn, type MistakeName, MISTAKES } from "./compute/mistakes.ts";
import { numpyProgram } from "./compute/numpy_program.ts";
import { GRAPH_FIELDS } from "./fields.ts";
import { GraphMap } from "./graph_map.tsx";
import { gridHandlers } from "./matrix_grid.tsx";
import { MistakesView } from "./mistakes_view.tsx";
import { type GraphModel, openGraph } from "./model.ts";
import { OneNumber } from "./one_number.tsx";
import { OperationView } from "./operation.tsx";
import { Setup } from "./setup.tsx";
import { type GraphWords, graphWords } from "./words.ts";

/** Steps a second while it plays: time enough to read a line. */
const RATE = 0.6;

export const graphPage = labPage({
  name: "graph",
  title: { en: "The graph", ja: "計算グラフ" },
  about: {
    en: "Forward and back through the computational graph, with every number.",
    ja: "計算グラフを順に、そして逆にたどり、すべての数値を確かめます。",
  },
  fields: GRAPH_FIELDS,
  View,
});

function View({ state, language }: PageProps<typeof GRAPH_FIELDS>): JSX.Element {
  const words = graphWords(language);
  const model = useMemo(() => openGraph(state), [state]);
  const { done, steps, goTo } = model;
  const playing = useSignal(false);
  useSignalEffect(() => {
    if (playing.value && done.peek() === steps.peek().length) goTo(0);
  });
  usePlaying(playing, {
    rate: () => RATE,
    step: () => {
      goTo(done.peek() + 1);
      if (done.peek() === steps.peek().length) playing.value = false;
    },
  });
  useKeys(model, () => playing.value = false);
  const position = useMemo(() => positionOf(model), [model]);
  return (
    <div {...gridHandlers(model)}>
      <Setup model={model} words={words} />
      <div class="stepping">
        <PlayBar
          language={language}
          playing={playing}
          onReset={() => {
            playing.value = false;
            goTo(0);
          }}
          steps={[
            { label: `← ${words.back}`, onStep: () => goTo(done.peek() - 1) },
            { label: `${words.forward} →`, onStep: () => goTo(done.peek() + 1) },
          ]}
        />
        {!model.isHidden.value && (
          <Select label={words.mistake} value={state.mistake} words={possibleMistakes(model, words)} />
        )}
        <Slider
          label={words.position}
          value={position}
          show={(value) => `${value} / ${steps.value.length}`}
          least={0}
          most={steps.value.length}
          step={1}
        />
      </div>
      <GraphMap model={model} words={words} />
      <div class="explanation">
        <OperationView model={model} words={words} />
        <OneNumber model={model} words={words} />
      </div>
      <div class="checking">
        <MistakesView model={model} words={words} />
        <CheckView model={model} words={words} />
      </div>
      <Panel title={words.numpy} open={false}>
        {model.isHidden.value && <p class="note">{words.withoutHidden}</p>}
        <Program model={model} />
      </Panel>
    </div>
  );
}

/** What can be chosen without a word of explanation: the mistakes that can be made, and that of a link though it cannot. */
function possibleMistakes({ state, operations, net }: GraphModel, words: GraphWords) {
  const isOffered = (name: MistakeName) =>
    state.mistake.value === name || mistakeIn(operations.value, net.value, name) !== undefined;
  const offered = MISTAKES.filter(isOffered).map((name) => [name, words.mistakeNames[name]]);
  return { none: words.none, ...Object.fromEntries(offered) } as Record<"none" | MistakeName, string>;
}

/** The number of steps done, for the slider to set. */
function positionOf({ done, goTo }: GraphModel) {
  return {
    get value() {
      return done.value;
    },
    set value(value: number) {
      goTo(value);
    },
  } as GraphModel["state"]["step"];
}

function Program({ model: { net, mistake, places } }: { model: GraphModel }): JSX.Element {
  const made = mistake.value === undefined || places.value.length === 0
    ? {}
    : { mistake: mistake.value.name, places: places.value };
  return (
    <pre class="scroll" tabIndex={0}>
      {numpyProgram(net.value, made).map(({ text, wrong }, i) =>
        <span key={i} class={wrong ? "wrong-line" : ""}>{`${text}\n`}</span>)}
    </pre>
  );
}

/** Arrows step, Home and End go to the ends, where nothing else takes them. */
function useKeys({ done, steps, goTo }: GraphModel, stop: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input, select, textarea, pre")) {
        return;
      }
      const to: Readonly<Record<string, number>> = {
        ArrowLeft: done.peek() - 1,
        ArrowRight: done.peek() + 1,
        Home: 0,
        End: steps.peek().length,
      };
      if (!Object.hasOwn(to, event.key)) return;
      event.preventDefault();
      stop();
      goTo(to[event.key]);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
