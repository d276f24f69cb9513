/** English words of the companies' own Teams bots. */
export const en = {
  title: 'Microsoft Teams',
  lead: 'Your company’s own bot: an app that you register in Azure. Attendant answers your people in Teams as this bot.',
  teamsOff: 'Teams is not set up on this installation. Whoever runs it sets MICROSOFT_APP_ID or TEAMS_COMPANY_BOTS.',
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
  badAppId: 'The app id is a GUID, such as 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.',
  badEntraTenant: 'The Entra tenant id is a GUID, such as 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.',
  badType: (types: readonly string[]) => `The type is one of ${types.join(', ')}.`,
  badSecret: 'That is no client secret. Copy its value from Azure, “Certificates & secrets”.',
  secretIsId: 'That is the id of the secret. Copy its value, which Azure shows once, or make a new secret.',
  installationsOwn:
    'This app is the bot of the whole installation (MICROSOFT_APP_ID). A company’s own bot is another app.',
  refused: {
    secret: 'Microsoft refuses this secret: it is wrong, or has expired. Nothing was saved.',
    app: 'Microsoft finds no such app in this Entra tenant. Check both ids. Nothing was saved.',
  },
  unreachable: 'Microsoft’s login does not answer. Nothing was saved; try again in a minute.',
  othersTenant: 'This Entra tenant belongs to another company here. Nothing was saved.',
  othersApp: 'This app is already the bot of another Entra tenant. Nothing was saved.',
  noSuchBot: 'Your company has no such bot.',
};

/** French words of the companies' own Teams bots. */
export const fr: typeof en = {
  title: 'Microsoft Teams',
  lead: 'Le bot de votre entreprise : une application que vous inscrivez dans Azure. Attendant répond à vos collègues dans Teams sous ce bot.',
  teamsOff:
    'Teams n’est pas configuré sur cette installation. La personne qui l’exploite définit MICROSOFT_APP_ID ou TEAMS_COMPANY_BOTS.',
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
  badAppId: 'L’id de l’application est un GUID, comme 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.',
  badEntraTenant: 'L’id du locataire Entra est un GUID, comme 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.',
  badType: (types) => `Le type est l’un de ${types.join(', ')}.`,
  badSecret: 'Ce n’est pas un secret client. Copiez sa valeur dans Azure, « Certificats et secrets ».',
  secretIsId: 'C’est l’id du secret. Copiez sa valeur, qu’Azure affiche une seule fois, ou créez un nouveau secret.',
  installationsOwn:
    'Cette application est le bot de toute l’installation (MICROSOFT_APP_ID). Le bot d’une entreprise est une autre application.',
  refused: {
    secret: 'Microsoft refuse ce secret : il est erroné ou a expiré. Rien n’a été enregistré.',
    app: 'Microsoft ne trouve pas cette application dans ce locataire Entra. Vérifiez les deux ids. Rien n’a été enregistré.',
  },
  unreachable: 'La connexion Microsoft ne répond pas. Rien n’a été enregistré ; réessayez dans une minute.',
  othersTenant: 'Ce locataire Entra appartient à une autre entreprise ici. Rien n’a été enregistré.',
  othersApp: 'Cette application est déjà le bot d’un autre locataire Entra. Rien n’a été enregistré.',
  noSuchBot: 'Votre entreprise n’a pas ce bot.',
};

declare module '../chat/words.js' {
  interface Words {
    readonly teamsBots: typeof en;
  }
}
