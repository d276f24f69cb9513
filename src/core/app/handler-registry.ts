import './register-words.js';
import { connectCommand, linkConfirmForm, linkRefuseButton } from '../accounts/linking.commands.js';
import { linkingExamples } from '../accounts/linking.view-fixtures.js';
import { appCommand, signInExamples } from '../accounts/sign-in.commands.js';
import { auditCommand, auditFilterForm, auditListButton } from '../audit/audit.commands.js';
import { auditExamples } from '../audit/audit.view-fixtures.js';
import { blockedCommand, blockingButtons } from '../blocking/blocking.commands.js';
import { blockingExamples } from '../blocking/blocking.view-fixtures.js';
import { importButtons, importCommand, importForm } from '../bulk/bulk.commands.js';
import { importExamples } from '../bulk/bulk.view-fixtures.js';
import { awaitedMessageExamples } from '../calls/awaited-message/awaited-message.view-fixtures.js';
import { callHistoryButtons, callsCommand } from '../calls/history/call-history.commands.js';
import { callHistoryExamples } from '../calls/history/call-history.view-fixtures.js';
import { greetingCallForm } from '../calls/outgoing/outgoing-calls.commands.js';
import { outgoingCallExamples } from '../calls/outgoing/outgoing-calls.view-fixtures.js';
import { phoneLockExamples } from '../calls/phone-menu/phone-lock.view-fixtures.js';
import { presenceCommands } from '../calls/presence.commands.js';
import { transferCallForm } from '../calls/transfer/transfer.commands.js';
import { transferExamples } from '../calls/transfer/transfer.view-fixtures.js';
import type { ButtonHandler, Command, FormHandler, ViewExample } from '../chat/define-handler.js';
import { digestExamples } from '../digest/digest.view-fixtures.js';
import { directoryButtons, directoryFindForm, findCommand } from '../directory/directory.commands.js';
import { directoryExamples } from '../directory/directory.view-fixtures.js';
import {
  impersonateCommand,
  impersonationForm,
  impersonationStopButton,
  stopCommand,
} from '../impersonation/impersonation.commands.js';
import { impersonationExamples } from '../impersonation/impersonation.view-fixtures.js';
import { sessionButtons } from '../impersonation/session-list.commands.js';
import { membersBringForm, membersButtons, membersCommand } from '../members/members.commands.js';
import { membersExamples } from '../members/members.view-fixtures.js';
import { setForm } from '../out-of-office/absence-form.js';
import { coverButtons, coverCommand, coverReason } from '../out-of-office/cover.commands.js';
import { milestonesExamples } from '../out-of-office/milestones.view-fixtures.js';
import { backCommand, oooCommand, outOfOfficeButtons, statusCommand } from '../out-of-office/out-of-office.commands.js';
import { outOfOfficeExamples } from '../out-of-office/out-of-office.view-fixtures.js';
import { adminCommand } from '../people-admin/admin.commands.js';
import { peopleChangeButtons, peopleChangeForms } from '../people-admin/bulk/people-change.commands.js';
import { peopleAdminButtons, peopleAdminForms } from '../people-admin/people-admin.commands.js';
import { peopleAdminExamples } from '../people-admin/people-admin.view-fixtures.js';
import { doctorCommand, doctorExamples } from '../reports/doctor.commands.js';
import { reportButtons } from '../reports/reports.commands.js';
import { reportExamples } from '../reports/reports.view-fixtures.js';
import { closedCommand, closureButtons, openCommand } from '../routing/closure/closure.commands.js';
import { closureExamples } from '../routing/closure/closure.view-fixtures.js';
import { explainButtons, explainCommand } from '../routing/explain/explain.commands.js';
import { explainExamples } from '../routing/explain/explain.view-fixtures.js';
import { settingsButtons, settingsCommand, settingsForms } from '../settings/settings.commands.js';
import { settingsExamples } from '../settings/settings.view-fixtures.js';
import {
  greetingCommand,
  greetingRemoveButton,
  greetingUploadForm,
} from '../voicemail/greetings/greetings.commands.js';
import { greetingExamples } from '../voicemail/greetings/greetings.view-fixtures.js';
import { claimButtons, handOverForm, promiseForm } from '../voicemail/mailbox/claim.commands.js';
import { claimExamples } from '../voicemail/mailbox/claim.view-fixtures.js';
import { mailboxCommand, memberForm, removeMemberForm } from '../voicemail/mailbox/mailbox-members.commands.js';
import { findMessagesForm, messageListButtons, voicemailCommand } from '../voicemail/mailbox/message-list.commands.js';
import { phoneCommand, pinForm } from '../voicemail/phone-access/phone-access.commands.js';
import { phoneAccessExamples } from '../voicemail/phone-access/phone-access.view-fixtures.js';
import { retentionExamples } from '../voicemail/retention/retention.view-fixtures.js';
import { forwardVoicemailForm, voicemailButtons } from '../voicemail/voicemail.commands.js';
import { voicemailExamples } from '../voicemail/voicemail.view-fixtures.js';
import { helpCommand } from './help.commands.js';

