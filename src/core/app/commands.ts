import './words.js';
import { connect, linkConfirm, linkRefuse } from '../accounts/linking.commands.js';
import { linkingExamples } from '../accounts/linking.view-fixtures.js';
import { app, signInExamples } from '../accounts/sign-in.commands.js';
import { audit, auditExamples } from '../audit/audit.commands.js';
import { importButtons, importCommand, importForm } from '../bulk/bulk.commands.js';
import { importExamples } from '../bulk/bulk.view-fixtures.js';
import { awaitedMessageExamples } from '../calls/awaited-message/awaited-message.view-fixtures.js';
import type { ButtonHandler, Command, FormHandler, ViewExample } from '../chat/define-handler.js';
import { directoryButtons, directoryFind, find } from '../directory/directory.commands.js';
import { directoryExamples } from '../directory/directory.view-fixtures.js';
import {
  impersonate,
  impersonationExamples,
  impersonationForm,
  impersonationStop,
  stop,
} from '../impersonation/impersonation.commands.js';
import { members, membersBring, membersButtons } from '../members/members.commands.js';
import { membersExamples } from '../members/members.view-fixtures.js';
import { cover, coverButtons, coverReason } from '../out-of-office/cover.commands.js';
import { milestonesExamples } from '../out-of-office/milestones.view-fixtures.js';
import { back, ooo, outOfOfficeButtons, status } from '../out-of-office/out-of-office.commands.js';
import { outOfOfficeExamples } from '../out-of-office/out-of-office.view-fixtures.js';
import { setForm } from '../out-of-office/set-form.js';
import { forwardVoicemailForm, voicemail, voicemailButtons } from '../voicemail/voicemail.commands.js';
import { voicemailExamples } from '../voicemail/voicemail.view-fixtures.js';
import { helpFor } from './help.commands.js';

/** Every command, in the order in which `help` shows them. */
export const commands: readonly Command[] = [
  ooo,
  back,
  status,
  find,
  cover,
  voicemail,
  app,
  impersonate,
  stop,
  audit,
  members,
  importCommand,
  connect,
  helpFor(() => commands),
];

/** Every button that performs an action. */
export const buttons: readonly ButtonHandler[] = [
  ...outOfOfficeButtons,
  ...coverButtons,
  ...directoryButtons,
  linkRefuse,
  ...voicemailButtons,
  impersonationStop,
  ...membersButtons,
  ...importButtons,
];

/** Every form. */
export const forms: readonly FormHandler<unknown>[] = [
  setForm,
  coverReason,
  directoryFind,
  linkConfirm,
  forwardVoicemailForm,
  impersonationForm,
  membersBring,
  importForm,
];

/** Every view example, for the contract tests. */
export const examples: readonly ViewExample[] = [
  ...outOfOfficeExamples,
  ...milestonesExamples,
  ...directoryExamples,
  ...linkingExamples,
  ...voicemailExamples,
  ...awaitedMessageExamples,
  ...impersonationExamples,
  ...auditExamples,
  ...signInExamples,
  ...membersExamples,
  ...importExamples,
];
