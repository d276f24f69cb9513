import type { Messenger, Receipt } from '../core/chat/messenger.js';
import { ListRefused, type MemberList } from '../core/members/ports.js';
import type { SlackConfig } from '../env.js';
import { slackMembers } from './members.js';
import { type SlackMessenger, type SlackMessengerDeps, sharedIdle, slackMessenger } from './messenger.js';
import { perWorkspace, type SlackTokens } from './workspaces.js';

const notInstalled: Receipt = { kind: 'unreachable', why: 'app_not_installed' };

/** The messenger of many workspaces: each message goes out with the token of its recipient's workspace. */
export function installedMessenger(config: SlackConfig, tokens: SlackTokens, deps: SlackMessengerDeps): SlackMessenger {
  // One idle wait for all: uploads yield to the cards of every workspace.
  const idle = sharedIdle();
  const messengers = perWorkspace(config, tokens, (own) => slackMessenger(own, deps, idle));
  const uploads = slackMessenger(config, deps, idle);

  async function sendAs(
    { externalWorkspaceId: workspace }: Parameters<Messenger['send']>[0],
    send: (messenger: SlackMessenger) => Promise<Receipt>,
  ): Promise<Receipt> {
    const messenger = await messengers.of(workspace);
    const receipt = messenger ? await send(messenger) : notInstalled;
    // The audio of a card follows by its reference alone.
    return receipt.kind === 'sent' ? { ...receipt, ref: { ...receipt.ref, workspace } } : receipt;
  }

  return {
    // Anybody may install the app: only a code makes a workspace a company's.
    isOwnWorkspace: async () => false,
    profile: async (account) => (await messengers.of(account.externalWorkspaceId))?.profile(account),
    send: (to, card, delivery) => sendAs(to, (messenger) => messenger.send(to, card, delivery)),
    update: (to, ref, card, delivery) => sendAs(to, (messenger) => messenger.update(to, ref, card, delivery)),
    audio: {
      runLater: uploads.audio.runLater,
      attach: async (ref, audio, options) => {
        const messenger = await messengers.of(ref.workspace ?? '');
        return messenger ? messenger.audio.attach(ref, audio, options) : false;
      },
    },
    stop: () => uploads.stop(),
  };
}

/** The member lists of many workspaces, each read with its own token. */
export function installedMembers(config: SlackConfig, tokens: SlackTokens, log: SlackMessengerDeps['log']): MemberList {
  const lists = perWorkspace(config, tokens, (own) => slackMembers(own, log));
  const listOf = async (externalWorkspaceId: string): Promise<MemberList> => {
    const list = await lists.of(externalWorkspaceId);
    if (!list) throw new ListRefused('credentials');
    return list;
  };
  return {
    name: 'Slack',
    grantedBy: 'installation',
    read: async (workspace, onPage) => (await listOf(workspace.externalWorkspaceId)).read(workspace, onPage),
    readMember: async (account) => (await listOf(account.externalWorkspaceId)).readMember?.(account),
  };
}