/** Every command, in the order in which `help` shows them. */
export const commands: readonly Command[] = [
  oooCommand,
  backCommand,
  statusCommand,
  findCommand,
  explainCommand,
  coverCommand,
  voicemailCommand,
  callsCommand,
  blockedCommand,
  ...presenceCommands(oooCommand),
  greetingCommand,
  mailboxCommand,
  phoneCommand,
  settingsCommand,
  appCommand,
  adminCommand,
  impersonateCommand,
  stopCommand,
  auditCommand,
  doctorCommand,
  membersCommand,
  importCommand,
  connectCommand,
  closedCommand,
  openCommand,
  helpCommand(() => commands),
];

/** Every button that performs an action. */
export const buttons: readonly ButtonHandler[] = [
  ...outOfOfficeButtons,
  ...coverButtons,
  ...directoryButtons,
  linkRefuseButton,
  ...voicemailButtons,
  ...messageListButtons,
  ...callHistoryButtons,
  ...blockingButtons,
  ...claimButtons,
  greetingRemoveButton,
  impersonationStopButton,
  ...sessionButtons,
  auditListButton,
  ...membersButtons,
  ...importButtons,
  ...closureButtons,
  ...explainButtons,
  ...peopleAdminButtons,
  ...peopleChangeButtons,
  ...reportButtons,
  ...settingsButtons,
];

/** Every form. */
export const forms: readonly FormHandler<unknown>[] = [
  setForm,
  coverReason,
  directoryFindForm,
  linkConfirmForm,
  forwardVoicemailForm,
  findMessagesForm,
  handOverForm,
  promiseForm,
  memberForm,
  removeMemberForm,
  greetingCallForm,
  transferCallForm,
  greetingUploadForm,
  pinForm,
  impersonationForm,
  auditFilterForm,
  membersBringForm,
  importForm,
  ...peopleAdminForms,
  ...peopleChangeForms,
  ...settingsForms,
];

/** Every view example, for the contract tests. */
export const examples: readonly ViewExample[] = [
  ...outOfOfficeExamples,
  ...milestonesExamples,
  ...directoryExamples,
  ...linkingExamples,
  ...voicemailExamples,
  ...greetingExamples,
  ...claimExamples,
  ...phoneAccessExamples,
  ...phoneLockExamples,
  ...retentionExamples,
  ...digestExamples,
  ...blockingExamples,
  ...awaitedMessageExamples,
  ...outgoingCallExamples,
  ...callHistoryExamples,
  ...transferExamples,
  ...impersonationExamples,
  ...auditExamples,
  ...doctorExamples,
  ...reportExamples,
  ...signInExamples,
  ...membersExamples,
  ...importExamples,
  ...closureExamples,
  ...explainExamples,
  ...peopleAdminExamples,
  ...settingsExamples,
];
