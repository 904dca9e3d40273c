import type { LayerProbe } from "../../src/nn/layer_probe.ts";
import type { DiagnosticsRow } from "../../src/tables/diagnostics_csv.ts";
import type { EpochProbe } from "../workers/protocol.ts";

/** The rows of a run's diagnostics.csv. */
export function diagnosticsRows(probes: readonly EpochProbe[]): DiagnosticsRow[] {
  return probes.flatMap(({ epoch, layers }) => layers.map((layer) => ({ epoch, ...layerCells(layer) })));
}

function layerCells(
  { layer, units, activation, saturated, gradient }: LayerProbe,
): Omit<DiagnosticsRow, "epoch"> {
  const [activation_p05, activation_p25, activation_p50, activation_p75, activation_p95] =
    activation.magnitudes;
  const [gradient_p05, gradient_p25, gradient_p50, gradient_p75, gradient_p95] = gradient.magnitudes;
  return {
    layer,
    units,
    activation_mean: activation.mean,
    activation_std: activation.std,
    activation_p05,
    activation_p25,
    activation_p50,
    activation_p75,
    activation_p95,
    saturated,
    gradient_std: gradient.std,
    gradient_p05,
    gradient_p25,
    gradient_p50,
    gradient_p75,
    gradient_p95,
  };
}
