/// <reference lib="dom" />
import { batch, effect, type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Language } from "../text/language.ts";
import { formatAddress, paramsOf, parseAddress, valuesOf } from "./address/address.ts";
import type { LabData } from "./data.ts";
import { labMessages } from "./messages.ts";
import { PAGE_NAMES, type PageName } from "./page.ts";
import { PAGES } from "./pages.ts";

/** The lab: its pages, and the address that says which is shown and in what state. */
export function Lab({ data }: { data: LabData }): JSX.Element {
  const address = useMemo(() => openAddress(), []);
  const { page, params, asked, refused } = address;
  const language: Language = asked.value ?? data.language;
  const t = labMessages(language);
  const { title, about, fields, View } = PAGES[page.value];
  // A link that is followed begins the page anew; what is set on it does not.
  const state = useMemo(() => address.stateOf(page.value), [page.value, params.value]);
  useEffect(() => effect(() => address.write(fields, state)), [state]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${title[language]} – ${t.lab}`;
  }, [language, page.value]);

  return (
    <>
      <a class="skip" href="#main" onClick={skip}>{t.skip}</a>
      <header>
        <strong class="brand">{t.lab}</strong>
        <nav aria-label={t.pages}>
          {PAGE_NAMES.map((name) => (
            <a
              key={name}
              href={address.link(name)}
              aria-current={name === page.value ? "page" : undefined}
            >
              {PAGES[name].title[language]}
            </a>
          ))}
        </nav>
        <button
          type="button"
          class="language"
          lang={language === "ja" ? "en" : "ja"}
          onClick={() => asked.value = language === "ja" ? "en" : "ja"}
        >
          {t.otherLanguage}
        </button>
      </header>
      <main id="main" tabIndex={-1} class={page.value}>
        <h1>{title[language]}</h1>
        <p class="about">{about[language]}</p>
        {refused.value.length > 0 && (
          <p class="refused" role="status">{t.refused(refused.value.join(t.comma))}</p>
        )}
        <View
          key={`${page.value}?${JSON.stringify(params.value)}`}
          state={state}
          language={language}
          data={data}
          open={address.open}
        />
      </main>
    </>
  );
}

/** To the page's content; a link would take the place of the address that holds the state. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** The window's address as signals. Only a link, or `open`, changes `page` and `params`; a page's own changes are written over the address. */
function openAddress() {
  const first = parseAddress(location.hash);
  const page = signal<PageName>(first.page);
  const params = signal(first.params);
  const asked = signal(first.language);
  const refused = signal<readonly string[]>([]);
  /** What of the latest link was refused before it came to a page. */
  let misread = first.refused;
  let written = "";
  const go = (to: ReturnType<typeof parseAddress>) =>
    batch(() => {
      misread = to.refused;
      page.value = to.page;
      params.value = to.params;
      asked.value = to.language ?? asked.peek();
    });
  addEventListener("hashchange", () => {
    if (location.hash !== written) go(parseAddress(location.hash));
  });
  return {
    page,
    params,
    asked,
    refused,
    link: (name: PageName) => formatAddress({ page: name, language: asked.value, params: {} }),
    stateOf(name: PageName): Record<string, Signal> {
      const { values, refused: unread } = valuesOf(PAGES[name].fields, params.peek());
      refused.value = [...misread, ...unread];
      return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, signal(value)]));
    },
    write(fields: (typeof PAGES)[PageName]["fields"], state: Readonly<Record<string, Signal>>): void {
      const values = Object.fromEntries(Object.entries(state).map(([key, { value }]) => [key, value]));
      written = formatAddress({
        page: page.peek(),
        language: asked.value,
        params: paramsOf(fields, values),
      });
      if (location.hash !== written) history.replaceState(null, "", written);
    },
    open(name: PageName, params: Readonly<Record<string, string>> = {}): void {
      location.hash = formatAddress({ page: name, language: asked.peek(), params });
    },
  };
}
