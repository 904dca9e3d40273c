import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { classScores, summarize } from "../../../metrics/classification.ts";
import { confusionSentences } from "../../sections/confusion_data.ts";
import type { RowKind } from "../../../data/catalogue.ts";
import type { Messages } from "../../messages/en.ts";
import { ExaminedTrial } from "../examined_trial.tsx";
import type { PartProps } from "../island.tsx";
import { Note } from "../parts.tsx";
import { Classes } from "./classes.tsx";
import { Confusion, MOST_WITH_SHARES } from "./confusion.tsx";
import type { ErrorsPart } from "./errors_part.ts";
import { MistakenRows } from "./mistaken_rows.tsx";
import { Judged } from "./judged.tsx";
import { decodeJudgements } from "./judged_code.ts";
import { type Cell, namesOf, viewOf } from "./image_view.ts";

/** Which images the network of a trial took for what: the confusion matrix, whose cells open their images, and each class's scores. */
export function Errors({ part, page, t, state }: PartProps<ErrorsPart>): JSX.Element {
  const open = useSignal<Cell | null>(null);
  const images = useRef<HTMLDivElement>(null);
  const { trials, classes } = part;
  const names = namesOf(part);
  const { rows = "images" } = page;
  const examined = trials.find(({ trial }) => trial === state.examined.value) ?? trials[0];
  const { trial, seed, matrix: counts, judged } = examined;
  const matrix = counts && Uint32Array.from(counts);
  const held = judged === null ? null : decodeJudgements(judged, classes);
  // Below the matrix, on a narrow page, what was opened may be out of sight.
  useSignalEffect(() => {
    if (open.value !== null) images.current?.scrollIntoView({ block: "nearest" });
  });
  return (
    <>
      <Note
        sentences={rules(part, { rows, t })}
        onScreen={rows === "images" && part.sprite !== null ? t.errors.open : undefined}
        space={t.space}
      />
      <ExaminedTrial name="errors" trials={trials} label={t.errors.choose} state={state} />
      {matrix === null ? <p class="note">{t.errors.noPredictions(page.single ?? t.trial(trial))}</p> : (
        <>
          <p>
            <strong>{page.single ?? t.run(trial, seed)}</strong>
            {t.colon}
            {confusionSentences(t, matrix, names).join(t.space)}
          </p>
          <div
            class={`explorer${rows === "images" ? "" : " plain"}${classes > MOST_WITH_SHARES ? " many" : ""}`}
          >
            <Confusion matrix={matrix} names={names} open={rows === "images" ? open : null} t={t} />
            {rows === "images" && (
              <div class="opened" ref={images}>
                <Judged
                  // Another cell, or another trial, begins with its first image.
                  key={`${trial} ${open.value?.label} ${open.value?.predicted}`}
                  part={part}
                  view={viewOf(part, { matrix, cell: open.value, held })}
                  close={() => open.value = null}
                  single={page.single !== null}
                  t={t}
                />
              </div>
            )}
            <div>
              <Classes scores={classScores(matrix)} macro={summarize(matrix).macro} names={names} t={t} />
            </div>
          </div>
          {examined.rows !== undefined && <MistakenRows rows={examined.rows} t={t} />}
        </>
      )}
    </>
  );
}

/** For which trials there is what. */
function rules(
  { trials, all, perCell, most, sprite }: ErrorsPart,
  { rows, t }: { rows: RowKind; t: Messages },
): string[] {
  if (rows !== "images") return [trials.length === 1 ? "" : t.errors.examined(trials.length, all)];
  if (sprite === null) return [t.errors.noneInspected];
  const inspected = trials.filter(({ judged }) => judged !== null).length;
  return [
    trials.length === 1 ? "" : t.errors.which(inspected, trials.length, all),
    t.errors.bound(perCell[0], trials.length === 1 ? perCell[0] : perCell[1], most),
  ];
}
