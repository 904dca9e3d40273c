import { evenIndices } from "../text/sparkline.ts";

/** The items by key, keys and items in the order they come. As `Map.groupBy`, which Node 20 lacks. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let name: K | undefined, group: T[] | undefined;
  for (const item of items) {
    const own = key(item);
    // Neighbours mostly share a group.
    if (group === undefined || own !== name) {
      name = own;
      group = groups.get(name);
      if (group === undefined) groups.set(name, group = []);
    }
    group.push(item);
  }
  return groups;
}

/** Up to `most` of the items, evenly spaced in their order, always with the first and the last: which ones they are is a fixed rule. */
export function sample<T>(items: readonly T[], most: number): readonly T[] {
  return most < 2 ? items.slice(0, most) : evenIndices(items.length, most).map((i) => items[i]);
}
