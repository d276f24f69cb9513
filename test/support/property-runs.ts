/**
 * How a property is tried: `usual` times in `npm test`, and PROPERTY_RUNS times as often when that is set, as in a
 * nightly run. PROPERTY_SEED repeats the run with that seed.
 */
export function propertyOptions(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
  const numRuns = usual * Math.max(1, Number(PROPERTY_RUNS ?? 1));
  return PROPERTY_SEED === undefined ? { numRuns } : { numRuns, seed: Number(PROPERTY_SEED) };
}
