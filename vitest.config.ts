import { defineConfig } from 'vitest/config';
import { closingLine } from './test/support/closing-line.js';

const junit: ['junit', { outputFile: string }] = ['junit', { outputFile: 'test-output/junit.xml' }];

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/setup.ts'],
    // A file has a process of its own: databases, servers and browsers are its own too.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ['default', ...(process.env.CI ? [junit] : []), closingLine],
  },
});
