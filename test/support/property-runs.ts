/**
 * How often a property is tried: `usual` times in `npm test`, and PROPERTY_RUNS times as often when that is set, as in
 * a nightly run.
 */
export const propertyRuns = (usual: number): number => usual * Math.max(1, Number(process.env.PROPERTY_RUNS ?? 1));
