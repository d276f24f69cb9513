/**
 * Does a person still hold every value that a run wrote? The one rule of reverts, of a CSV file’s and of a change of many:
 * whatever was saved since is newer than the run, and a revert leaves it alone.
 */
export const stillHolds = <Values extends object>(current: Values, written: Partial<Values>): boolean =>
  Object.entries(written).every(
    ([key, value]) => JSON.stringify(current[key as keyof Values]) === JSON.stringify(value),
  );
