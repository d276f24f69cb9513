import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../src/core/app/handler-registry.js';
import { commandMenu } from '../../src/manifest/command-menu.js';
import { placeholder, slackFiles, teamsFiles } from '../../src/manifest/manifest-files.js';
import { slackEvents, slackManifest, slackScopes } from '../../src/manifest/slack-manifest.js';
import { teamsFrench, teamsManifest, teamsPermissions } from '../../src/manifest/teams-manifest.js';
import { root } from '../../src/root-folder.js';

const app = { ...placeholder, version: '0.1.0' };
const door = { kind: 'http', url: placeholder.url } as const;

describe('The committed manifests', () => {
  test('are as they would be written now', async () => {
    const files = { ...slackFiles(door), ...prefixed(teamsFiles(placeholder)) };
    for (const [name, content] of Object.entries(files)) {
      const kept = await readFile(join(root, 'manifest', name)).catch(() => Buffer.alloc(0));
      expect(kept.equals(Buffer.from(content)), `manifest/${name}: npx tsx scripts/write-manifests.ts`).toBe(true);
    }
  });

  test('name the commands that there are, in the words of help', () => {
    const known = commands.flatMap(({ word, also, french }) => [word, ...also, ...french]);
    for (const locale of ['en', 'fr'] as const) {
      for (const { word, what } of commandMenu(locale)) {
        expect(known, `${word} (${locale})`).toContain(word);
        expect(what).not.toBe('');
      }
    }
    expect(commandMenu('en').map(({ word }) => word)).toEqual(commands.map(({ word }) => word));

    const { slash_commands } = parse(slackManifest(door)).features;
    expect(slash_commands[0].usage_hint).toBe(`[${commands.map(({ word }) => word).join(' | ')}]`);
    const teams = teamsManifest(app).bots[0]?.commandLists[0]?.commands.map(({ title }) => title) ?? [];
    const everybodys = commands.filter(({ permission }) => permission === 'self').map(({ word }) => word);
    expect(teams.length).toBe(Math.min(10, everybodys.length));
    for (const word of teams) expect(everybodys).toContain(word);
    expect(teams).toContain('help');
  });
});

describe('Slack’s manifest', () => {
  test('gives a reason for every scope', () => {
    const text = slackManifest(door);
    expect(parse(text).oauth_config.scopes.bot).toEqual(Object.keys(slackScopes));
    for (const [scope, reason] of Object.entries(slackScopes)) expect(text).toContain(`- ${scope} # ${reason}`);
  });

  test('gives a reason for every event', () => {
    const text = slackManifest(door);
    expect(parse(text).settings.event_subscriptions.bot_events).toEqual(Object.keys(slackEvents));
    for (const [event, reason] of Object.entries(slackEvents)) expect(text).toContain(`- ${event} # ${reason}`);
  });

  test('names no address in Socket Mode', () => {
    const text = slackManifest({ kind: 'socket' });
    expect(text).not.toContain('https://');
    expect(parse(text).settings.socket_mode_enabled).toBe(true);
  });

  test('is valid by Slack’s schema', () => {
    const folder = join(root, '..', 'shared', 'schemas', 'slack');
    if (!existsSync(folder)) {
      console.warn('Slack’s manifest schema is not beside this checkout: the manifest was not compared with it.');
      return;
    }
    const schema = JSON.parse(readFileSync(join(folder, 'schemas_manifest.schema.2.0.0.json'), 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    for (const manifest of [slackManifest(door), slackManifest({ kind: 'socket' })]) {
      validate(parse(manifest));
      expect(validate.errors ?? []).toEqual([]);
    }
    const fixture = (name: string) =>
      JSON.parse(readFileSync(join(folder, `tests_manifests_v2_manifest.${name}.json`), 'utf8'));
    expect([validate(fixture('valid')), validate(fixture('invalid'))]).toEqual([true, false]);
  });
});

describe('Teams’ manifest', () => {
  const schemas = join(
    dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest')),
    'json-schemas',
    'teams',
    'v1.22',
  );
  const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `MicrosoftTeams.${name}.json`), 'utf8'));

  test('is valid by Microsoft’s schema', async () => {
    const manifest = teamsManifest(app) as unknown as TeamsManifest;
    expect(await AppManifestUtils.validateAgainstSchema(manifest, schema('schema'))).toEqual([]);
    const wrong = { ...manifest, id: 'no guid' } as TeamsManifest;
    expect(await AppManifestUtils.validateAgainstSchema(wrong, schema('schema'))).not.toEqual([]);
  });

  test('has its French in words of the same places', async () => {
    const french = teamsFrench();
    expect(french['bots[0].commandLists[0].commands[0].title' as keyof typeof french]).toBe('absent');
    const titles = Object.keys(french).filter((place) => /commandLists.*title$/.test(place));
    expect(titles).toHaveLength(teamsManifest(app).bots[0]?.commandLists[0]?.commands.length ?? 0);
    const places = Object.keys(schema('Localization.schema').patternProperties).map((pattern) => new RegExp(pattern));
    for (const place of Object.keys(french).filter((key) => /\[/.test(key)))
      expect(
        places.some((pattern) => pattern.test(place)),
        place,
      ).toBe(true);
  });

  test('gives a reason for every permission, and reaches its own address only', () => {
    const { permissions, validDomains, composeExtensions } = teamsManifest(app);
    expect(permissions).toEqual(Object.keys(teamsPermissions));
    expect(validDomains).toEqual(['attendant.example']);
    expect(composeExtensions[0]?.commands.map(({ id, type }) => [id, type])).toEqual([
      ['findPerson', 'query'],
      ['setOutOfOffice', 'action'],
    ]);
  });

  test('has icons of the sizes that Teams wants', () => {
    const files = teamsFiles(placeholder);
    for (const [name, width] of [
      ['color.png', 192],
      ['outline.png', 32],
    ] as const) {
      const png = Buffer.from(files[name] ?? '');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, width]);
    }
  });
});

const prefixed = (files: Readonly<Record<string, string | Buffer>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`teams/${name}`, content]));
