/** English words about the companies' own Teams bots: why one is refused. */
export const en = {
  teamsOff:
    'Teams is not set up on this installation. The person who runs it sets MICROSOFT_APP_ID or TEAMS_COMPANY_BOTS.',
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

/** French words about the companies' own Teams bots. */
export const fr: typeof en = {
  teamsOff:
    'Teams n’est pas configuré sur cette installation. La personne qui l’exploite définit MICROSOFT_APP_ID ou TEAMS_COMPANY_BOTS.',
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
