/** What streams, subjects and the bucket are named by where nobody names them. */
export const PROJECT = "nn-experiments";

/** A run up to an epoch: by its training's fingerprint and stage. */
export interface RunKey {
  readonly fingerprint: string;
  readonly stage: number;
}

/** What a project's streams, subjects and bucket are called on the server. */
export class Names {
  readonly project: string;

  constructor(project: string) {
    this.project = project;
  }

  get jobs(): string {
    return `${this.project}-jobs`;
  }

  /** Of results, checkpoints and the counts of jobs that were given back. */
  get states(): string {
    return `${this.project}-states`;
  }

  get machines(): string {
    return `${this.project}-machines`;
  }

  get objects(): string {
    return `${this.project}-objects`;
  }

  /** The stream that NATS keeps the objects in. */
  get bucket(): string {
    return `OBJ_${this.objects}`;
  }

  /** All that a project has on the server. */
  get streams(): readonly string[] {
    return [this.jobs, this.states, this.machines, this.bucket];
  }

  /** Jobs by what decides their bits: a worker sees none that it could not do. */
  job(core: string, key: RunKey | ">"): string {
    return `${this.project}.jobs.${core}.${suffix(key)}`;
  }

  result(key: RunKey | ">"): string {
    return `${this.project}.results.${suffix(key)}`;
  }

  checkpoint(key: RunKey | ">"): string {
    return `${this.project}.checkpoints.${suffix(key)}`;
  }

  returned(key: RunKey | ">"): string {
    return `${this.project}.returned.${suffix(key)}`;
  }

  /** Not stored: whoever is not there misses it. */
  progress(key: RunKey | ">"): string {
    return `${this.project}.progress.${suffix(key)}`;
  }

  machine(id: string): string {
    return `${this.project}.machines.${id}`;
  }
}

function suffix(key: RunKey | ">"): string {
  return key === ">" ? key : `${key.fingerprint}.${key.stage}`;
}

/** What keyText() gave, or a subject that ends in it; null for another text. */
export function parseKey(text: string): RunKey | null {
  const [, fingerprint, stage] = /([0-9a-f]{64})\.([1-9]\d{0,8})$/.exec(text) ?? [];
  return fingerprint === undefined ? null : { fingerprint, stage: Number(stage) };
}

export function keyText(key: RunKey): string {
  return suffix(key);
}
