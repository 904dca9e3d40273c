/// <reference lib="dom" />
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Language } from "../../text/language.ts";
import type { Rule } from "../../rules/rule.ts";
import { RULE_NAMES, RULES } from "../../rules/rules.ts";
import { MOST_SAMPLES, type Sample } from "../../rules/sample.ts";
import { labMessages } from "../messages.ts";
import { labPage, type PageProps } from "../page.ts";
import { Button, Choice, Select, Slider } from "../ui/controls.tsx";
import { LineChart } from "../ui/line_chart.tsx";
import { PlayBar } from "../ui/play_bar.tsx";
import { Board, nearestSample } from "./board.tsx";
import { Findings } from "./findings.tsx";
import { HiddenQuestion } from "./hidden_question.tsx";
import { type Learning, useLearning } from "./learning.ts";
import { factOf } from "./outcome.ts";
import { FIELDS, playgroundParams } from "./state.ts";
import { fixed, ThisStep } from "./this_step.tsx";
import { type RulesWords, rulesWords } from "./words.ts";

const RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const SPEEDS = [1, 2, 5, 10, 30, 100, 300, 1000];

type Brush = "0" | "1" | "erase";

function View({ state, language, open }: PageProps<typeof FIELDS>): JSX.Element {
  const t = rulesWords(language);
  const learning = useLearning(state);
  const brush = useSignal<Brush>("1");
  const { samples } = learning;
  const keep = (list: readonly Sample[]) => {
    state.points.value = list;
    state.data.value = "own";
  };
  const onPick = (x1: number, x2: number) => {
    if (brush.value === "erase") {
      const found = nearestSample(samples, x1, x2);
      if (found >= 0) keep(samples.value.filter((_, i) => i !== found));
    } else if (samples.value.length < MOST_SAMPLES) {
      keep([...samples.value, { x1, x2, label: brush.value === "1" ? 1 : 0 }]);
    }
  };
  const targets = RULES[state.rule.value].targets.map((target) => fixed(target, 0)) as [string, string];
  const isCloud = state.data.value === "clouds" || state.data.value === "overlap";
  return (
    <>
      <div class="desk">
        <div class="left">
          <div class="controls">
            <Choice
              label={t.rule}
              value={state.rule}
              words={ruleTitles(language)}
            />
            <Slider label={t.rate} value={state.rate} stops={RATES} />
            <Select label={t.data} value={state.data} words={t.shapes} />
            {isCloud && (
              <Slider
                label={t.noise}
                value={state.noise}
                least={0}
                most={0.6}
                step={0.05}
                show={(value) => value.toFixed(2)}
              />
            )}
            <div class="row">
              {isCloud && (
                <Button onClick={() => state.seed.value = (state.seed.value + 1) % 2 ** 32}>{t.draw}</Button>
              )}
              <Button onClick={() => keep([])} disabled={samples.value.length === 0}>{t.clear}</Button>
            </div>
            <Choice label={t.brush} value={brush} words={t.brushes(targets)} />
            {samples.value.length >= MOST_SAMPLES && <p class="note" role="status">{t.full(MOST_SAMPLES)}</p>}
          </div>
          <div class="tries">
            <h2>{t.try}</h2>
            <ul>{t.tries[state.rule.value].map((text) => <li key={text}>{text}</li>)}</ul>
          </div>
        </div>
        <div class="centre">
          <div class="middle">
            <PlayBar
              language={language}
              playing={learning.playing}
              onReset={learning.restart}
              steps={[
                { label: t.oneSample, onStep: learning.step },
                { label: t.oneEpoch, onStep: learning.epoch },
              ]}
            />
            <div class="state">
              <Counts learning={learning} t={t} />
              <Slider
                label={labMessages(language).speed}
                value={state.speed}
                stops={SPEEDS}
                show={(value) => t.speed(String(value))}
              />
            </div>
            <div class="square">
              <Board learning={learning} label={t.board(samples.value.length)} onPick={onPick} />
            </div>
            <p class="note marks">{t.legend}</p>
          </div>
          <Charts learning={learning} t={t} />
        </div>
        <div class="side">
          <Told learning={learning} t={t} />
        </div>
      </div>
      <HiddenQuestion
        t={t}
        isXor={state.data.value === "xor"}
        onGo={() => open("playground", playgroundParams(samples.value))}
      />
    </>
  );
}

function ruleTitles(language: Language): Record<Rule["name"], string> {
  const titles = RULE_NAMES.map((name) => [name, RULES[name].title[language]]);
  return Object.fromEntries(titles) as Record<Rule["name"], string>;
}

interface Part {
  readonly learning: Learning;
  readonly t: RulesWords;
}

function Counts({ learning, t }: Part): JSX.Element {
  const { epochs, steps, wrong, samples } = learning.now();
  return (
    <dl class="counts">
      <div>
        <dt>{t.counts.epoch}</dt>
        <dd>{epochs}</dd>
      </div>
      <div>
        <dt>{t.counts.step}</dt>
        <dd class="steps">{steps}</dd>
      </div>
      <div>
        <dt>{t.counts.wrong}</dt>
        <dd>
          {wrong[steps]} <small>{t.of} {samples.length}</small>
        </dd>
      </div>
    </dl>
  );
}

function Told({ learning, t }: Part): JSX.Element {
  const learner = learning.now();
  const fact = factOf(learning.samples.value, learning.witness.value);
  return (
    <>
      <Findings
        learner={learner}
        fact={fact}
        margin={learning.margin.value}
        solution={learning.leastSquares.value}
        t={t}
      />
      <ThisStep learner={learner} t={t} />
    </>
  );
}

function Charts({ learning, t }: Part): JSX.Element {
  const { rule, samples } = learning.now();
  return (
    <section class="charts" aria-label={t.errors}>
      <LineChart
        label={t.wrongPoints}
        xTitle={t.byStep}
        ratio={2}
        most={Math.max(2, 2 * Math.ceil(samples.length / 4))}
        show={(value) => String(value)}
        series={() => [{ name: t.wrongPoints, colour: "bad", values: learning.now().wrong }]}
      />
      {rule.loss !== null && (
        <LineChart
          label={t.losses[rule.name]}
          xTitle={t.byStep}
          ratio={2}
          series={() => [{ name: t.losses[rule.name], colour: "c3", values: learning.now().losses }]}
        />
      )}
    </section>
  );
}

export const rulesPage = labPage({
  name: "rules",
  title: { en: "Learning rules", ja: "学習則" },
  about: {
    en: "A line moves by each sample: perceptron, Hebb, delta rule, logistic regression.",
    ja: "サンプルごとに直線が動きます：パーセプトロン、ヘブ則、デルタ則、ロジスティック回帰。",
  },
  fields: FIELDS,
  View,
});
