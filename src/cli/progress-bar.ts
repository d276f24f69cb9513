/** How far work is: `done` of `all` parts of its present step. */
export interface WorkProgress {
  readonly step: string;
  readonly done: number;
  readonly all: number;
}

/** Where it is shown: standard error, or a stand-in for it. */
interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const barWidth = 24;
/** Between two looks: a bar moves, while lines of a log must not fill it. */
const lookEveryMs = { bar: 250, line: 5_000 } as const;
const clearLine = '\r\x1b[K';

/**
 * Show how far some work is until it settles, and settle as it does: as a bar that moves where a person watches, as a line
 * every few seconds otherwise. Short work shows nothing, nor does a failure to look.
 */
export async function withProgress<Result>(
  look: () => Promise<WorkProgress | undefined>,
  work: Promise<Result>,
  screen: Screen = process.stderr,
): Promise<Result> {
  let isOver = false;
  let isLooking = false;
  const show = async () => {
    if (isLooking) return;
    isLooking = true;
    const progress = await look().catch(() => undefined);
    isLooking = false;
    if (isOver || !progress) return;
    screen.write(screen.isTTY ? `${clearLine}${barOf(progress)}` : `${textOf(progress)}\n`);
  };
  const timer = setInterval(show, screen.isTTY ? lookEveryMs.bar : lookEveryMs.line);
  try {
    return await work;
  } finally {
    isOver = true;
    clearInterval(timer);
    if (screen.isTTY) screen.write(clearLine);
  }
}

/** `checking  [########----------------]  40,000 of 100,000`, within a narrow terminal. */
function barOf(progress: WorkProgress): string {
  const { done, all } = progress;
  const full = all === 0 ? 0 : Math.min(barWidth, Math.floor((done / all) * barWidth));
  return textOf(progress, `  [${'#'.repeat(full)}${'-'.repeat(barWidth - full)}]  `);
}

const textOf = ({ step, done, all }: WorkProgress, between = ': '): string =>
  `${step}${between}${shown(done)} of ${shown(all)}`;

const shown = (count: number): string => count.toLocaleString('en');
