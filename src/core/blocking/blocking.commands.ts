import { hasPermission } from '../chat/actor.js';
import { defineButton, defineCommand } from '../chat/define-handler.js';
import { oneLine } from '../text.js';
import { blockingActions } from './blocking.action-ids.js';
import { blockCaller, blockedBy, unblockCaller } from './blocking.js';
import { blockedCard, blockedListCard, mostShown, unblockedCard } from './blocking.views.js';

/** `blocked`: the blocked callers; with a number, block it. */
export const blockedCommand = defineCommand({
  word: 'blocked',
  also: ['block'],
  french: ['bloqués', 'bloquer'],
  permission: 'self',
  help: ({ blocking }) => ({ what: blocking.what, example: blocking.example }),
  async run(deps, { actor, reader }, { text }) {
    const mayEditCompany = hasPermission(actor, 'tenant.edit');
    if (text.trim() === '') {
      const blocked = await blockedBy(deps, actor, mostShown);
      return { kind: 'say', card: blockedListCard(reader, blocked, mayEditCompany) };
    }
    const caller = await blockCaller(deps, actor, { number: oneLine(text, 64), name: '', forCompany: false });
    return { kind: 'say', card: blockedCard(reader, caller, mayEditCompany) };
  },
});

/** Block a caller, for oneself or for the company, and unblock one. */
export const blockingButtons = [
  defineButton({
    id: blockingActions.block,
    permission: 'self',
    async run(deps, { actor, reader }, carries) {
      const caller = await blockCaller(deps, actor, { ...callerIn(carries), forCompany: false });
      return { kind: 'say', card: blockedCard(reader, caller, hasPermission(actor, 'tenant.edit')) };
    },
  }),
  defineButton({
    id: blockingActions.blockForCompany,
    permission: 'tenant.edit',
    async run(deps, { actor, reader }, carries) {
      const caller = await blockCaller(deps, actor, { ...callerIn(carries), forCompany: true });
      return { kind: 'replace', card: blockedCard(reader, caller, true) };
    },
  }),
  defineButton({
    id: blockingActions.unblock,
    permission: 'self',
    async run(deps, { actor, reader }, { blocked = '' }) {
      return { kind: 'replace', card: unblockedCard(reader, await unblockCaller(deps, actor, blocked)) };
    },
  }),
];

const callerIn = ({ number = '', name = '' }: Readonly<Record<string, string | undefined>>) => ({
  number: oneLine(number, 64),
  name: oneLine(name, 120),
});
