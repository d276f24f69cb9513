import { formatCount, frenchUntil } from '../../chat/phrasing.js';

import type { MessageLength, MessagesShow } from './list-choice.js';
import type { MessagesSort } from './message-list.types.js';
import type { SelectionAct } from './selected-messages.views.js';

const messages = (many: number): string => `${formatCount('en', many)} ${many === 1 ? 'message' : 'messages'}`;

/** English words of the list of messages: search, several messages at once, links, listens. */
export const en = {
  newest: (unheard: number) => (unheard === 0 ? 'Newest messages, all heard' : `${messages(unheard)} unheard`),
  count: messages,
  handled: 'Handled',
  // The search in chat
  find: 'Search and filter',
  findTitle: 'Find messages',
  findSubmit: 'Show',
  search: 'Search',
  searchHint: 'Caller, number or words of the transcript.',
  show: 'Show',
  sort: 'Sort by',
  shows: {
    all: 'All',
    unheard: 'New',
    heard: 'Heard',
    open: 'Not handled',
    handled: 'Handled',
    forwarded: 'Forwarded to me',
    deleted: 'Deleted',
  } satisfies Record<MessagesShow, string>,
  sorts: {
    received: 'Time, newest first',
    caller: 'Caller, A to Z',
    length: 'Length, longest first',
    heard: 'Heard, latest first',
    handled: 'Handled, latest first',
    forwarded: 'Forwarded by, A to Z',
  } satisfies Record<MessagesSort, string>,
  reversed: 'Reverse the order',
  caller: 'Caller',
  callerHint: 'Part of the name or the number.',
  since: 'From',
  until: 'To',
  length: 'Length',
  anyLength: 'Any length',
  lengths: {
    short: (time: string) => `Shorter than ${time}`,
    medium: (from: string, to: string) => `${from} to ${to}`,
    long: (time: string) => `${time} and longer`,
  } satisfies Record<MessageLength, unknown>,
  searchedFor: (text: string) => `Search: ${text}`,
  shown: (list: string) => `Shown: ${list}`,
  ofCaller: (text: string) => `Caller: ${text}`,
  sinceDay: (day: string) => `From ${day}`,
  untilDay: (day: string) => `To ${day}`,
  sortedBy: (order: string, reversed: boolean) => `Sorted by ${order}${reversed ? ', reversed' : ''}`,
  noMatch: 'No message fits. Try fewer words, or show all.',
  previous: 'Previous',
  next: 'Next',
  // Several messages at once
  acts: {
    handled: (many: number) => `${messages(many)} marked handled`,
    reopened: (many: number) => `${messages(many)} reopened`,
    deleted: (many: number) => `${messages(many)} deleted`,
    restored: (many: number) => `${messages(many)} restored`,
    exported: (many: number) => `${messages(many)} on the way to your e-mail`,
    forwarded: (many: number) => `${messages(many)} being forwarded`,
  } satisfies Record<SelectionAct, (many: number) => string>,
  nothingDone: 'No message was changed',
  partly: (title: string, refused: number) => `${title}. Not done: ${messages(refused)}.`,
  refused: (many: number) => (many === 1 ? 'One stayed as it was:' : `${many} stayed as they were:`),
  more: (many: number) => `And ${many} more.`,
  unknownMessage: 'A message',
  // What somebody did meanwhile
  unchanged: {
    handled: (who: string | undefined) => (who === undefined ? 'Handled already.' : `Handled already by ${who}.`),
    reopened: () => 'Not handled, as before.',
    deleted: () => 'Deleted already.',
    restored: () => 'Restored already.',
    exported: () => 'On its way to you already.',
    forwarded: () => 'Forwarded already.',
  } satisfies Record<SelectionAct, unknown>,
  undoHint: (many: number) =>
    `${many === 1 ? 'It goes' : 'They go'} for good in 5 minutes. Until then you can undo it.`,
  undoAll: (many: number) => `Undo all ${many}`,
  noneSelected: 'No message is selected. Tick the messages first.',
  tooManySelected: (most: number) => `Select at most ${most} messages at a time.`,
  forwardMany: (many: number) => `${messages(many)}, each as a copy of its own.`,
  // Links and listens
  linksTitle: 'Links to your messages',
  linksHint:
    'Colleagues whose cards of your messages lead to the player: members of your mailbox, and admins who acted for you.',
  linkLife: (days: number) =>
    `A link opens for ${days === 1 ? 'one day' : `${days} days`}, as your company sets; a card that is shown again renews it.`,
  noLinks: 'Nobody else has a link to your messages.',
  linksOf: 'Who can open it',
  linkUntil: (when: string) => `until ${when}`,
  linkPlayed: (when: string) => `last played ${when}`,
  linkNotPlayed: 'not played',
  linkYours: 'You',
  linkAsAdmin: 'as admin, while they act for you',
  endTheirs: 'End link',
  endTheirsTitle: 'End this link?',
  endTheirsText:
    'It stops working everywhere. A member of the mailbox gets a new one with the next card; to stop that, remove the member.',
  noLinkToEnd: 'This link has ended already.',
  listensTitle: 'Listens and links',
  listens: 'Who listened',
  noListens: 'Nobody has listened yet.',
  byPhone: (who: string) => `${who}, by phone`,
  byLink: 'By link, without signing in',
  byLinkOf: (who: string) => `By a link of ${who}, without signing in`,
};

const nMessages = (many: number): string => `${formatCount('fr', many)} ${many < 2 ? 'message' : 'messages'}`;
const participle = (many: number, ending: string): string => (many < 2 ? ending : `${ending}s`);

