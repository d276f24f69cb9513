/** One figure, as CONTRACT.md §7 prints it; a higher `ratio` is always better. */
export interface Figure {
  readonly bench: string;
  readonly metric: string;
  readonly ours: number;
  readonly reference: number;
  readonly ratio: number;
  readonly n: number;
}

/**
 * Run ours and the reference in turn, `n` times each, after `warmUps` unmeasured runs of each, because the code of a
 * running server has been compiled by its engine.
 */
export async function alternate<Sample>(
  n: number,
  ours: () => Promise<Sample>,
  reference: () => Promise<Sample>,
  { warmUps = 1 } = {},
) {
  for (let run = 0; run < warmUps; run += 1) {
    await reference();
    await ours();
  }
  const samples: { ours: Sample[]; reference: Sample[] } = { ours: [], reference: [] };
  for (let run = 0; run < n; run += 1) {
    samples.reference.push(await reference());
    samples.ours.push(await ours());
  }
  return samples;
}

/** A figure from rates per second; higher is better. */
export const rate = (bench: string, metric: string, ours: readonly number[], reference: readonly number[]): Figure =>
  figure(bench, metric, ours, reference, (a, b) => a / b);

/** A figure from times or sizes; lower is better, so the ratio is inverted. */
export const cost = (bench: string, metric: string, ours: readonly number[], reference: readonly number[]): Figure =>
  figure(bench, metric, ours, reference, (a, b) => b / a);

function figure(
  bench: string,
  metric: string,
  ours: readonly number[],
  reference: readonly number[],
  ratioOf: (ours: number, reference: number) => number,
): Figure {
  const [a, b] = [median(ours), median(reference)];
  return { bench, metric, ours: rounded(a), reference: rounded(b), ratio: rounded(ratioOf(a, b)), n: ours.length };
}

const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** The quantile by nearest rank. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const rounded = (value: number): number => Number(value.toPrecision(4));
