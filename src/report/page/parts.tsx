// What every part of the page is built from.

import { type ComponentChildren, Fragment, type JSX } from "preact";

/** A part of the page under a heading. */
export function Section(
  { id, title, children }: { id: string; title: string; children: ComponentChildren },
): JSX.Element {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** Sentences as a paragraph; nothing where there is none. */
export function Note(
  { sentences, space, onScreen = "" }: {
    sentences: readonly string[];
    space: string;
    /** What comes first, and means nothing on paper. */
    onScreen?: string | undefined;
  },
): JSX.Element | null {
  const text = sentences.filter((sentence) => sentence !== "").join(space);
  return text === "" && onScreen === "" ? null : (
    <p class="note">
      {onScreen !== "" && (
        <span class="screen">
          <Rich text={onScreen} />
          {text === "" ? "" : space}
        </span>
      )}
      <Rich text={text} />
    </p>
  );
}

/** A wide thing that scrolls sideways in a narrow window, by keyboard too. */
export function Scrollable({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return <div class="scroll" role="region" tabIndex={0} aria-label={label}>{children}</div>;
}

/** Text with its `**bold**` and `` `code` `` as such. */
export function Rich({ text }: { text: string }): JSX.Element {
  const parts = text.split(/(\*\*.+?\*\*|`[^`]+`)/);
  return (
    <>
      {parts.map((part, i) => {
        // Every other part is marked.
        if (i % 2 === 0) return <Fragment key={i}>{part}</Fragment>;
        if (part.startsWith("`")) return <code key={i}>{part.slice(1, -1)}</code>;
        return <strong key={i}>{part.slice(2, -2)}</strong>;
      })}
    </>
  );
}

/** The header cell of a column of numbers, or of one of words. */
export function Column({ text, words = false }: { text: string; words?: boolean }): JSX.Element {
  return <th scope="col" class={words ? "text" : undefined}>{text}</th>;
}
