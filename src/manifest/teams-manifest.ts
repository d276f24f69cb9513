import type { Locale } from '../core/chat/phrasing.js';
import { commandMenu, commandsForEveryRole } from './command-menu.js';

/** The reason for each permission. */
export const teamsPermissions = {
  identity: 'knowing who writes to the app',
  messageTeamMembers: 'sending voicemails and notices to people in their 1:1 chat',
} as const;

/** The Teams app: its id, address and version. */
export interface TeamsApp {
  /** The Microsoft app id, a GUID. */
  readonly appId: string;
  readonly url: string;
  readonly version: string;
}

/** The most commands in a menu of Teams. */
const mostCommands = 10;
const scopes = ['personal', 'team', 'groupChat'] as const;

const texts = {
  en: {
    short: 'Your company’s virtual receptionist',
    full: 'Set yourself out of office with a backup, hear and forward your voicemails, and find people, from Teams. Calls follow what you set here.',
    tab: 'Messages',
    findTitle: 'Find a person',
    findWhat: 'Search the company directory',
    findField: 'Name, extension or number',
    oooTitle: 'Set out of office',
    oooWhat: 'Say until when, and who takes your calls',
  },
  fr: {
    short: 'La réception virtuelle de votre entreprise',
    full: 'Depuis Teams, signalez votre absence avec un suppléant, écoutez et transférez vos messages vocaux, et trouvez vos collègues. Les appels suivent vos choix.',
    tab: 'Messages',
    findTitle: 'Trouver une personne',
    findWhat: 'Chercher dans l’annuaire de l’entreprise',
    findField: 'Nom, poste ou numéro',
    oooTitle: 'Signaler une absence',
    oooWhat: 'Dites jusqu’à quand, et qui prend vos appels',
  },
} as const satisfies Record<Locale, Record<string, string>>;

const listed = (locale: Locale) =>
  commandMenu(locale, commandsForEveryRole.length <= mostCommands ? commandsForEveryRole : shortest());
/** The first commands of the menu, always with `help`. */
const shortest = () => [...commandsForEveryRole.slice(0, mostCommands - 1), ...commandsForEveryRole.slice(-1)];

/** The app package's manifest.json. */
export function teamsManifest({ appId, url, version }: TeamsApp) {
  const words = texts.en;
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json',
    manifestVersion: '1.22',
    version,
    id: appId,
    localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'fr', file: 'fr.json' }] },
    developer: { name: 'Attendant', websiteUrl: url, privacyUrl: `${url}/privacy`, termsOfUseUrl: `${url}/terms` },
    name: { short: 'Attendant', full: 'Attendant' },
    description: { short: words.short, full: words.full },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1f4f5c',
    bots: [
      {
        botId: appId,
        scopes,
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          { scopes, commands: listed('en').map(({ word, what }) => ({ title: word, description: what })) },
        ],
      },
    ],
    staticTabs: [
      {
        entityId: 'messages',
        name: words.tab,
        contentUrl: `${url}/teams/frame?to=%2Fmessages`,
        websiteUrl: `${url}/messages`,
        scopes: ['personal'],
      },
      { entityId: 'conversations', scopes: ['personal'] },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: 'findPerson',
            type: 'query',
            context: ['compose', 'commandBox'],
            title: words.findTitle,
            description: words.findWhat,
            initialRun: true,
            parameters: [{ name: 'query', title: words.findField, description: words.findField, inputType: 'text' }],
          },
          {
            id: 'setOutOfOffice',
            type: 'action',
            context: ['compose', 'commandBox'],
            title: words.oooTitle,
            description: words.oooWhat,
            fetchTask: true,
          },
        ],
      },
    ],
    permissions: Object.keys(teamsPermissions),
    validDomains: [new URL(url).hostname],
    // The registration of the app exposes this resource, with the scope access_as_user: README, Microsoft Teams.
    webApplicationInfo: { id: appId, resource: `api://${new URL(url).host}/${appId}` },
  };
}

/** The app package's fr.json: the French texts, keyed by their path in the manifest. */
export function teamsFrench() {
  const words = texts.fr;
  const commands = listed('fr').flatMap(({ word, what }, at) => [
    [`bots[0].commandLists[0].commands[${at}].title`, word],
    [`bots[0].commandLists[0].commands[${at}].description`, what],
  ]);
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.Localization.schema.json',
    'name.short': 'Attendant',
    'name.full': 'Attendant',
    'description.short': words.short,
    'description.full': words.full,
    ...Object.fromEntries(commands),
    'staticTabs[0].name': words.tab,
    'composeExtensions[0].commands[0].title': words.findTitle,
    'composeExtensions[0].commands[0].description': words.findWhat,
    'composeExtensions[0].commands[0].parameters[0].title': words.findField,
    'composeExtensions[0].commands[0].parameters[0].description': words.findField,
    'composeExtensions[0].commands[1].title': words.oooTitle,
    'composeExtensions[0].commands[1].description': words.oooWhat,
  };
}
