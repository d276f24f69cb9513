/**
 * The known reasons for which the real connector refuses a message: too long, empty, a card without a version, more
 * than six actions a row, a duplicate id, a dialog's button that is not a Submit.
 */
export function refusalOf(
  activity: Record<string, unknown>,
  bytes: number,
): { status: number; code: string } | undefined {
  if (bytes > 28 * 1024) return { status: 413, code: 'MessageSizeTooBig' };
  const attachments = (activity.attachments ?? []) as { contentType: string; content: Record<string, unknown> }[];
  if (activity.type !== 'message' || (!activity.text && attachments.length === 0)) return bad('BadSyntax');
  for (const { contentType, content } of attachments) {
    if (contentType !== 'application/vnd.microsoft.card.adaptive') return bad('BadAttachmentType');
    const problem = problemOf(content);
    if (problem) return bad(problem);
  }
  return undefined;
}

/** The first problem of a card. */
export function problemOf(card: Record<string, unknown>): string | undefined {
  if (card.type !== 'AdaptiveCard' || !/^1\.[0-6]$/.test(String(card.version))) return 'BadCardVersion';
  const inputs: string[] = [];
  const problems: string[] = [];
  walk(card.body, (element) => {
    const type = String(element.type ?? '');
    if (type === 'ActionSet' && (element.actions as unknown[]).length > 6) problems.push('TooManyActions');
    if (type.startsWith('Input.')) inputs.push(String(element.id));
    if (type === 'Media') problems.push('MediaNotAllowed');
    if (type === 'Action.Execute' && 'msteams' in ((element.data ?? {}) as object)) problems.push('DialogNeedsSubmit');
    if (type.startsWith('Action.') && !element.title) problems.push('ActionWithoutTitle');
  });
  if (new Set(inputs).size < inputs.length) problems.push('InputIdTwice');
  return problems[0];
}

/** Every object of a card, outermost first. */
export function walk(value: unknown, visit: (element: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit);
  } else if (typeof value === 'object' && value !== null) {
    visit(value as Record<string, unknown>);
    for (const inner of Object.values(value)) walk(inner, visit);
  }
}

const bad = (code: string) => ({ status: 400, code });
