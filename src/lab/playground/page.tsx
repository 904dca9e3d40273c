/// <reference lib="dom" />
import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { GivenPoint } from "../../data/points/points.ts";
import { graphParams } from "../graph/hand_over.ts";
import { labMessages } from "../messages.ts";
import { labPage, type PageProps } from "../page.ts";
import { hasSimd } from "./worker/client.ts";
import { Button, Slider } from "../ui/controls.tsx";
import { LineChart, type Series } from "../ui/line_chart.tsx";
import { formatNumber, percent } from "../ui/numbers.ts";
import { PlayBar } from "../ui/play_bar.tsx";
import { DecisionField } from "./decision_field.tsx";
import { DigitWeights } from "./digit_weights.tsx";
import { activationsOf, hiddenOf, isEnough } from "./experiment.ts";
import { FlawNotes } from "./flaw_notes.tsx";
import type { Score, Scores } from "./frame.ts";
import { HiddenPicture } from "./hidden_picture.tsx";
import { LESSON_NAMES, type LessonName, LESSONS } from "./lessons.ts";
import { NetworkPicture, useSelected } from "./network_picture.tsx";
import { DataPanel, LearningPanel, type Tool } from "./panels.tsx";
import { Reproduce } from "./reproduce.tsx";
import type { Selected } from "./selected.ts";
import { FIELDS, MOST_OWN, type PlaygroundFields } from "./state.ts";
import { settingOf, type Shown, type Training, useTraining } from "./training.ts";
import { type PlaygroundWords, playgroundWords } from "./words.ts";

type Props = PageProps<PlaygroundFields>;

export const playgroundPage = labPage({
  name: "playground",
  title: { en: "Playground", ja: "プレイグラウンド" },
  about: {
    en: "A network with hidden layers learns points: it bends the plane until a line is enough.",
    ja: "隠れ層のあるネットワークが、1 本の直線で分けられるように平面を曲げながら、点を学習します。",
  },
  fields: FIELDS,
  View: (props: Props) =>
    hasSimd()
      ? <Playground {...props} />
      : <p class="bad" role="alert">{labMessages(props.language).noSimd}</p>,
});

function Playground({ state, language, open }: Props): JSX.Element {
  const t = playgroundWords(language);
  const training = useTraining(state);
  const { shown, failure } = training;
  const tool = useSignal<Tool>("one");
  const touched = useSignal<Selected | null>(null);
  const selected = useSelected(touched, state.hidden);
  const own = useComputed(() => state.data.value === "own" ? state.points.value : null);
  const setting = settingOf(state);
  const digits = setting.data === "strokes";

  const pick = (x: number, y: number) =>
    state.points.value = pickPoint(state.points.value, { x, y, tool: tool.value });
  const edit = () => {
    const { coordinates, labels } = shown.value?.points ?? {};
    if (coordinates === undefined || labels === undefined) return;
    state.points.value = Array.from(labels, (label, i): GivenPoint => [
      toHundredths(coordinates[2 * i]),
      toHundredths(coordinates[2 * i + 1]),
      label,
    ]).slice(0, MOST_OWN);
    state.data.value = "own";
  };
  return (
    <>
      <Lessons lesson={state.lesson.value} open={open} language={language} t={t} />
      <Bar state={state} training={training} language={language} t={t} />
      {failure.value !== null && <p class="bad" role="alert">{t.failed(failure.value)}</p>}
      {!isEnough(setting) && <p class="few" role="status">{t.few}</p>}
      <div class="bench">
        <LearningPanel state={state} t={t} />
        <DataPanel state={state} t={t} tool={tool} onEdit={edit} />
        <div class="output">
          {!digits && (
            <div class="planes">
              <DecisionField
                shown={shown}
                selected={selected}
                own={own}
                onPick={setting.data === "own" ? pick : undefined}
                t={t}
              />
              <HiddenPicture shown={shown} bend={state.bend} view={state.space} t={t} />
            </div>
          )}
          <Charts shown={shown} t={t} />
          {digits && <FlawNotes shown={shown} t={t} />}
        </div>
        <div class="middle">
          {digits ? <DigitWeights shown={shown} t={t} /> : (
            <>
              <NetworkPicture
                shown={shown}
                hidden={state.hidden}
                activation={state.activation}
                selected={touched}
                t={t}
              />
              <GraphButton training={training} open={open} t={t} />
            </>
          )}
          {!digits && <FlawNotes shown={shown} t={t} />}
        </div>
      </div>
      <Reproduce shown={shown} setting={setting} t={t} />
    </>
  );
}

