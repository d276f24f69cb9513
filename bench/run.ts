/**
 * `npm run bench [name]`: figures on standard output, one JSON line each; other output on standard error. The benchmark
 * measures speed and asserts nothing; machines are noisy, so compare the ratios.
 */
import type { Figure } from './measure.js';

const benches: Record<string, () => Promise<{ bench: (say: (line: string) => void) => AsyncIterable<Figure> }>> = {
  footprint: () => import('./footprint.js'),
  'slack-ack': () => import('./slack-ack.js'),
  'teams-command': () => import('./teams-command.js'),
  voicemail: () => import('./voicemail.js'),
  bulk: () => import('./bulk.js'),
  audit: () => import('./audit.js'),
  people: () => import('./people-list.js'),
  messages: () => import('./messages.js'),
  directory: () => import('./directory.js'),
  dialogue: () => import('./dialogue.js'),
  route: () => import('./route.js'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

// When the run is ended, or its output is closed, the current benchmark stops its servers after its next figure.
let over = false;
const end = () => {
  over = true;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
process.stdout.on('error', end);

for (const [name, load] of Object.entries(benches)) {
  if (over || (wanted.length > 0 && !wanted.includes(name))) continue;
  const { bench } = await load();
  for await (const figure of bench((line) => console.error(`${name}: ${line}`))) {
    console.log(JSON.stringify(figure));
    if (over) break;
  }
}
process.exit(0);
