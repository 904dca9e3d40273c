/// <reference lib="dom" />
import type { SectionNews } from "./experiment_data.ts";

/** The living part of a piece of the page. */
const ISLAND = '[id$="-island"]';

/**
 * Makes the page have these sections in this order, and the contents that lead to them. Living parts stay in their places, as they are:
 * whoever types or scrolls in one goes on.
 */
export function renewSections(news: readonly SectionNews[]): void {
  const main = document.querySelector("main")!;
  const present = new Map(
    [...main.querySelectorAll(":scope > section")].map((section) => [section.id, section]),
  );
  for (const [id, section] of present) if (!news.some((each) => each.id === id)) section.remove();
  let before: Element | null = null;
  for (const { id, html } of news) {
    let section = present.get(id) ?? null;
    const fresh = html === null ? null : parse(html);
    if (section === null && fresh !== null) {
      section = fresh;
      if (before === null) main.prepend(section);
      else before.after(section);
    } else if (section !== null && fresh !== null) renew(section, fresh);
    before = section ?? before;
  }
  renewContents(news);
}

function parse(html: string): Element | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Gives an element the other's content, but for the living part where both have it. */
function renew(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
  const kept = childWithIsland(old);
  const place = childWithIsland(fresh);
  if (kept === null || place === null || islandOf(kept)?.id !== islandOf(place)?.id) {
    old.replaceChildren(...fresh.childNodes);
    return;
  }
  for (const child of [...old.childNodes]) if (child !== kept) child.remove();
  const children = [...fresh.childNodes];
  const at = children.indexOf(place);
  kept.before(...children.slice(0, at));
  kept.after(...children.slice(at + 1));
  if (!kept.matches(ISLAND)) renew(kept, place);
}

function childWithIsland(element: Element): Element | null {
  return [...element.children].find((child) => islandOf(child) !== null) ?? null;
}

function islandOf(element: Element): Element | null {
  return element.matches(ISLAND) ? element : element.querySelector(ISLAND);
}

function renewContents(news: readonly SectionNews[]): void {
  const skip = document.querySelector("a.skip");
  skip?.setAttribute("href", `#${news[0]?.id ?? ""}`);
  skip?.toggleAttribute("hidden", news.length === 0);
  const list = document.querySelector("nav ul");
  if (list === null) return;
  const links = news.map(({ id, title }) => `${id} ${title}`).join("\n");
  if (list.getAttribute("data-links") === links) return;
  list.setAttribute("data-links", links);
  list.replaceChildren(...news.map(({ id, title }) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = `#${id}`;
    link.textContent = title;
    return item;
  }));
}
