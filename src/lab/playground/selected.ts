/** A part of the network whose field is looked at: an input, a hidden unit or an output; layers count from 0, the inputs. */
export interface Selected {
  readonly layer: number;
  readonly unit: number;
}