/** French words of the list of messages. */
export const fr: typeof en = {
  count: nMessages,
  newest: (unheard) =>
    unheard === 0 ? 'Derniers messages, tous écoutés' : `${nMessages(unheard)} non ${participle(unheard, 'écouté')}`,
  handled: 'Traité',
  find: 'Chercher et filtrer',
  findTitle: 'Trouver des messages',
  findSubmit: 'Afficher',
  search: 'Chercher',
  searchHint: 'Appelant, numéro ou mots de la transcription.',
  show: 'Afficher',
  sort: 'Trier par',
  shows: {
    all: 'Tous',
    unheard: 'Nouveaux',
    heard: 'Écoutés',
    open: 'À traiter',
    handled: 'Traités',
    forwarded: 'Transférés à moi',
    deleted: 'Supprimés',
  },
  sorts: {
    received: 'Heure, les plus récents d’abord',
    caller: 'Appelant, de A à Z',
    length: 'Durée, les plus longs d’abord',
    heard: 'Écoute, la plus récente d’abord',
    handled: 'Traitement, le plus récent d’abord',
    forwarded: 'Transféré par, de A à Z',
  },
  reversed: 'Inverser l’ordre',
  caller: 'Appelant',
  callerHint: 'Une partie du nom ou du numéro.',
  since: 'Du',
  until: 'Au',
  length: 'Durée',
  anyLength: 'Toutes durées',
  lengths: {
    short: (time) => `Moins de ${time}`,
    medium: (from, to) => `${from} à ${to}`,
    long: (time) => `${time} et plus`,
  },
  ofCaller: (text) => `Appelant : ${text}`,
  sinceDay: (day) => `Du ${day}`,
  untilDay: (day) => `Au ${day}`,
  sortedBy: (order, reversed) => `Tri : ${order}${reversed ? ', ordre inverse' : ''}`,
  searchedFor: (text) => `Recherche : ${text}`,
  shown: (list) => `Affichés : ${list}`,
  previous: 'Précédents',
  next: 'Suivants',
  noMatch: 'Aucun message ne correspond. Essayez moins de mots, ou affichez tout.',
  acts: {
    handled: (many) => `${nMessages(many)} ${participle(many, 'marqué')} comme ${participle(many, 'traité')}`,
    reopened: (many) => `${nMessages(many)} ${participle(many, 'rouvert')}`,
    deleted: (many) => `${nMessages(many)} ${participle(many, 'supprimé')}`,
    restored: (many) => `${nMessages(many)} ${participle(many, 'restauré')}`,
    exported: (many) => `${nMessages(many)} en route vers votre courriel`,
    forwarded: (many) => `${nMessages(many)} en cours de transfert`,
  },
  nothingDone: 'Aucun message n’a été modifié',
  partly: (title, refused) => `${title}. Non fait : ${nMessages(refused)}.`,
  refused: (many) => (many === 1 ? 'Un message est resté tel quel :' : `${many} sont restés tels quels :`),
  more: (many) => `Et ${many} de plus.`,
  unknownMessage: 'Un message',
  unchanged: {
    handled: (who) => (who === undefined ? 'Déjà traité.' : `Déjà traité par ${who}.`),
    reopened: () => 'Pas traité, comme avant.',
    deleted: () => 'Déjà supprimé.',
    restored: () => 'Déjà restauré.',
    exported: () => 'Déjà en route vers vous.',
    forwarded: () => 'Déjà transféré.',
  },
  undoHint: (many) =>
    `${many === 1 ? 'Il disparaît' : 'Ils disparaissent'} définitivement dans 5 minutes. D’ici là, vous pouvez annuler.`,
  undoAll: (many) => `Annuler pour les ${many}`,
  noneSelected: 'Aucun message n’est sélectionné. Cochez d’abord les messages.',
  tooManySelected: (most) => `Sélectionnez au plus ${most} messages à la fois.`,
  forwardMany: (many) => `${nMessages(many)}, chacun en copie séparée.`,
  linksTitle: 'Liens vers vos messages',
  linksHint:
    'Collègues dont les cartes de vos messages mènent à l’écoute : membres de votre messagerie, et admins qui ont agi pour vous.',
  linkLife: (days) =>
    `Un lien s’ouvre pendant ${days === 1 ? 'un jour' : `${days} jours`}, durée fixée par votre entreprise. Une carte affichée de nouveau le renouvelle.`,
  noLinks: 'Personne d’autre n’a de lien vers vos messages.',
  linksOf: 'Qui peut l’ouvrir',
  linkUntil: (when) => frenchUntil(when),
  linkPlayed: (when) => `dernière écoute ${when}`,
  linkNotPlayed: 'pas écouté',
  linkYours: 'Vous',
  linkAsAdmin: 'comme admin, tant qu’il agit pour vous',
  endTheirs: 'Désactiver le lien',
  endTheirsTitle: 'Désactiver ce lien ?',
  endTheirsText:
    'Il n’ouvrira plus rien, où qu’il soit allé. Un membre de la messagerie en reçoit un nouveau avec la prochaine carte ; pour l’éviter, retirez ce membre.',
  noLinkToEnd: 'Ce lien est déjà désactivé.',
  listensTitle: 'Écoutes et liens',
  listens: 'Qui a écouté',
  noListens: 'Personne n’a encore écouté.',
  byPhone: (who) => `${who}, au téléphone`,
  byLink: 'Par lien, sans connexion',
  byLinkOf: (who) => `Par un lien de ${who}, sans connexion`,
};

declare module '../../chat/words.js' {
  interface Words {
    readonly messageList: typeof en;
  }
}
