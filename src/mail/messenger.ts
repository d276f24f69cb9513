import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { Messenger } from '../core/chat/messenger.js';
import type { AudioLink, Card } from '../core/chat/view.js';
import { OutcomeUnknown } from '../core/errors.js';
import type { Attachment, Mail, Recordings } from '../core/voicemail/ports.js';
import { renderMail } from './render.js';
import { refusalOf } from './smtp.js';

/** What `postNotice` says of a mail: how a repeat is known, its language, and whether the audio goes with it. */
const HowToMail = z.object({ messageId: z.string(), locale: z.enum(['en', 'fr']), attachAudio: z.boolean() });

/** How the core reaches people by e-mail: a card becomes a mail, and stays as it was sent. */
export function mailMessenger(mail: Mail, recordings: Recordings): Messenger {
  return {
    profile: async () => undefined,
    async send(to, card, delivery) {
      const { messageId, locale, attachAudio } = HowToMail.parse(to.conversation);
      const attachments = attachAudio ? await attachmentsOf(card, recordings) : [];
      try {
        await mail.send({ to: to.address, ...renderMail(card, locale), attachments, messageId });
      } catch (error) {
        // Nobody can look whether a mail arrived: it is sent at most once more.
        if (error instanceof OutcomeUnknown && delivery?.mayBeThere) return { kind: 'sent', ref: { messageId } };
        const why = refusalOf(error);
        if (why === undefined) throw error;
        return { kind: 'unreachable', why };
      }
      return { kind: 'sent', ref: { messageId } };
    },
    update: async (_to, ref) => ({ kind: 'sent', ref }),
  };
}

const attachmentsOf = (card: Card, recordings: Recordings): Promise<Attachment[]> =>
  Promise.all(card.blocks.flatMap((block) => (block.kind === 'audio' ? [attachmentOf(block.audio, recordings)] : [])));

const attachmentOf = async (audio: AudioLink, recordings: Recordings): Promise<Attachment> => ({
  fileName: audio.fileName,
  mimeType: audio.mimeType,
  content: await buffer(await recordings.read(audio.storageKey)),
});
