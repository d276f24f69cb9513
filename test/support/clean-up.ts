const pending: (() => Promise<unknown>)[] = [];

/** Run at the end of the test file, in reverse order. */
export const atTheEnd = (undo: () => Promise<unknown>): void => {
  pending.push(undo);
};

export async function cleanUp(): Promise<void> {
  for (let undo = pending.pop(); undo; undo = pending.pop()) await undo();
}
