import type { ComponentChildren, JSX } from "preact";
import { useContext } from "preact/hooks";
import { withoutControls } from "../../../text/controls.ts";
import type { ReportModel } from "../../report_model.ts";
import { fileList } from "../../sections/file_list.ts";
import { namedSeeds } from "../../sections/table_data.ts";
import { TIMINGS_SLOT } from "../../timings_slot.ts";
import { PageKindContext } from "../island.tsx";
import { Section } from "../parts.tsx";

/** How the results came to be, and how to get them again. */
export function How({ model }: { model: ReportModel }): JSX.Element {
  const { besideFiles } = useContext(PageKindContext);
  const { t, best, input: { command, config, versions, data } } = model;
  const pinned = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(t.comma);
  const hashes = Object.entries(data);
  return (
    <Section id="how" title={t.how.heading}>
      {command !== undefined && (
        <>
          <p>{t.how.again}</p>
          <Code text={withoutControls(command)} />
        </>
      )}
      <dl>
        {besideFiles && (
          <Item term={t.how.time}>
            <span dangerouslySetInnerHTML={{ __html: TIMINGS_SLOT }} />
          </Item>
        )}
        {pinned !== "" && <Item term={t.how.madeWith}>{pinned}</Item>}
        <Item term={t.how.seeds}>{namedSeeds(model)}</Item>
        {hashes.length > 0 && (
          <Item term={t.how.data}>
            {hashes.map(([name, sha256]) => (
              <div key={name}>
                {name} <code>{sha256}</code>
              </div>
            ))}
          </Item>
        )}
        {best !== undefined && best.weights_sha256 !== null && (
          <Item term={t.how.weightsOf(model.runLabel(best))}>
            <code>{best.weights_sha256}</code>
          </Item>
        )}
      </dl>
      {config !== undefined && (
        <details>
          <summary>{t.how.config}</summary>
          <Code text={config} />
        </details>
      )}
      <h3>{t.how.sources}</h3>
      <ul>
        {fileList(model).map(([name, what]) => (
          <li key={name}>
            {besideFiles ? <a href={name}>{name}</a> : <code>{name}</code>}
            {t.colon}
            {what}
          </li>
        ))}
      </ul>
      <p class="note">{t.how.definitions}</p>
    </Section>
  );
}

function Item({ term, children }: { term: string; children: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A text that is copied whole. */
export function Code({ text }: { text: string }): JSX.Element {
  return <pre tabIndex={0}><code>{text}</code></pre>;
}
