import type { Language } from "../../src/text/language.ts";
import { followedComparison, readMembers } from "./compare/comparison.ts";
import type { Experiments } from "./experiments.ts";
import type { Followed } from "./followed_pages.ts";
import { page } from "./gate.ts";
import { missing } from "./missing.ts";
import { POLICY } from "./pictures.ts";
import { runLab } from "./run/run_lab.ts";
import { followedRun } from "./run/run_page.ts";
import { problemOf } from "./problem.ts";

interface Asked {
  readonly params: URLSearchParams;
  readonly experiments: Experiments;
  readonly language: Language;
}

/** A page that follows what it shows, or its stream; or one that is answered as it is. */
type OtherPage = { readonly followed: Followed; readonly isStream: boolean } | {
  answer(): Promise<Response>;
};

const NUMBER = "0|[1-9]\\d{0,9}";
const RUN = new RegExp(`^/e/([0-9a-f]{12})/run/(${NUMBER})-(${NUMBER})(?:/(stream|lab))?$`);

const COMPARISON = /^\/compare(?:\/([0-9a-f.,]{12,400})\/stream)?$/;

/** The pages besides the list and the experiments', by their addresses; null where there is none. No part of an address is a path. */
export function otherPage(pathname: string, asked: Asked): OtherPage | null {
  const { experiments, language } = asked;
  const [compare, streamed] = COMPARISON.exec(pathname) ?? [];
  if (compare !== undefined) {
    const members = readMembers(streamed?.split(",") ?? asked.params.getAll("e"));
    return members && { followed: followedComparison(members, asked), isStream: streamed !== undefined };
  }
  const [, id, trial, seed, end] = RUN.exec(pathname) ?? [];
  if (id === undefined) return null;
  const run = { trial: Number(trial), seed: Number(seed) };
  if (end !== "lab") return { followed: followedRun(id, run, asked), isStream: end === "stream" };
  return {
    async answer() {
      const folder = experiments.get(id);
      if (folder === undefined) return missing("experiment", language);
      try {
        const lab = await runLab(folder, run, { place: folder.summary().place, language });
        return lab === null ? missing("weights", language) : page(lab, POLICY);
      } catch (error) {
        return missing(problemOf(error), language);
      }
    },
  };
}
