import { audit, auditExamples } from './audit/audit.commands.js';
import { helpFor } from './chat/chat.commands.js';
import type { ButtonHandler, Command, FormHandler, ViewExample } from './chat/define.js';
import {
  impersonate,
  impersonationExamples,
  impersonationForm,
  impersonationStop,
  stop,
} from './impersonation/impersonation.commands.js';
import { app, signInExamples } from './users/sign-in.commands.js';
import { forwardVoicemailForm, voicemail, voicemailButtons } from './voicemail/voicemail.commands.js';
import { voicemailExamples } from './voicemail/voicemail.examples.js';

/** Every word after `/attendant`, in the order `help` shows them. */
export const commands: readonly Command[] = [voicemail, app, impersonate, stop, audit, helpFor(() => commands)];

/** Every button that does something. */
export const buttons: readonly ButtonHandler[] = [...voicemailButtons, impersonationStop];

/** Every form. */
export const forms: readonly FormHandler<unknown>[] = [forwardVoicemailForm, impersonationForm];

/** Every view with its own example, for the contract tests. */
export const examples: readonly ViewExample[] = [
  ...voicemailExamples,
  ...impersonationExamples,
  ...auditExamples,
  ...signInExamples,
];
