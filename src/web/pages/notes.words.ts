import type { Locale } from '../../core/chat/phrasing.js';

/** A page of text: a title, and paragraphs with a heading each. */
interface Note {
  readonly title: string;
  readonly sections: readonly (readonly [heading: string, text: string])[];
}

interface Notes {
  readonly privacy: Note;
  readonly terms: Note;
}

const en: Notes = {
  privacy: {
    title: 'Privacy',
    sections: [
      [
        'Who is responsible',
        'A company runs this Attendant for its own calls and decides what it is used for. If you work there, ask its Attendant admins about your data; if you called it, ask the company.',
      ],
      [
        'About employees',
        'Names, work e-mail addresses, titles, extensions, phone numbers, chat accounts, absences, settings and recorded greetings, so that calls and messages reach the right person.',
      ],
      [
        'About callers',
        'The number and the name that the phone network reports, when they called, whom they asked for, and how the call went. Conversations are not recorded. A message is, after the tone.',
      ],
      [
        'Messages',
        'The owner of a mailbox, its members and the people to whom a message is forwarded can hear it. If the company wishes, a machine writes a transcript, and the transcript says so. A message is deleted when somebody deletes it, with five minutes to undo that, or after as many days as the company has set, at most 365.',
      ],
      [
        'The audit log',
        'Each change is noted with its author and time, and so is each listening to a message. These notes are never changed or removed.',
      ],
      [
        'Who else receives data',
        'The chat platform, the phone provider and the mail server of the company carry its messages and notices. A transcription service receives audio only if the company has set one up. There is no advertising and no tracking.',
      ],
      ['Cookies', 'One keeps you signed in; one remembers your time zone. There are no others.'],
    ],
  },
  terms: {
    title: 'Terms of use',
    sections: [
      ['What it is for', 'Attendant handles the calls of the company that runs it. Use it as that company allows.'],
      ['No emergency calls', 'Attendant never connects anybody to an emergency number. Use a phone.'],
      [
        'Personal links and PINs',
        'They are for you alone: whoever has your sign-in link is signed in as you, and whoever has the link of a message may be able to hear it. Do not pass them on.',
      ],
      [
        'Acting as somebody else',
        'An admin who acts as another user gives a reason. It ends after 30 minutes at most, and everything done is in the audit log under both names.',
      ],
      ['No warranty', 'The software is provided “as is” under the MIT licence, without warranty of any kind.'],
    ],
  },
};

const fr: Notes = {
  privacy: {
    title: 'Confidentialité',
    sections: [
      [
        'Qui est responsable',
        'Une entreprise exploite cet Attendant pour ses propres appels et décide de son usage. Si vous y travaillez, adressez-vous à ses admins Attendant pour vos données ; si vous l’avez appelée, adressez-vous à elle.',
      ],
      [
        'Au sujet des employés',
        'Noms, adresses de courriel professionnelles, fonctions, postes, numéros de téléphone, comptes de clavardage, absences, réglages et messages d’accueil enregistrés, pour que les appels et les messages parviennent à la bonne personne.',
      ],
      [
        'Au sujet des appelants',
        'Le numéro et le nom que donne le réseau téléphonique, le moment de l’appel, la personne demandée et le déroulement de l’appel. Les conversations ne sont pas enregistrées. Un message l’est, après le signal sonore.',
      ],
      [
        'Messages',
        'Le titulaire d’une messagerie, ses membres et les personnes à qui un message est transféré peuvent l’écouter. Si l’entreprise le souhaite, une machine en écrit la transcription, et celle-ci le dit. Un message est supprimé quand quelqu’un le supprime, avec cinq minutes pour revenir en arrière, ou après le nombre de jours que l’entreprise a choisi, 365 au plus.',
      ],
      [
        'Le journal d’audit',
        'Chaque modification y est notée avec son auteur et son heure, de même que chaque écoute d’un message. Ces notes ne sont jamais modifiées ni supprimées.',
      ],
      [
        'Qui d’autre reçoit des données',
        'La plateforme de clavardage, le fournisseur de téléphonie et le serveur de courriel de l’entreprise transportent ses messages et ses avis. Un service de transcription ne reçoit l’audio que si l’entreprise en a configuré un. Il n’y a ni publicité ni pistage.',
      ],
      [
        'Témoins (cookies)',
        'L’un garde votre session ouverte, l’autre retient votre fuseau horaire. Il n’y en a pas d’autres.',
      ],
    ],
  },
  terms: {
    title: 'Conditions d’utilisation',
    sections: [
      [
        'À quoi il sert',
        'Attendant s’occupe des appels de l’entreprise qui l’exploite. Utilisez-le comme elle le permet.',
      ],
      [
        'Pas d’appels d’urgence',
        'Attendant ne met jamais personne en communication avec un numéro d’urgence. Utilisez un téléphone.',
      ],
      [
        'Liens personnels et NIP',
        'Ils sont pour votre usage personnel : quiconque a votre lien de connexion se connecte à votre place, et quiconque a le lien d’un message peut parfois l’écouter. Ne les transmettez pas.',
      ],
      [
        'Agir au nom d’une autre personne',
        'Un admin qui agit au nom d’une autre personne donne une raison. Cela prend fin après 30 minutes au plus, et tout ce qui est fait figure au journal d’audit sous les deux noms.',
      ],
      ['Sans garantie', 'Le logiciel est fourni « tel quel », sous la licence MIT, sans garantie d’aucune sorte.'],
    ],
  },
};

/** What the pages `/privacy` and `/terms` say. Each sentence must stay true of the product and of every company. */
export const notes: Readonly<Record<Locale, Notes>> = { en, fr };
