import { z } from 'zod';
import { defineButton, defineForm, formProblems } from '../../chat/define-handler.js';
import type { Reply } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { readPersonField } from '../../directory/person-field.js';
import type { ActionId, VoicemailId } from '../../ids.js';
import { messageIn, messageReplaced } from '../message-reply.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { claimMessage, handOver, promiseCall, releaseMessage } from './claim.js';
import { handOverView, promiseView } from './claim.views.js';
import { readFutureMoment } from './future-moment.js';
import { requireMessage } from './message-access.js';

/** `voicemail.claim` and `voicemail.release`. */
export const claimButtons = [
  onMessage(voicemailActions.claim, (deps, { actor }, id) => claimMessage(deps, actor, id)),
  onMessage(voicemailActions.release, (deps, { actor }, id) => releaseMessage(deps, actor, id)),
];

/** `voicemail.hand-over`: to whom. */
export const handOverForm = defineForm({
  id: voicemailActions.handOver,
  permission: 'self',
  plus: true,
  async open(deps, requester, carries) {
    const id = messageIn(carries);
    await requireMessage(deps, requester.actor, id, 'handle');
    return handOverView(requester.reader, id);
  },
  values: (words) => z.object({ user: z.string(words.chat.required) }),
  async submit(deps, requester, { user }, carries) {
    const id = messageIn(carries);
    const chosen = await readPersonField(deps, requester, user);
    if (chosen.kind === 'problem') return formProblems({ user: chosen.line });
    if (await handOver(deps, requester.actor, id, chosen.person.id)) return messageReplaced(deps, requester, id);
    return formProblems({ user: wordsIn(requester.reader.locale).claim.cannotHandle });
  },
});

/** `voicemail.promise`: by when the holder calls back. */
export const promiseForm = defineForm({
  id: voicemailActions.promise,
  permission: 'self',
  plus: true,
  async open(deps, requester, carries) {
    const id = messageIn(carries);
    await requireMessage(deps, requester.actor, id, 'handle');
    return promiseView(requester.reader, id);
  },
  values: (words) => z.object({ until: z.string(words.chat.required).max(100, words.chat.tooLong(100)) }),
  async submit(deps, requester, { until }, carries) {
    const id = messageIn(carries);
    const read = readFutureMoment(requester.reader, until, { mostDays: 31, as: 'begin' });
    if (typeof read === 'string') return formProblems({ until: read });
    await promiseCall(deps, requester.actor, id, read);
    return messageReplaced(deps, requester, id);
  },
});

function onMessage(id: ActionId, act: (deps: Deps, requester: Requester, id: VoicemailId) => Promise<void>) {
  return defineButton({
    id,
    permission: 'self',
    plus: true,
    async run(deps, requester, carries): Promise<Reply> {
      const voicemailId = messageIn(carries);
      await act(deps, requester, voicemailId);
      return messageReplaced(deps, requester, voicemailId);
    },
  });
}
