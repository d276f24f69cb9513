import { colourIcon, outlineIcon } from './icons.js';
import { type SlackDoor, slackManifest } from './slack.js';
import { teamsFrench, teamsManifest } from './teams.js';
import { version } from './version.js';

/** The placeholders in the committed manifests; `attendant manifest` writes an installation's own. */
export const placeholder = { url: 'https://attendant.example', appId: '00000000-0000-4000-8000-000000000000' };

/** The files of a platform's app, by name. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** The files of the Slack app. */
export const slackFiles = (door: SlackDoor): Files => ({ 'slack.yaml': slackManifest(door) });

/** The files of the Teams app; zipped together they are its app package. */
export const teamsFiles = (app: { readonly url: string; readonly appId: string }): Files => ({
  'manifest.json': json(teamsManifest({ ...app, version: version() })),
  'fr.json': json(teamsFrench()),
  'color.png': colourIcon(),
  'outline.png': outlineIcon(),
});

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
