import type { JSX } from "preact";
import type { Messages } from "../../messages/en.ts";
import type { RowMistakes } from "../../sections/row_mistakes.ts";
import { Column } from "../parts.tsx";

/** The most confident mistakes as rows of numbers. */
export function MistakenRows(
  { rows: { header, lines, note }, t }: { rows: RowMistakes; t: Messages },
): JSX.Element {
  return (
    <>
      <h3>{t.mistakes.most}</h3>
      {lines.length === 0 ? <p class="note">{t.mistakes.noneAtAll}</p> : (
        <>
          <p class="note">{note}</p>
          <div class="scroll">
            <table>
              <caption class="unseen">{t.mistakes.most}</caption>
              <thead>
                <tr>{header.map((title) => <Column key={title} text={title} />)}</tr>
              </thead>
              <tbody>
                {lines.map((cells) => (
                  <tr key={cells[0]}>
                    <th scope="row">{cells[0]}</th>
                    {cells.slice(1).map((cell, i) => <td key={i}>{cell}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  );
}
