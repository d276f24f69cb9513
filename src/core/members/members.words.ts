import { formatCount, frenchThe } from '../chat/phrasing.js';

const written = (count: number): string => formatCount('en', count);
const ecrit = (count: number): string => formatCount('fr', count);

/** English words of the member lists. */
export const en = {
  what: 'Who is in your workspaces: bring people in, and see who left',
  example: 'members',
  title: 'Members',
  summary: (count: number) => `${written(count)} ${count === 1 ? 'workspace' : 'workspaces'}`,
  none: 'No workspace is connected with your company yet. Write to Attendant in your company’s chat, and it is.',
  members: 'Members',
  linked: 'Connected with an employee',
  newcomers: 'New',
  withoutEmail: 'Without a verified e-mail address',
  left: 'Left',
  readAt: 'Last read',
  never: 'never',
  off: 'Its members cannot be read here: the platform is not switched on.',
  reading: 'The list is being read. Look again in a moment.',
  more: (count: number) => `and ${written(count)} more`,

  permission: (platform: string, permission: string) =>
    `${platform} does not let Attendant read its members: the permission ${permission} is missing.`,
  part: (platform: string, permission: string) =>
    `Only people of the teams that Attendant was added to are here: in ${platform} the permission ${permission} is missing. Who left cannot be told from that.`,
  hidden: (platform: string, permission: string) =>
    `${platform} shows no e-mail addresses, so I recognise nobody: the permission ${permission} is missing.`,
  installation: 'Add it to the app and install the app again; “attendant manifest” prints all that it needs.',
  consent: (permission: string) =>
    `An administrator gives it in the Entra admin center: open the app under “App registrations”, add the application permission ${permission} under “API permissions”, and grant admin consent there.`,
  credentials: (platform: string) =>
    `${platform} does not accept Attendant’s credentials. Check the token or the secret in its environment.`,
  away: (platform: string, at: string) => `${platform} did not answer. Next try: ${at}.`,
  empty: (platform: string) =>
    `${platform} sent a list without anybody, which cannot be. Nothing was changed; I try again later.`,
  doubted: (lost: number, known: number) =>
    `The last list lacked ${lost} of ${known} people. That is more likely a mistake than true, so nothing was changed.`,

  refresh: 'Refresh now',
  show: 'Look again',
  believe: 'They really left',
  believeTitle: 'Did so many really leave?',
  believeText: (lost: number) =>
    `The list is read again. If it still lacks them, you are asked about those ${lost} people. Nobody loses access by that.`,
  goBack: 'Go back',
  bring: 'Bring in…',
  whoIsNew: 'Who is new',
  whoLeft: 'Who left',
  whoHasNoEmail: 'Without e-mail',
  earlier: 'Earlier',
  later: 'More',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,

  newTitle: 'New members',
  newLine: (count: number) =>
    count === 0
      ? 'Everybody with a verified e-mail address is known.'
      : count === 1
        ? '1 person is in your workspaces and not in Attendant.'
        : `${written(count)} people are in your workspaces and not in Attendant.`,
  bringOne: 'Bring in',
  awaited: 'is being brought in',
  taken: 'Could not be brought in: somebody took the same username at that moment. Try again.',
  failed: 'Could not be brought in, though it was tried several times. Try again.',
  failedTitle: 'Not everybody was brought in',
  failedLine: (count: number) =>
    count === 1
      ? '1 person could not be brought in, though it was tried several times.'
      : `${written(count)} people could not be brought in, though it was tried several times.`,
  failedHow:
    'They are still among the new members. Bring them in again; if that fails too, whoever runs Attendant finds the reason in its log.',
  noEmailTitle: 'Without e-mail',
  noEmailLine: (count: number) =>
    count === 0
      ? 'Every member is known, or has a verified e-mail address.'
      : `${written(count)} ${count === 1 ? 'member shows' : 'members show'} no verified e-mail address, so I cannot tell who they are.`,
  noEmailHow:
    'When one of them writes to Attendant, you are asked who it is. Or say so in the terminal: attendant link.',

  formTitle: 'Bring in members',
  formSubmit: 'Bring in',
  formIntro: (count: number) =>
    `${count === 1 ? '1 person becomes an employee' : `${written(count)} people become employees`} in Attendant, connected with the account they have. Nobody with a known address or username is made twice.`,
  whom: 'Whom',
  all: (count: number) => `Everybody who is new (${written(count)})`,
  onlyNamed: 'Only those below',
  named: 'Addresses',
  namedHint: 'E-mail addresses, or @example.com for everybody there; one a line, or with commas.',
  namedMissing: 'Name at least one address.',
  namedUnknown: (names: string) => `Nobody new has: ${names}`,
  access: 'Access',
  accessAttendant: 'Attendant',
  accessNone: 'None yet',
  inDirectory: 'In the directory',
  nobodyNew: 'There is nobody to bring in.',
  broughtIn: (made: number) =>
    made === 0
      ? 'Nobody was brought in: they are known already, or are being brought in. Type “members” to see who is still new.'
      : made === 1
        ? '1 person was brought in.'
        : `${written(made)} people were brought in.`,
  broughtInSome: (made: number, waiting: number) =>
    `${written(made)} of ${written(made + waiting)} people ${made === 1 ? 'was' : 'were'} brought in. The others follow in the next minutes.`,
  beingBroughtIn: 'They are being brought in, and can be found in a moment.',

  leftTitle: 'Who left',
  leftLine: (count: number) =>
    count === 0
      ? 'Nobody who left waits for you.'
      : count === 1
        ? '1 person left a workspace and still has access to Attendant.'
        : `${written(count)} people left a workspace and still have access to Attendant.`,
  leftNote: 'Nothing happens by itself. Deactivating takes the access; extension, number, mailbox and absences stay.',
  leftSince: (platform: string, since: string) => `not in ${platform} since ${since}`,
  extension: (extension: string) => `extension ${extension}`,
  deactivate: 'Deactivate',
  deactivateTitle: 'Take the access away?',
  deactivateText: (name: string) =>
    `${name} can no longer use Attendant, and is not in the directory. Extension, number and mailbox stay.`,
  keep: 'Keep',
  deactivated: 'deactivated',
  kept: 'keeps access',
  decided: 'This is decided already, or they came back.',
  notYourself: 'You cannot deactivate yourself. Another admin can.',

  whoIsBack: 'Who is back',
  backTitle: 'Back, without access',
  backLine: (count: number) =>
    count === 0
      ? 'Nobody who came back waits for you.'
      : count === 1
        ? '1 person is back and still has no access to Attendant.'
        : `${written(count)} people are back and still have no access to Attendant.`,
  backSince: (platform: string, since: string) => `back in ${platform} since ${since}`,
  giveBack: 'Give access again',
  leaveOut: 'Leave without access',
  backDecided: 'This is decided already, or they are gone again.',

  changedTitle: 'Your workspaces changed',
  changedNew: (count: number) =>
    count === 1 ? '1 person is new and not in Attendant.' : `${written(count)} people are new and not in Attendant.`,
};

