import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';

interface WaitingItem<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface BatchOptions<Item> {
  /** Items with different keys are never in the same batch; without this, any items may be. */
  readonly apartBy?: (item: Item) => string;
  /** The most items in a batch. */
  readonly most?: number;
  /** The minimum time between the starts of two batches, so that batches grow under load. */
  readonly everyMilliseconds?: number;
}

/**
 * Coalesce concurrent calls into batches: while one batch runs, the next one gathers, so that a busy hour shares round
 * trips, commits and locks. A single call starts at once, or after the pace if there is one. `work` returns a result
 * for each item, in their order. The items of a failed batch are retried one by one, so that an item fails alone; hence
 * `work` must be idempotent. `Place` is where the work is done, such as a database.
 */
export function batched<Place extends object, Item, Result>(
  work: (place: Place, items: readonly Item[]) => Promise<readonly Result[]>,
  { apartBy = () => '', most = 50, everyMilliseconds = 0 }: BatchOptions<Item> = {},
): (place: Place, item: Item) => Promise<Result> {
  type Group = WaitingItem<Item, Result>[];
  const places = new WeakMap<Place, Map<string, Group>>();

  return (place, item) =>
    new Promise((resolve, reject) => {
      const gathering = places.get(place) ?? new Map<string, Group>();
      places.set(place, gathering);
      const key = apartBy(item);
      const next = gathering.get(key);
      if (next) next.push({ item, resolve, reject });
      else void workOff(place, gathering, key, [{ item, resolve, reject }]);
    });

  async function workOff(place: Place, gathering: Map<string, Group>, key: string, first: Group): Promise<void> {
    const next: Group = [];
    gathering.set(key, next);
    for (let group = first; group.length > 0; group = next.splice(0, most)) {
      await breathe();
      group.push(...next.splice(0, most - group.length));
      const pace = everyMilliseconds > 0 ? pause(everyMilliseconds) : undefined;
      await settle(place, group);
      if (next.length < most) await pace;
    }
    gathering.delete(key);
  }

  async function settle(place: Place, group: Group): Promise<void> {
    try {
      const results = await work(
        place,
        group.map(({ item }) => item),
      );
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (group.length > 1) await Promise.all(group.map((one) => settle(place, [one])));
      else for (const { reject } of group) reject(error);
    }
  }
}
