/** The parts of a Vega specification that the page changes. */
export interface VegaSpec {
  readonly scales?: readonly { readonly name: string; readonly type?: string; readonly domain?: unknown }[];
  readonly axes?: readonly {
    readonly scale: string;
    readonly grid?: boolean;
    readonly values?: unknown;
    readonly tickCount?: unknown;
  }[];
  readonly signals?: readonly object[];
  readonly [part: string]: unknown;
}
