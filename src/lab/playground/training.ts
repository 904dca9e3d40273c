/// <reference lib="dom" />
import { effect, type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { TrainingClient } from "./worker/client.ts";
import { activationsOf, isEnough } from "./experiment.ts";
import type { Frame, Scores, SettingPoints, SweepResult } from "./frame.ts";
import { type PlaygroundFields, type Setting, SETTING_FIELDS, type SpaceView } from "./state.ts";
import type { PageProps } from "../page.ts";

/** What the page shows: a moment of a training, and what came before it. */
export interface Shown {
  /** That it is a training of, which may have been changed since. */
  readonly setting: Setting;
  readonly frame: Frame;
  readonly points: SettingPoints | null;
  /** After each epoch, the first one before any. */
  readonly history: readonly Scores[];
  /** Of the last epoch that is over. */
  readonly result: SweepResult | null;
}

/** A training in the worker, and what moves it. */
export interface Training {
  /** Null before the first frame, and while there are too few points. */
  readonly shown: Signal<Shown | null>;
  readonly playing: Signal<boolean>;
  /** What went wrong, in the worker's words. */
  readonly failure: Signal<string | null>;
  stepBatch(): void;
  stepEpoch(): void;
  /** Trains as fast as it goes to where playing would stop. */
  rush(): void;
  reset(): void;
}

type State = PageProps<PlaygroundFields>["state"];

/** Follows the page's state: whatever its weights depend on begins the training anew. */
export function useTraining(state: State): Training {
  const training = useMemo(() => new Conductor(state), []);
  useEffect(() => training.start(), []);
  return training;
}

/** The setting that a state holds. */
export function settingOf(state: State): Setting {
  const names = Object.keys(SETTING_FIELDS) as (keyof Setting)[];
  return Object.fromEntries(names.map((name) => [name, state[name].value])) as unknown as Setting;
}

/** At most so many batches are asked for at once. */
const MOST_BATCHES = 20_000;

/** Asks the worker for a frame at most once for each that the screen shows, and never for a second one before the first is there. */
class Conductor implements Training {
  readonly shown = signal<Shown | null>(null);
  readonly playing = signal(false);
  readonly failure = signal<string | null>(null);
  readonly #state: State;
  #client: TrainingClient | null = null;
  #busy = false;
  /** What is open in the worker, as text; another one is to be opened where the state says other. */
  #open = "";
  #view: SpaceView = "principal";
  /** Batches asked for by a button; Infinity: to the end of the epoch. */
  #asked = 0;
  /** The epoch at whose end playing stops. */
  #until = 0;
  #rushing = false;
  /** Batches that are due by the speed, and at most so many at once, that a frame is not late. */
  #owed = 0;
  #most = 20;
  #lastFrame = 0;

  constructor(state: State) {
    this.#state = state;
  }

  start(): () => void {
    const client = new TrainingClient();
    this.#client = client;
    let request = 0;
    const onFrame = (now: number) => {
      request = requestAnimationFrame(onFrame);
      this.#next(now);
    };
    request = requestAnimationFrame(onFrame);
    const stopFollowing = effect(() => {
      if (this.playing.value) this.#aim();
      else this.#rushing = false;
    });
    return () => {
      stopFollowing();
      cancelAnimationFrame(request);
      client.close();
      this.#client = null;
    };
  }

  stepBatch(): void {
    this.#asked = this.#asked === Infinity ? Infinity : this.#asked + 1;
  }

  stepEpoch(): void {
    this.#asked = Infinity;
  }

  rush(): void {
    this.playing.value = true;
    this.#rushing = true;
  }

  reset(): void {
    this.playing.value = false;
    this.#open = "";
  }

  /** To the next multiple of the epochs that are set. */
  #aim(): void {
    const epochs = this.#state.epochs.value;
    this.#until = (Math.floor((this.shown.peek()?.frame.epoch ?? 0) / epochs) + 1) * epochs;
  }

  #next(now: number): void {
    const passed = Math.min(now - this.#lastFrame, 100) / 1000;
    this.#lastFrame = now;
    if (this.playing.peek()) {
      const most = this.#rushing ? MOST_BATCHES : this.#most;
      this.#owed = Math.min(
        this.#owed + passed * (this.#rushing ? Infinity : this.#state.speed.peek()),
        most,
      );
    } else this.#owed = 0;
    if (this.#busy) {
      this.#most = Math.max(1, this.#most * 0.7);
      return;
    }
    const setting = settingOf(this.#state);
    const view = this.#state.space.peek();
    // How long one plays is no part of what is trained, nor is whether activations that are all the same are said by layer.
    const key = JSON.stringify({ ...setting, epochs: 0, activation: activationsOf(setting) });
    if (!isEnough(setting)) {
      this.#open = "";
      this.shown.value = null;
      this.playing.value = false;
    } else if (key !== this.#open) {
      this.#open = key;
      this.#asked = 0;
      this.#ask({ kind: "open", setting, view }, setting);
    } else if (this.#asked > 0) {
      const { batch = 0, batches = 1 } = this.shown.peek()?.frame ?? {};
      const count = Math.min(this.#asked, batches - batch);
      this.#asked = 0;
      this.#ask({ kind: "advance", batches: count, until: Infinity, view }, setting);
    } else if (this.#owed >= 1) {
      const batches = Math.floor(this.#owed);
      this.#owed -= batches;
      this.#most = Math.min(MOST_BATCHES, this.#most * 1.1 + 1);
      this.#ask({ kind: "advance", batches, until: this.#until, view }, setting);
    } else if (view !== this.#view) {
      this.#ask({ kind: "advance", batches: 0, until: Infinity, view }, setting);
    }
  }

  async #ask(request: Parameters<TrainingClient["ask"]>[0], setting: Setting): Promise<void> {
    this.#busy = true;
    this.#view = request.view;
    try {
      const answer = await this.#client?.ask(request);
      if (answer === undefined) return;
      const { frame, points } = answer;
      const before = request.kind === "open" ? null : this.shown.peek();
      this.failure.value = null;
      this.shown.value = {
        setting: before?.setting ?? setting,
        frame,
        points: before?.points ?? points,
        history: frame.ended.length === 0 && before
          ? before.history
          : [...before?.history ?? [], ...frame.ended],
        result: frame.result ?? before?.result ?? null,
      };
      if (request.kind === "open") this.#aim();
      else if (frame.diverged || this.playing.peek() && frame.epoch >= this.#until) {
        this.playing.value = false;
      }
    } catch (error) {
      this.failure.value = error instanceof Error ? error.message : String(error);
      this.playing.value = false;
    } finally {
      this.#busy = false;
    }
  }
}