/** Opens the graph with the weights of this moment and a few training points, while nothing plays and the graph has room for the network. */
function GraphButton({ training: { shown, playing }, open, t }: Pick<Props, "open"> & {
  readonly training: Training;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const now = playing.value ? null : shown.value;
  const params = now === null ? undefined : graphOf(now);
  return (
    <Button disabled={params === undefined} onClick={() => params && open("graph", params)}>{t.graph}</Button>
  );
}

function graphOf({ frame, points, setting }: Shown): Record<string, string> | undefined {
  if (points === null || frame.diverged) return undefined;
  const activation = activationsOf(setting);
  // The graph has one for all layers.
  if (typeof activation !== "string") return undefined;
  const rows = Math.min(points.train, 4);
  return graphParams({
    sizes: [2, ...hiddenOf(setting), 2],
    activation,
    x: points.coordinates.subarray(0, 2 * rows),
    labels: points.labels.subarray(0, rows),
    parameters: frame.weights.map(({ data }) => data),
  });
}

/** Points with one more, or without the one that is near. */
function pickPoint(
  points: readonly GivenPoint[],
  { x, y, tool }: { x: number; y: number; tool: Tool },
): readonly GivenPoint[] {
  if (tool !== "erase") {
    if (points.length >= MOST_OWN) return points;
    return [...points, [toHundredths(x), toHundredths(y), tool === "one" ? 1 : 0]];
  }
  const distances = points.map(([px, py]) => Math.hypot(px - x, py - y));
  const nearest = distances.indexOf(Math.min(...distances));
  return distances[nearest] < 0.1 ? points.filter((_, i) => i !== nearest) : points;
}

function toHundredths(value: number): number {
  return Math.round(100 * Math.max(-1.25, Math.min(1.25, value))) / 100 + 0;
}

function Lessons({ lesson, open, language, t }: Pick<Props, "open" | "language"> & {
  readonly lesson: LessonName | "none";
  readonly t: PlaygroundWords;
}): JSX.Element {
  return (
    <div class="lessons">
      <p>
        <b>{t.tryThis}</b>
        {LESSON_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === lesson}
            onClick={() => open("playground", { ...LESSONS[name].params, lesson: name })}
          >
            {LESSONS[name].title[language]}
          </button>
        ))}
      </p>
      {lesson !== "none" && <p class="see" role="status">{LESSONS[lesson].see[language]}</p>}
    </div>
  );
}

const SPEEDS = [1, 3, 10, 30, 100, 300, 1000, 3000];

/** What moves the training, and where it stands. */
function Bar({ state, training, language, t }: Pick<Props, "state" | "language"> & {
  readonly training: Training;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const { epoch = 0, batch = 0, batches = 0, diverged, scores: last } = training.shown.value?.frame ?? {};
  const scores = diverged ? undefined : last;
  const epochs = state.epochs.value;
  const until = (Math.floor(epoch / epochs) + 1) * epochs;
  return (
    <div class="bar">
      <PlayBar
        language={language}
        playing={training.playing}
        onReset={() => training.reset()}
        steps={[
          { label: t.stepBatch, onStep: () => training.stepBatch() },
          { label: t.stepEpoch, onStep: () => training.stepEpoch() },
          { label: t.toEnd(until), onStep: () => training.rush() },
        ]}
      >
        <Slider label={t.speed} value={state.speed} stops={SPEEDS} show={t.perSecond} />
      </PlayBar>
      <dl class="now">
        <dt>{t.epoch}</dt>
        <dd class="epoch">{epoch}</dd>
        <dt>{t.batchCount}</dt>
        <dd class="batch">{`${batch} / ${batches}`}</dd>
      </dl>
      <dl class="now scores">
        <Scored t={t} scores={scores} title={t.loss} show={({ loss }) => formatNumber(loss)} />
        <Scored
          t={t}
          scores={scores}
          title={t.accuracy}
          show={({ accuracy }) => percent(accuracy)}
        />
      </dl>
    </div>
  );
}

/** A metric of both parts. */
function Scored({ scores, title, show, t }: {
  readonly scores: Scores | undefined;
  readonly title: string;
  readonly show: (score: Score) => string;
  readonly t: PlaygroundWords;
}): JSX.Element {
  const { train, validation } = scores ?? {};
  return (
    <>
      <dt>{title}</dt>
      <dd class="of">{t.training}</dd>
      <dd>{train ? show(train) : "–"}</dd>
      <dd class="of">{t.heldOut}</dd>
      <dd>{validation ? show(validation) : "–"}</dd>
    </>
  );
}

const NONE: readonly Scores[] = [];

function Charts({ shown, t }: {
  readonly shown: Signal<Shown | null>;
  readonly t: PlaygroundWords;
}): JSX.Element {
  // Most frames end no epoch.
  const past = useComputed(() => shown.value?.history ?? NONE);
  const series = (of: (score: Score) => number) => (): readonly Series[] => {
    const history = past.value;
    const held = history.flatMap(({ validation }) => validation ? [of(validation)] : []);
    return [
      { name: t.training, colour: "ink", values: history.map(({ train }) => of(train)) },
      ...held.length > 0 ? [{ name: t.heldOut, colour: "c3", values: held, dashed: true }] : [],
    ];
  };
  return (
    <div class="charts">
      <section>
        <h3>{t.lossChart}</h3>
        <LineChart series={series(({ loss }) => loss)} label={t.lossChart} xTitle={t.epoch} ratio={2.2} />
      </section>
      <section>
        <h3>{t.accuracyChart}</h3>
        <LineChart
          series={series(({ accuracy }) => accuracy)}
          label={t.accuracyChart}
          xTitle={t.epoch}
          most={1}
          show={(accuracy) => percent(accuracy)}
          ratio={2.2}
        />
      </section>
    </div>
  );
}
