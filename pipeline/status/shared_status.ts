import type { Experiment } from "../../src/config/schema.ts";
import { downloadStep, planDownload } from "../steps/download.ts";
import { identify } from "../steps/perform_step.ts";
import { type PreprocessFacts, preprocessStep } from "../steps/preprocess.ts";
import type { Store } from "../store/store.ts";
import { ArtifactListing } from "../store/inventory.ts";
import { StepLooks } from "./step_looks.ts";
import { type StepState, toDo } from "./step_state.ts";

/** The preprocessed data set: its hash, and what is in it. */
export interface DatasetFacts extends PreprocessFacts {
  readonly sha256: string;
}

/** How download and preprocess stand, and the data set, where it is there. */
export interface SharedStatus {
  readonly steps: readonly (StepState & { step: string })[];
  readonly dataset: DatasetFacts | null;
}

/** How the steps that all runs of a data set share stand in a store. */
export function sharedStatus(dataset: Experiment["dataset"], store: Store): SharedStatus {
  const artifacts = new ArtifactListing(store);
  // Where the files come from plays no part.
  const { parameters } = planDownload(dataset, { configFolder: "." });
  const downloads = new StepLooks(store, { step: downloadStep.name, artifacts });
  const download = downloads.look(identify(downloadStep, { parameters, inputs: {} }));
  const downloadState = { step: downloadStep.name, ...downloads.explain(download) };
  const files = download.record?.outputs ?? ("sha256" in parameters ? parameters.sha256 : null);
  if (files === null) {
    const state = downloadState.state === "stale" ? "stale" : "missing";
    const waits = toDo(state, "waits for download");
    return { steps: [downloadState, { step: preprocessStep.name, ...waits }], dataset: null };
  }
  const inputs = Object.fromEntries(Object.entries(files).map(([name, sha256]) => [name, { sha256 }]));
  const preprocesses = new StepLooks(store, { step: preprocessStep.name, artifacts });
  const preprocess = preprocesses.look(identify(preprocessStep, { parameters: null, inputs }));
  const steps = [downloadState, { step: preprocessStep.name, ...preprocesses.explain(preprocess) }];
  // The record's own hash and the step's version vouch for the types of what it holds.
  const facts = preprocess.record?.facts as PreprocessFacts | undefined;
  return {
    steps,
    dataset: facts && preprocess.record ? { sha256: preprocess.record.outputs.dataset, ...facts } : null,
  };
}
