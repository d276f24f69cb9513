import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let databaseUrl: string;

/** Run `attendant …` as in a terminal. */
function attendant(...args: string[]): Promise<Ended> {
  return attendantWith({}, ...args);
}
function attendantWith(environment: Record<string, string>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'bin', 'attendant.js'), ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: databaseUrl,
      ATTENDANT_SECRET: 'a secret of the tests, 32 bytes long',
      ATTENDANT_DATA: folder,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attendant-cli-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  databaseUrl = await testDatabase();
});

describe('attendant, at a terminal', { timeout: 300_000 }, () => {
  test('refuses in one line where there is no company yet', async () => {
    const { code, out, err } = await attendant('export', 'users');
    expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toContain('attendant tenant create');
  });

  test('tries an import before there is a company, and founds none for it or for a file that is refused', async () => {
    const file = join(folder, 'first.csv');
    await writeFile(file, 'username,email,first_name,last_name\nzed,zed@boreal.example,Zed,Ng\n');
    expect((await attendant('import', file, '--dry-run')).out).toMatch(/2 +zed +created/);
    await writeFile(file, 'username,shoe_size\nzed,43\n');
    expect(await attendant('import', file)).toMatchObject({ code: 1, out: '' });
    expect((await attendant('export', 'users')).err).toContain('attendant tenant create');
  });

  test('shows settings and why they are so, sets them, and knows wrong usage from a refusal', async () => {
    await attendant('seed');
    const one = async (...args: string[]) => JSON.parse((await attendant('settings', ...args, '--json')).out)[0];

    const all = await attendant('settings');
    expect([all.code, all.err]).toEqual([0, '']);
    expect(all.out).toMatch(/^key +value +source +by +at +locked$/m);
    expect(all.out).toMatch(/^openLinks +yes +default$/m);

    expect(await attendant('settings', 'openLinks', 'no')).toMatchObject({ code: 0, err: '' });
    expect(await one('openLinks')).toMatchObject({ value: 'no', source: 'company', by: 'cli', locked: '' });
    expect((await attendant('settings', 'openLinks', 'no')).err).toContain('nothing was written');

    const marie = ['--user', 'marie.gagnon@boreal.example'];
    expect((await attendant('settings', ...marie, 'language', 'fr')).code).toBe(0);
    expect(await one(...marie, 'language')).toMatchObject({ value: 'fr', source: 'own', by: 'cli' });
    await attendant('settings', 'forwarding', 'no');
    expect(await one(...marie, 'forwarding')).toMatchObject({ value: 'no', locked: 'by the company' });
    expect((await attendant('settings', ...marie, 'language', '-')).code).toBe(0);
    expect(await one(...marie, 'language')).not.toMatchObject({ source: 'own' });
    for (const key of ['openLinks', 'forwarding']) await attendant('settings', key, '-');

    const wrong = [
      [['settings', 'shoeSize'], 2],
      [['settings', 'ringSeconds', '500'], 1],
      [['settings', '--user', 'nobody@boreal.example'], 1],
      [['settings', 'a', 'b', 'c'], 2],
    ] as const;
    const ended = await Promise.all(wrong.map(([args]) => attendant(...args)));
    expect(ended.map(({ code, out, err }) => [code, out, err.trim().split('\n').length])).toEqual(
      wrong.map(([, code]) => [code, '', 1]),
    );
  });

  test('exports the record, or a list, narrowed as its page is, and refuses what it cannot read', async () => {
    const rows = async (...args: string[]) => JSON.parse((await attendant('export', ...args, '--json')).out);
    const marie = 'marie.gagnon@boreal.example';
    const all = await rows('audit');
    const settings = await rows('audit', '--event', 'setting.changed');
    expect(settings.length).toBeGreaterThan(0);
    expect(settings.length).toBeLessThan(all.length);
    const hers = await rows('audit', '--event', 'setting.*', '--person', marie);
    expect(hers.map(({ after }: { after: string }) => after)).toContain('{"language":null}');
    expect(hers.length).toBeLessThan(settings.length);
    expect(await rows('audit', '--until', '2001-01-01')).toEqual([]);
    expect(await rows('storage', '--person', marie)).toHaveLength(1);

    const wrong = [
      [['audit', '--event', 'shoe.size'], 2],
      [['audit', '--from', 'yesterday'], 2],
      [['audit', '--person', 'nobody@boreal.example'], 1],
      [['users', '--person', marie], 2],
      [['missed', '--session', '1'], 2],
    ] as const;
    const ended = await Promise.all(wrong.map(([args]) => attendant('export', ...args)));
    expect(ended.map(({ code, out, err }) => [code, out, err.trim().split('\n').length])).toEqual(
      wrong.map(([, code]) => [code, '', 1]),
    );
  });

  test('seeds, explains, exports, imports and verifies', async () => {
    expect((await attendant('seed')).code).toBe(0);

    const [explained, asJson] = await Promise.all([
      attendant('explain', '--to', '103'),
      attendant('explain', '--to', 'marie.gagnon@boreal.example', '--json'),
    ]);
    expect(explained.out).toContain('Marie Gagnon is out of office');
    expect(explained.out).toContain('Noah Chen');
    const path = JSON.parse(asJson.out);
    expect(path.path.at(-1)).toMatchObject({ action: 'voicemail', greeting: 'out-of-office' });

    const users = join(folder, 'users.csv');
    expect((await attendant('export', 'users', '--out', users)).code).toBe(0);
    const again = await attendant('import', users, '--json');
    const outcomes = JSON.parse(again.out).map(({ outcome }: { outcome: string }) => outcome);
    expect([again.code, new Set(outcomes)]).toEqual([0, new Set(['unchanged'])]);

    await writeFile(
      join(folder, 'new.csv'),
      'username,email,first_name,last_name\nzed,zed@boreal.example,Zed,Ng\nbad,,,\n',
    );
    const dry = await attendant('import', join(folder, 'new.csv'), '--dry-run');
    expect(dry.out).toMatch(/2 +zed +created/);
    expect(dry.out).toMatch(/3 +bad +refused +A new user needs email\./);
    expect(dry.err).toContain('Nothing was changed. It would be: 1 created, 1 refused.');
    expect(dry.err.trim().split('\n')).toHaveLength(1);
    expect(dry.code).toBe(1);

    const [people, ooo, boxes, verified, lines] = await Promise.all([
      attendant('export', 'users', '--format', 'json'),
      attendant('export', 'ooo'),
      attendant('export', 'storage', '--format', 'json'),
      attendant('audit', 'verify'),
      attendant('export', 'audit'),
    ]);
    expect(JSON.parse(people.out)).toHaveLength(12);
    expect(ooo.out).toMatch(
      /^username,name,from,until,backup,number,note,status,backup_name,answer,set_by,set_at\r\nmarie\.gagnon,Marie Gagnon,/,
    );
    const storage = JSON.parse(boxes.out);
    expect(storage.filter(({ voicemails }: { voicemails: string }) => voicemails === '1')).toHaveLength(2);
    expect(verified.out).toContain('whole');
    expect(lines.out.trim().split('\r\n').length).toBeGreaterThan(15);
  });

  test('imports the good lines of a file, and ends with 1 because of the others', async () => {
    const file = join(folder, 'mixed.csv');
    await writeFile(file, 'username,email,first_name,last_name\nyan,yan@boreal.example,Yan,Ng\nbad,,,\n');
    const { code, err } = await attendant('import', file, '--json');
    expect(code).toBe(1);
    expect(err).toMatch(
      /^attendant: some lines were refused\. 1 created, 1 refused\. To take the others back: attendant import --revert [\w-]{36}\n$/,
    );
    expect((await attendant('export', 'users')).out).toContain('yan@boreal.example');
    await writeFile(file, 'username,email,first_name,last_name\nyan,yan@boreal.example,Yan,Ng\n');
    expect(await attendant('import', file)).toMatchObject({ code: 0, err: '1 unchanged.\n' });
  });

  test('makes and revokes a key, links an account, and says who cannot be reached', async () => {
    const key = (await attendant('api-key', 'create')).out.trim();
    expect(key).toMatch(/^att_[\w-]{43}$/);
    expect((await attendant('api-key', 'revoke', key)).code).toBe(0);
    expect(await attendant('api-key', 'revoke', key)).toMatchObject({ code: 1, out: '' });

    const to = ['--platform', 'slack', '--workspace', 'T1', '--account', 'U1'];
    expect((await attendant('link', ...to, '--user', 'noah.chen@boreal.example')).out).toContain('Noah Chen');
    expect((await attendant('link', ...to, '--user', 'nobody@boreal.example')).code).toBe(1);
    const doctor = JSON.parse((await attendant('doctor', '--json')).out);
    const noah = doctor.find(({ username }: { username: string }) => username === 'noah.chen');
    expect(noah.why).toBe('linked only in slack (switched off here), and no mail server is set up');
    expect(doctor.some(({ username }: { username: string }) => username === 'general')).toBe(false);
    const read = await attendant('doctor');
    expect(read.out).toMatch(/li\.wu +Li Wu +no chat account is linked, and no mail server is set up\n/);
    expect(read.err.trim().split('\n')).toEqual([
      '12 people get no notice. What helps:',
      '- Let them write a word to Attendant in chat, or link their account: “attendant link”.',
      '- Set up mail: SMTP_URL and MAIL_FROM.',
      '- Switch slack on: the README says how.',
      '- Let their notices go by mail: the column notification_type of “attendant import”.',
    ]);
  });

  test('says which recordings have lost their file, and which files belong to no message', async () => {
    expect((await attendant('doctor')).out).toMatch(/Recordings: \d+, and all their files are there\.\n$/);
    const files = join(folder, 'recordings');
    const [company = ''] = await readdir(files);
    const [lost = ''] = await readdir(join(files, company));
    const remains = join(files, company, 'remains.wav');
    await rename(join(files, company, lost), remains);
    const anHourAgo = new Date(Date.now() - 61 * 60_000);
    await utimes(remains, anHourAgo, anHourAgo);

    const { code, out, err } = await attendant('doctor');
    expect(code).toBe(0);
    expect(out).not.toContain('Recordings:');
    expect(err).toMatch(/1 of \d+ recordings: the file is missing, so the message cannot be played\./);
    expect(err).toContain(`- ${company}/${lost}\n`);
    expect(err).toContain('1 stored file belongs to no message.');
    const asJson = await attendant('doctor', '--json');
    expect(JSON.parse(asJson.out)).toBeInstanceOf(Array);
    expect(asJson.err).toContain('the file is missing');
    await rename(remains, join(files, company, lost));
  });

  test('tells tampering, and exits 1', async () => {
    const { Client } = await import('pg');
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    expect(await attendant('audit', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('whole') });
    const wrong = await attendantWith({ ATTENDANT_SECRET: 'another secret, 32 bytes or more' }, 'audit', 'verify');
    expect(wrong).toMatchObject({ code: 1, out: expect.stringContaining('or ATTENDANT_SECRET is not the one') });
    // As the owner of the server, who may do anything, replace the newest end of the chain by an older one.
    const older = await client.query(`SELECT seq, hash, mac FROM "AuditHead"`);
    expect(await attendant('api-key', 'create')).toMatchObject({ code: 0 });
    expect(await attendant('audit', 'verify')).toMatchObject({ code: 0 });
    await client.query(`SET session_replication_role = replica`);
    await client.query(`DELETE FROM "AuditLine" WHERE seq > $1`, [older.rows[0].seq]);
    const { seq, hash, mac } = older.rows[0];
    await client.query(`UPDATE "AuditHead" SET seq = $1, hash = $2, mac = $3`, [seq, hash, mac]);
    const shortened = await attendant('audit', 'verify');
    expect(shortened).toMatchObject({ code: 1, out: expect.stringContaining(`line ${seq + 1} is missing`) });

    await client.query(`UPDATE "AuditLine" SET reason = 'nothing' WHERE seq = 4`);
    await client.end();
    const { code, out, err } = await attendant('audit', 'verify');
    expect(code).toBe(1);
    expect(out).toContain('line 4 is changed');
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('ends with 2 where it is used wrongly, with 1 where the world is wrong', async () => {
    const wrongUses = [
      ['nonsense'],
      ['explain'],
      ['export', 'everything'],
      ['serve', '--role', 'king'],
      ['manifest', 'slack'],
      ['manifest', 'slack', '--url', 'nowhere'],
      ['explain', '--to', '103', '--at', 'tomorrow'],
      ['call', '--from', '1', '--to', '2', '--say', 'a', '--phones', 'dance'],
    ];
    // Run concurrently: none of these writes anything, and most of a command's time is its start.
    const used = await Promise.all(wrongUses.map((args) => attendant(...args)));
    expect(used.map(({ code, out }, at) => [wrongUses[at], code, out])).toEqual(wrongUses.map((args) => [args, 2, '']));

    const [wrong, away, lost, help] = await Promise.all([
      attendantWith({ PORT: 'abc', LOG_LEVEL: 'loud' }, 'migrate'),
      attendantWith({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, 'doctor'),
      attendant('import', 'nowhere.csv'),
      attendant('--help'),
    ]);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
    expect(away.err).toContain('The database cannot be reached');
    expect(lost.err).toBe('attendant: There is no file nowhere.csv.\n');
    expect(help.code).toBe(0);
  });

  test('tells its version, and one line where it is used wrongly', async () => {
    expect((await attendant('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await attendant('link', '--platform', 'fax')).err).toMatch(/^attendant: .*slack, teams, web.*\n$/);
    expect(JSON.parse((await attendant('export', 'users', '--json')).out)).toHaveLength(13);
  });

  test('writes manifests', async () => {
    const slack = await attendant('manifest', 'slack', '--url', 'https://voice.maple.example/');
    expect(slack.out).toContain('url: https://voice.maple.example/slack/events');
    const out = join(folder, 'teams');
    expect((await attendant('manifest', 'teams', '--url', 'https://voice.maple.example', '--out', out)).code).toBe(0);
    const names = ['color.png', 'fr.json', 'manifest.json', 'outline.png'];
    expect((await readdir(out)).sort()).toEqual(names);

    const zip = join(folder, 'attendant.zip');
    await attendant('manifest', 'teams', '--url', 'https://voice.maple.example', '--out', zip);
    const { unzipSync } = await import('fflate');
    const unzipped = unzipSync(await readFile(zip));
    expect(Object.keys(unzipped).sort()).toEqual(names);
    for (const name of names) expect(await readFile(join(out, name))).toEqual(Buffer.from(unzipped[name] ?? []));
  });

  test('makes, lists and switches off companies, and does with --tenant what it does for the first', async () => {
    const own = await testDatabase();
    const attendant = (...args: string[]) => attendantWith({ DATABASE_URL: own }, ...args);
    await attendant('tenant', 'create', 'First & Co');
    const made = await attendant('tenant', 'create', '  Érable   & Co ');
    expect([made.code, made.err]).toEqual([0, '']);
    const id = made.out.trim();
    const listed = async () => JSON.parse((await attendant('tenant', 'list', '--json')).out);
    const erable = { id, name: 'Érable & Co', edition: 'attendant_plus', enabled: 'yes', users: 0 };
    expect(await listed()).toHaveLength(2);
    expect(await listed()).toContainEqual(erable);

    const file = join(folder, 'erable.csv');
    await writeFile(file, 'username,email,first_name,last_name,extension\nyan,yan@erable.example,Yan,Roy,AUTO\n');
    expect((await attendant('settings', '--tenant', id, 'extensionRange', '4000-4999')).code).toBe(0);
    expect((await attendant('import', file, '--tenant', id)).code).toBe(0);
    expect((await attendant('export', 'users', '--tenant', id)).out).toMatch(/^yan,.*,4000,/m);
    expect((await attendant('explain', '--to', '4000', '--tenant', id)).out).toContain('Yan Roy');
    expect((await attendant('explain', '--to', '4000')).code).toBe(1);
    expect((await attendant('api-key', 'create', '--tenant', id)).out).toMatch(/^att_/);
    expect(JSON.parse((await attendant('api-key', 'list', '--tenant', id, '--json')).out)).toHaveLength(1);
    const shown = await attendant('settings', '--tenant', id, '--json');
    const settings: { key: string; value: string; by: string }[] = JSON.parse(shown.out);
    expect(settings.find(({ key }) => key === 'extensionRange')).toMatchObject({ value: '4000-4999', by: 'cli' });

    expect(await attendant('tenant', 'disable', id)).toMatchObject({ code: 0, err: '' });
    expect((await attendant('tenant', 'disable', id)).err).toContain('nothing was written');
    expect(await listed()).toContainEqual({ ...erable, enabled: 'no', users: 1 });

    const wrong = [
      [['tenant', 'create', ' '], 1],
      [['tenant', 'create', 'x'.repeat(201)], 1],
      [['tenant', 'create'], 2],
      [['tenant', 'disable', '00000000-0000-7000-8000-000000000000'], 1],
      [['settings', '--tenant', 'nowhere'], 1],
    ] as const;
    const ended = await Promise.all(wrong.map(([args]) => attendant(...args)));
    expect(ended.map(({ code, out, err }) => [code, out, err.trim().split('\n').length])).toEqual(
      wrong.map(([, code]) => [code, '', 1]),
    );
  });
});
