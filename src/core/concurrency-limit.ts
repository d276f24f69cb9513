/** Return a function that runs work, at most `most` concurrently; the rest wait in order of arrival. */
export function concurrencyLimit(most: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const turns = fairConcurrencyLimit({ total: most, each: most });
  return (work) => turns('', work);
}

/**
 * Return a function that runs work for an owner, at most `each` for one owner and `total` for all concurrently. The rest
 * wait: an owner's work in order of arrival, the owners in rotation, so that one owner's queue delays no other by more than
 * one piece of work.
 */
export function fairConcurrencyLimit({
  total,
  each,
}: {
  readonly total: number;
  readonly each: number;
}): <Value>(owner: string, work: () => Promise<Value>) => Promise<Value> {
  /** Owners with running or waiting work, the one whose turn is next first. */
  const owners = new Map<string, Queue>();
  let running = 0;

  function moveBehind(owner: string, queue: Queue): void {
    owners.delete(owner);
    owners.set(owner, queue);
  }

  function startNext(): void {
    for (const [owner, queue] of owners) {
      if (running >= total) return;
      if (queue.running >= each) continue;
      const begin = queue.waiting.shift();
      if (!begin) continue;
      queue.running += 1;
      running += 1;
      // The loop visits the other owners first, and then this one again.
      moveBehind(owner, queue);
      begin();
    }
  }

  return async (owner, work) => {
    const queue = owners.get(owner) ?? { running: 0, waiting: [] };
    owners.set(owner, queue);
    await new Promise<void>((begin) => {
      queue.waiting.push(begin);
      startNext();
    });
    try {
      return await work();
    } finally {
      queue.running -= 1;
      running -= 1;
      if (queue.running === 0 && queue.waiting.length === 0) owners.delete(owner);
      // Owners who came while this one's work ran stand behind it.
      else moveBehind(owner, queue);
      startNext();
    }
  };
}

interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}