/** French words of the member lists. */
export const fr: typeof en = {
  what: 'Qui est dans vos espaces : ajouter des personnes, voir les départs',
  example: 'membres',
  title: 'Membres',
  summary: (count) => `${ecrit(count)} ${count < 2 ? 'espace' : 'espaces'}`,
  none: 'Aucun espace n’est encore relié à votre entreprise. Écrivez à Attendant dans le clavardage de votre entreprise, et il le sera.',
  members: 'Membres',
  linked: 'Reliés à un employé',
  newcomers: 'Nouveaux',
  withoutEmail: 'Sans adresse de courriel vérifiée',
  left: 'Partis',
  readAt: 'Dernière lecture',
  never: 'jamais',
  off: 'Ses membres ne peuvent être lus ici : la plateforme n’est pas activée.',
  reading: 'La liste est en cours de lecture. Regardez de nouveau dans un instant.',
  more: (count) => `et ${ecrit(count)} de plus`,

  permission: (platform, permission) =>
    `${platform} ne laisse pas Attendant lire ses membres : l’autorisation ${permission} manque.`,
  part: (platform, permission) =>
    `Seuls figurent les gens des équipes auxquelles Attendant a été ajouté : dans ${platform}, l’autorisation ${permission} manque. Les départs ne s’en déduisent pas.`,
  hidden: (platform, permission) =>
    `${platform} ne montre pas les adresses, donc je ne reconnais personne : l’autorisation ${permission} manque.`,
  installation: 'Ajoutez-la à l’application et réinstallez-la ; « attendant manifest » montre tout ce qu’il lui faut.',
  consent: (permission) =>
    `Un administrateur la donne dans le centre d’administration Entra : il ouvre l’application sous « Inscriptions d’applications », ajoute l’autorisation d’application ${permission} sous « Autorisations d’API », puis y accorde le consentement administrateur.`,
  credentials: (platform) =>
    `${platform} refuse les identifiants d’Attendant. Vérifiez le jeton ou le secret dans son environnement.`,
  away: (platform, at) => `${platform} n’a pas répondu. Prochain essai : ${at}.`,
  empty: (platform) =>
    `${platform} a envoyé une liste sans personne, ce qui ne se peut. Rien n’a été modifié ; je réessaie plus tard.`,
  doubted: (lost, known) =>
    `Il manquait ${lost} personnes sur ${known} dans la dernière liste. C’est sans doute une erreur, donc rien n’a été modifié.`,

  refresh: 'Relire maintenant',
  show: 'Regarder de nouveau',
  believe: 'Ils sont bien partis',
  believeTitle: 'Tant de départs ?',
  believeText: (lost) =>
    `La liste est relue. S’il y manque toujours autant de gens, on vous demande quoi faire de ces ${lost} personnes. Personne n’y perd son accès.`,
  goBack: 'Revenir',
  bring: 'Ajouter…',
  whoIsNew: 'Les nouveaux',
  whoLeft: 'Les départs',
  whoHasNoEmail: 'Sans courriel',
  earlier: 'Précédents',
  later: 'Suivants',
  page: (page, pages) => `Page ${page} sur ${pages}`,

  newTitle: 'Nouveaux membres',
  newLine: (count) =>
    count === 0
      ? 'Toutes les personnes à l’adresse vérifiée sont connues.'
      : count < 2
        ? '1 personne est dans vos espaces sans être dans Attendant.'
        : `${ecrit(count)} personnes sont dans vos espaces sans être dans Attendant.`,
  bringOne: 'Ajouter',
  awaited: 'ajout en cours',
  taken: 'Ajout impossible : quelqu’un a pris le même nom d’utilisateur à cet instant. Réessayez.',
  failed: 'Ajout impossible après plusieurs essais. Réessayez.',
  failedTitle: 'Des personnes n’ont pas été ajoutées',
  failedLine: (count) =>
    count < 2
      ? `${ecrit(count)} personne n’a pu être ajoutée, malgré plusieurs essais.`
      : `${ecrit(count)} personnes n’ont pu être ajoutées, malgré plusieurs essais.`,
  failedHow:
    'Elles sont toujours parmi les nouveaux membres. Ajoutez-les de nouveau ; si cela échoue encore, la raison est dans le journal d’Attendant.',
  noEmailTitle: 'Sans courriel',
  noEmailLine: (count) =>
    count === 0
      ? 'Chaque membre est connu ou a une adresse vérifiée.'
      : `${ecrit(count)} ${count < 2 ? 'membre ne montre' : 'membres ne montrent'} aucune adresse de courriel vérifiée : je ne peux savoir qui c’est.`,
  noEmailHow:
    'Quand l’un d’eux écrit à Attendant, on vous demande qui c’est. Ou dites-le dans le terminal : attendant link.',

  formTitle: 'Ajouter des membres',
  formSubmit: 'Ajouter',
  formIntro: (count) =>
    `${count < 2 ? '1 personne devient employée' : `${ecrit(count)} personnes deviennent employées`} dans Attendant, reliées à leur compte. Une adresse ou un nom d’utilisateur connus ne sont jamais créés deux fois.`,
  whom: 'Qui',
  all: (count) => `Tous les nouveaux (${ecrit(count)})`,
  onlyNamed: 'Seulement ceux ci-dessous',
  named: 'Adresses',
  namedHint: 'Adresses de courriel, ou @exemple.com pour tous ceux de ce domaine ; une par ligne ou avec des virgules.',
  namedMissing: 'Indiquez au moins une adresse.',
  namedUnknown: (names) => `Aucun nouveau n’a : ${names}`,
  access: 'Accès',
  accessAttendant: 'Attendant',
  accessNone: 'Aucun pour l’instant',
  inDirectory: 'Dans l’annuaire',
  nobodyNew: 'Il n’y a personne à ajouter.',
  broughtIn: (made) =>
    made === 0
      ? 'Personne n’a été ajouté : ces gens sont déjà connus, ou leur ajout est en cours. Écrivez « membres » pour voir qui reste à ajouter.'
      : made === 1
        ? '1 personne a été ajoutée.'
        : `${ecrit(made)} personnes ont été ajoutées.`,
  broughtInSome: (made, waiting) =>
    `${ecrit(made)} ${made < 2 ? 'personne' : 'personnes'} sur ${ecrit(made + waiting)} ${made < 2 ? 'a été ajoutée' : 'ont été ajoutées'}. Les autres suivent dans les prochaines minutes.`,
  beingBroughtIn: 'L’ajout est en cours ; on les trouvera dans un instant.',

  leftTitle: 'Les départs',
  leftLine: (count) =>
    count === 0
      ? 'Aucun départ ne vous attend.'
      : count < 2
        ? '1 personne a quitté un espace et a toujours accès à Attendant.'
        : `${ecrit(count)} personnes ont quitté un espace et ont toujours accès à Attendant.`,
  leftNote: 'Rien ne se fait tout seul. Désactiver retire l’accès ; poste, numéro, messagerie et absences demeurent.',
  leftSince: (platform, since) => `plus dans ${platform} depuis ${frenchThe(since)}`,
  extension: (extension) => `poste ${extension}`,
  deactivate: 'Désactiver',
  deactivateTitle: 'Retirer l’accès ?',
  deactivateText: (name) =>
    `${name} ne peut plus utiliser Attendant et n’est plus dans l’annuaire. Poste, numéro et messagerie demeurent.`,
  keep: 'Conserver',
  deactivated: 'accès retiré',
  kept: 'accès conservé',
  decided: 'C’est déjà décidé, ou la personne est revenue.',
  notYourself: 'Vous ne pouvez pas vous désactiver. Un autre admin le peut.',

  whoIsBack: 'Les retours',
  backTitle: 'De retour, sans accès',
  backLine: (count) =>
    count === 0
      ? 'Aucun retour n’attend votre décision.'
      : count === 1
        ? '1 personne est de retour et n’a pas encore accès à Attendant.'
        : `${ecrit(count)} personnes sont de retour et n’ont pas encore accès à Attendant.`,
  backSince: (platform, since) => `de retour dans ${platform} depuis ${frenchThe(since)}`,
  giveBack: 'Rendre l’accès',
  leaveOut: 'Laisser sans accès',
  backDecided: 'C’est déjà décidé, ou la personne est repartie.',

  changedTitle: 'Du changement dans vos espaces',
  changedNew: (count) =>
    count < 2
      ? `${ecrit(count)} personne est nouvelle et absente d’Attendant.`
      : `${ecrit(count)} personnes sont nouvelles et absentes d’Attendant.`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly members: typeof en;
  }
}
