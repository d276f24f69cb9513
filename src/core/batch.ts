import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Sharing<Item> {
  /** Items that differ in this are never done together; without it any are. */
  readonly apartBy?: (item: Item) => string;
  /** In one group. */
  readonly most?: number;
  /** At least so long from one group's start to the next one's, so that groups grow in a busy hour. */
  readonly everyMilliseconds?: number;
}

/**
 * Work that is done together with what comes at the same time: while one group is under way the next gathers. So a busy
 * hour shares round trips, commits and locks, and whoever comes alone waits for nobody, or for the pace where there is
 * one. `work` gives a result for each item, in their order; when it rejects, each is done by itself, so that a bad one
 * never fails its neighbours. Hence an item may be worked twice, and twice must be as good as once. `Place` is where it
 * is done, as a database.
 */
export function batched<Place extends object, Item, Result>(
  work: (place: Place, items: readonly Item[]) => Promise<readonly Result[]>,
  { apartBy = () => '', most = 50, everyMilliseconds = 0 }: Sharing<Item> = {},
): (place: Place, item: Item) => Promise<Result> {
  type Group = Waiting<Item, Result>[];
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
