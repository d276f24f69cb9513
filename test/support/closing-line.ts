import type { Reporter, TestModule } from 'vitest/node';
import { find } from '../../scripts/debian-tools.mjs';

/**
 * Print the last line of a run, for people and programs: `1107 passed, 0 failed`; before it, the tests that could not
 * run and the reason.
 */
export const closingLine: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const failed = modules.reduce((sum, module) => sum + failuresOf(module), unhandledErrors.length);
    const skipped = count(modules, 'skipped');
    // Other reporters still print, and the servers of the run are being stopped.
    process.once('exit', (code) => {
      const counts = [`${count(modules, 'passed')} passed`, `${failed || (code === 0 ? 0 : 1)} failed`];
      if (skipped > 0) counts.push(`${skipped} skipped`);
      process.stdout.write([...couldNotRun(), '', counts.join(', '), ''].join('\n'));
    });
  },
};

const count = (modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped'): number =>
  modules.reduce((sum, { children }) => sum + [...children.allTests(state)].length, 0);

/** A file that does not load is a failure, too, though none of its tests failed. */
const failuresOf = (module: TestModule): number => count([module], 'failed') || (module.ok() ? 0 : 1);

function couldNotRun(): string[] {
  return [
    ...(find('redis')
      ? []
      : [
          'The tests of the queue on Redis could not run: there is no redis-server (Debian: apt-get install redis-server).',
        ]),
    ...(find('chromium')
      ? []
      : [
          'The tests in a browser could not run: there is no Chromium (Debian: apt-get install chromium, or set CHROMIUM_PATH).',
        ]),
  ];
}
