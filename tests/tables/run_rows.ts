import type { RunRow } from "../../src/tables/results_csv.ts";

/** A run with the course's settings, changed as asked. */
export function runRow(changes: Partial<RunRow> = {}): RunRow {
  return {
    trial: 0,
    seed: 0,
    status: "ok",
    standardise: null,
    hidden: [400, 200],
    activation: "tanh",
    init: "gaussian",
    sigma: 0.01,
    bias: "gaussian",
    epochs: 3,
    batch_size: 20,
    learning_rate: 0.01,
    optimizer: "sgd",
    weight_decay: null,
    clip_norm: null,
    reduction: "mean",
    shuffle: "once",
    schedule: null,
    early_stopping: null,
    dropout: null,
    input_noise: null,
    split_seed: 0,
    init_seed: 0,
    shuffle_seed: 0,
    noise_seed: null,
    stopped_epoch: null,
    kept_epoch: null,
    train_loss: 0.25,
    val_loss: 0.3,
    val_accuracy: 0.9125,
    test_loss: 0.29,
    test_accuracy: 0.9144,
    test_top2_accuracy: null,
    test_macro_f1: null,
    test_ece: null,
    weights_sha256: "0123456789abcdef".repeat(4),
    ...changes,
  };
}

/** A run that diverged: no metrics. */
export function divergedRow(changes: Partial<RunRow> = {}): RunRow {
  return runRow({
    status: "diverged",
    train_loss: null,
    val_loss: null,
    val_accuracy: null,
    test_loss: null,
    test_accuracy: null,
    weights_sha256: null,
    ...changes,
  });
}
