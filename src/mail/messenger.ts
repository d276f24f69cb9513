import { z } from 'zod';
import type { Messenger } from '../core/chat/messenger.js';
import type { AudioLink, Card } from '../core/chat/view.js';
import { mailFailure } from '../core/mail/mail-failure.js';
import type { Attachment, Mail } from '../core/mail/ports.js';
import { RecordingMissing } from '../core/recordings/ports.js';
import type { AudioTools } from '../core/voicemail/ports.js';
import { renderMail } from './render.js';

/** The options that `postNotice` stores for a mail. */
const MailOptions = z.object({
  messageId: z.string(),
  locale: z.enum(['en', 'fr']),
  attachAudio: z.boolean(),
  homeUrl: z.string().optional(),
  thread: z.string().optional(),
  unsubscribeUrl: z.string().optional(),
});

/**
 * Create the messenger by which the core reaches people by e-mail. A card becomes a mail, which cannot change
 * afterwards.
 */
export function mailMessenger(mail: Mail, tools: AudioTools): Messenger {
  return {
    isOwnWorkspace: async () => false,
    profile: async () => undefined,
    async send(to, card, delivery) {
      const { locale, attachAudio, homeUrl, ...options } = MailOptions.parse(to.conversation);
      const attachments = attachAudio ? await attachmentsOf(card, tools) : [];
      const result = await mail.send({
        to: to.address,
        ...renderMail(card, locale, { homeUrl, unsubscribeUrl: options.unsubscribeUrl }),
        attachments,
        ...options,
      });
      const isOver = result.kind === 'unknown' && delivery?.mayBeThere;
      // A mail's arrival cannot be checked, so it is sent at most once more.
      if (result.kind === 'sent' || isOver) return { kind: 'sent', ref: { messageId: options.messageId } };
      if (result.kind === 'refused') return { kind: 'unreachable', why: result.why };
      throw mailFailure(result);
    },
    update: async (_to, ref) => ({ kind: 'sent', ref }),
  };
}

/**
 * A mail without its audio is better than none: the card names the caller, and its link explains that the audio is
 * gone.
 */
async function attachmentsOf(card: Card, tools: AudioTools): Promise<Attachment[]> {
  const shown = card.blocks.flatMap((block) => (block.kind === 'audio' ? [block.audio] : []));
  const attachments = await Promise.all(shown.map((audio) => attachmentOf(audio, tools)));
  return attachments.filter((attachment) => attachment !== undefined);
}

async function attachmentOf(audio: AudioLink, tools: AudioTools): Promise<Attachment | undefined> {
  try {
    return { fileName: audio.fileName, ...(await tools.playable(audio)) };
  } catch (error) {
    if (error instanceof RecordingMissing) return undefined;
    throw error;
  }
}
