import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { closingLine } from './test/support/closing-line.js';

const junit: ['junit', { outputFile: string }] = ['junit', { outputFile: 'test-output/junit.xml' }];

const everyFile: TestProjectInlineConfiguration['test'] = {
  setupFiles: ['test/support/setup.ts'],
  pool: 'forks',
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // Files wait for databases, leases and other processes more than they compute.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default', ...(process.env.CI ? [junit] : []), closingLine],
    projects: [
      {
        // A file has a process of its own: what it mocks, starts and blocks is its own too.
        test: {
          ...everyFile,
          name: 'processes',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/stories/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Stories only use the core, which they load once for all: loading it takes longer than most of them.
        test: {
          ...everyFile,
          name: 'stories',
          include: ['test/stories/**/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
