const renewEverySeconds = 3;

/** Does the work, and has its short claim renewed meanwhile. A renewal that fails is made up for by the next. */
export async function whileHeld<Result>(renew: () => Promise<unknown>, work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(() => void renew().catch(() => {}), renewEverySeconds * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
