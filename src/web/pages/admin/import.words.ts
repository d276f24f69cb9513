import { formatCount, type Locale } from '../../../core/chat/phrasing.js';

const count = (many: number): string => formatCount('en', many);
const compte = (many: number): string => formatCount('fr', many);

const en = {
  title: 'Import people',
  intro: 'Send a CSV file. You see what would happen to each line first; nothing changes until you apply it.',
  file: 'CSV file',
  fileHint: 'Up to 64 MB and 100,000 lines. UTF-8 is best; Excel’s own CSV is read too.',
  check: 'Check the file',
  template: 'Download a template',
  exportUsers: 'Download everybody as CSV',
  past: 'Imports',
  noPast: 'No file was sent yet.',
  allImports: 'All imports',
  progress: (done: number, all: number) => `${count(done)} of ${count(all)} lines`,
  refusedTitle: 'Refused lines',
  refusedHint: 'Mend them in this file and send it again; the column “why” is ignored.',
  downloadRefused: 'Download the refused lines',
  keptTitle: 'Left as they are',
  more: (many: number) => `and ${count(many)} more`,
  line: 'Line',
};

const fr: typeof en = {
  title: 'Importer des personnes',
  intro:
    'Envoyez un fichier CSV. Vous voyez d’abord ce qui arriverait à chaque ligne ; rien ne change avant que vous l’appliquiez.',
  file: 'Fichier CSV',
  fileHint: 'Jusqu’à 64 Mo et 100 000 lignes. UTF-8 de préférence ; le CSV d’Excel est lu aussi.',
  check: 'Vérifier le fichier',
  template: 'Télécharger un modèle',
  exportUsers: 'Télécharger tout le monde en CSV',
  past: 'Importations',
  noPast: 'Aucun fichier n’a encore été envoyé.',
  allImports: 'Toutes les importations',
  progress: (done, all) => `${compte(done)} lignes sur ${compte(all)}`,
  refusedTitle: 'Lignes refusées',
  refusedHint: 'Corrigez-les dans ce fichier et renvoyez-le ; la colonne « why » est ignorée.',
  downloadRefused: 'Télécharger les lignes refusées',
  keptTitle: 'Laissées telles quelles',
  more: (many) => `et ${compte(many)} de plus`,
  line: 'Ligne',
};

export type ImportWords = typeof en;

/** The words of the import pages. */
export const importWords = (locale: Locale): ImportWords => ({ en, fr })[locale];
