import type { Locale } from '../../../core/chat/phrasing.js';

const en = {
  title: 'Microsoft Teams',
  lead: 'Your company’s own bot: an app that you register in Azure. Attendant answers your people in Teams as this bot.',
  none: 'Your company has no bot of its own.',
  bots: 'Your bots',
  appId: 'App id',
  appIdHint: 'In Azure: the bot’s “Microsoft App ID”, or “Application (client) ID” of the app registration.',
  entraTenant: 'Entra tenant id',
  entraTenantHint: '“Directory (tenant) ID” of the same page. The bot serves people of this tenant only.',
  type: 'Type of the bot',
  typeHint: 'Since July 2025 Microsoft makes single-tenant bots only.',
  types: { SingleTenant: 'Single tenant', MultiTenant: 'Multi-tenant (from before July 2025)' },
  secret: 'Client secret',
  secretHint: 'The value, not the id. It is kept encrypted and never shown again.',
  setAt: 'Credentials set',
  secretUnreadable: 'The secret can no longer be read: enter it again.',
  add: 'Add a bot, or set a new secret',
  save: 'Check with Microsoft and save',
  remove: 'Remove',
  removeOf: (appId: string) => `Remove the bot ${appId}`,
  removeHint: 'Its secret is deleted, and it no longer answers.',
  saved: 'Microsoft accepted the credentials. The bot answers now.',
  removed: 'The bot and its secret are removed.',
  download: 'App package for Teams',
  steps: 'What to do in Azure and Teams',
  stepEndpoint: 'Messaging endpoint of the bot:',
  stepChannel: 'Switch on the channel Microsoft Teams, and no other.',
  stepResource: (host: string) =>
    `For the tab: expose the API api://${host}/APP-ID with the scope access_as_user (see the README).`,
  stepUpload: 'Then download the app package and upload it in the Teams admin center.',
};

const fr: typeof en = {
  title: 'Microsoft Teams',
  lead: 'Le bot de votre entreprise : une application que vous inscrivez dans Azure. Attendant répond à vos collègues dans Teams sous ce bot.',
  none: 'Votre entreprise n’a pas de bot à elle.',
  bots: 'Vos bots',
  appId: 'Id de l’application',
  appIdHint: 'Dans Azure : « ID d’application Microsoft » du bot, ou « ID d’application (client) » de l’inscription.',
  entraTenant: 'Id du locataire Entra',
  entraTenantHint:
    '« ID de l’annuaire (locataire) » de la même page. Le bot ne sert que les personnes de ce locataire.',
  type: 'Type de bot',
  typeHint: 'Depuis juillet 2025, Microsoft ne crée que des bots à locataire unique.',
  types: { SingleTenant: 'Locataire unique', MultiTenant: 'Multilocataire (d’avant juillet 2025)' },
  secret: 'Secret client',
  secretHint: 'La valeur, pas l’id. Elle est conservée chiffrée et n’est plus jamais affichée.',
  setAt: 'Identifiants définis',
  secretUnreadable: 'Le secret n’est plus lisible : saisissez-le de nouveau.',
  add: 'Ajouter un bot, ou définir un nouveau secret',
  save: 'Vérifier auprès de Microsoft et enregistrer',
  remove: 'Retirer',
  removeOf: (appId) => `Retirer le bot ${appId}`,
  removeHint: 'Son secret est supprimé, et il ne répond plus.',
  saved: 'Microsoft a accepté les identifiants. Le bot répond maintenant.',
  removed: 'Le bot et son secret sont retirés.',
  download: 'Paquet d’application pour Teams',
  steps: 'À faire dans Azure et dans Teams',
  stepEndpoint: 'Point de terminaison de messagerie du bot :',
  stepChannel: 'Activez le canal Microsoft Teams, et aucun autre.',
  stepResource: (host) =>
    `Pour l’onglet : exposez l’API api://${host}/APP-ID avec l’étendue access_as_user (voir le README).`,
  stepUpload: 'Téléchargez ensuite le paquet d’application et chargez-le dans le centre d’administration Teams.',
};

/** The words of the page of the company's own Teams bots. */
export const teamsBotWords = (locale: Locale): typeof en => (locale === 'fr' ? fr : en);

export type TeamsBotWords = typeof en;
