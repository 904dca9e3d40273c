// Settings of the playground for tests.

import { FIELDS, type Setting } from "../../../src/lab/playground/state.ts";
import { valuesOf } from "../../../src/lab/address/address.ts";

/** A setting from an address's parameters, which must all be read. */
export function settingFrom(params: string): Setting {
  const { values, refused } = valuesOf(FIELDS, Object.fromEntries(new URLSearchParams(params)));
  if (refused.length > 0) throw new Error(`not read: ${refused}`);
  return values;
}

/** Shapes, depths, activations, starts, batches and optimizers of every kind: small, and quickly trained. */
export const TWELVE: readonly string[] = [
  "data=gaussians&count=60&hidden=&batch=1&epochs=3",
  "data=circle&count=60&hidden=3.2&epochs=5",
  "data=xor&count=60&hidden=4&activation=relu&init=he&batch=full&optimizer=momentum&epochs=6",
  "data=moons&count=50&hidden=5.3&activation=sigmoid&batch=7&optimizer=adagrad&epochs=4&bias=zero",
  "data=spirals&count=80&hidden=16.16.16.16&batch=20&optimizer=adam&rate=0.03&epochs=4",
  "data=curve&count=60&hidden=8&activation=identity&optimizer=adagrad&init=gaussian&sigma=0.3&bias=zero&epochs=5",
  "data=own&points=0.5,0.5,1;-0.25,0.1,0;0.3,-0.75,0;-0.5,-0.5,1;0.9,0.1,1;0,0,0;0.11,-0.9,1&validation=0.3&hidden=2&batch=1&epochs=7",
  "data=own&points=0.5,0.5,1;-0.5,0.5,0;0.5,-0.5,0;-0.5,-0.5,1&validation=0&hidden=3&batch=full&optimizer=adagrad&rate=1&epochs=9",
  "data=strokes&units=10&batch=100&rate=0.3&epochs=1",
  "data=spirals&count=60&noise=0&hidden=6.6&activation=tanh.relu&batch=1&optimizer=momentum&rate=0.003&seed=7&epochs=3",
  "data=xor&count=41&noise=0.2&dataseed=5&hidden=2&activation=sigmoid&batch=full&rate=3&validation=0&epochs=8",
  "data=moons&count=100&hidden=1&batch=1024&init=gaussian&sigma=1&seed=123456&epochs=6",
];
