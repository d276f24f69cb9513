import { colourIcon, outlineIcon } from './icons.js';
import { type SlackDelivery, slackManifest } from './slack-manifest.js';
import { teamsFrench, teamsManifest } from './teams-manifest.js';
import { version } from './version.js';

/** The placeholders in the committed manifests; `attendant manifest` writes an installation's own. */
export const placeholder = { url: 'https://attendant.example', appId: '00000000-0000-4000-8000-000000000000' };

/** The files of a platform's app, by name. */
export type ManifestFiles = Readonly<Record<string, string | Buffer>>;

/** The files of the Slack app. */
export const slackFiles = (delivery: SlackDelivery): ManifestFiles => ({ 'slack.yaml': slackManifest(delivery) });

/** The files of the Teams app; zipped together they are its app package. */
export const teamsFiles = (app: { readonly url: string; readonly appId: string }): ManifestFiles => ({
  'manifest.json': json(teamsManifest({ ...app, version: version() })),
  'fr.json': json(teamsFrench()),
  'color.png': colourIcon(),
  'outline.png': outlineIcon(),
});

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
