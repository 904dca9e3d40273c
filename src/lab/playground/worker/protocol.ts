import type { Frame, SettingPoints } from "../frame.ts";
import type { Setting, SpaceView } from "../state.ts";

/** What a page asks of the worker: to begin a training, or to go on with it. One answer comes to each, in their order. */
export type Request =
  | { readonly kind: "open"; readonly id: number; readonly setting: Setting; readonly view: SpaceView }
  | {
    readonly kind: "advance";
    readonly id: number;
    /** How many to train; 0 only looks. */
    readonly batches: number;
    /** The epoch at whose end it stops. */
    readonly until: number;
    readonly view: SpaceView;
  };

/** Its answer. */
export type Answer =
  | {
    readonly kind: "frame";
    readonly id: number;
    readonly frame: Frame;
    /** With a first frame, of points. */
    readonly points: SettingPoints | null;
  }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
