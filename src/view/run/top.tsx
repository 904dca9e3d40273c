import type { JSX } from "preact";
import { LanguageLink } from "../language_link.tsx";
import { viewWords } from "../words.ts";
import type { RunView } from "./run_page.tsx";
import { runWords } from "./words.ts";

/** Of a trial with more seeds the first are linked. */
const MAX_SEEDS = 24;

interface RunTopProps extends Pick<RunView, "language" | "title" | "trial" | "seed"> {
  /** The experiment's address. */
  readonly experiment: string;
  /** Of the trial's runs. */
  readonly seeds: readonly number[];
}

/** The way back, and to the trial's other seeds. */
export function RunTop({ language, title, trial, seed, experiment, seeds }: RunTopProps): JSX.Element {
  const t = viewWords(language);
  const said = runWords(language);
  const query = `?lang=${language}`;
  return (
    <>
      <p class="where">
        <a href={`/${query}`}>{t.back}</a>
        <a href={experiment + query}>{title}</a>
        <LanguageLink language={language} />
      </p>
      {seeds.length > 1 && (
        <p class="where">
          <span class="note">{said.seeds}</span>
          {seeds.slice(0, MAX_SEEDS).map((each) =>
            each === seed
              ? <span key={each} class="here" aria-current="page">{said.seed(each)}</span>
              : <a key={each} href={`${experiment}run/${trial}-${each}${query}`}>{said.seed(each)}</a>
          )}
          {seeds.length > MAX_SEEDS && <span class="note">{t.progress.more(seeds.length - MAX_SEEDS)}</span>}
        </p>
      )}
    </>
  );
}
