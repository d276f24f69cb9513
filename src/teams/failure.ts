/** What the connector's refusal says: an HTTP status and Teams' own code, as far as they can be had. */
export interface Failure {
  readonly status: number | undefined;
  readonly code: string;
}

/** Reads botbuilder's errors, which carry the answer in several shapes. */
export function failureOf(error: unknown): Failure {
  const { statusCode, code, body, details, message } = (error ?? {}) as {
    statusCode?: number;
    code?: string;
    body?: { error?: { code?: string }; code?: string };
    details?: { error?: { code?: string } };
    message?: string;
  };
  return { status: statusCode, code: body?.error?.code ?? body?.code ?? details?.error?.code ?? code ?? message ?? '' };
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages */
const refusals =
  /BotNotInConversationRoster|ConversationBlockedByUser|BotDisabledByAdmin|UserNotFound|ForbiddenOperation/;

/** Will Teams never let us write to this person as things are? */
export const isRefusal = ({ status, code }: Failure): boolean => refusals.test(code) || status === 403;

/** Has Teams lost the message, or never had it? */
export const isLost = ({ status, code }: Failure): boolean => /ActivityNotFound/.test(code) || status === 404;

/** May Teams have taken it, though no answer came, or only a gateway's? */
export const mayHaveWorked = ({ status, code }: Failure): boolean =>
  status === undefined
    ? !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(code)
    : status === 500 || status === 502 || status === 504;

/** Is it worth another try in a moment? https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export const isPassing = ({ status }: Failure): boolean =>
  status === 429 || status === 412 || status === 502 || status === 504;
