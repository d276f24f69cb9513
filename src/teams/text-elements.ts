/**
 * Text in Adaptive Cards. TextBlock and FactSet read Markdown, and whether a backslash escapes it depends on the
 * client; TextRun reads none. So text that could be Markdown becomes TextRuns, and only plain words go into the others.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
 */
export type Element = Readonly<Record<string, unknown>>;

interface Looks {
  readonly size?: 'small' | 'default' | 'medium' | 'large';
  readonly weight?: 'default' | 'bolder';
  readonly color?: 'default' | 'attention' | 'accent';
  readonly isSubtle?: boolean;
}

/** Whether text is shown unchanged where Markdown is read. */
export const isPlain = (text: string): boolean => !/[*_[\]`~<>\\#&|]|\{\{|\n|^\s*([-+]|\d+[.)])\s/.test(text);

/** Render text unchanged, one block per line, because a TextRun drops line breaks. */
export function plainText(text: string, looks: Looks = {}): Element[] {
  return text.split(/\r?\n/).map((line, index) => ({
    type: 'RichTextBlock',
    ...(index > 0 ? { spacing: 'none' } : {}),
    inlines: [runOf(line, looks)],
  }));
}

/**
 * An empty line keeps its height only with a character in it. Text without looks may be a plain string, which is
 * shorter.
 */
function runOf(line: string, looks: Looks): Element | string {
  const text = withoutDates(line) || '\u00a0';
  return Object.keys(looks).length > 0 ? { type: 'TextRun', text, ...looks } : text;
}

/** Render a title: a heading for screen readers where its characters allow it. */
export const heading = (text: string): Element[] =>
  isPlain(text)
    ? [{ type: 'TextBlock', style: 'heading', text, size: 'medium', weight: 'bolder', wrap: true }]
    : plainText(text, { size: 'medium', weight: 'bolder' });

/**
 * Cards replace `{{DATE(…)}}` and `{{TIME(…)}}` in any text, even in TextRuns; a word joiner between the braces
 * prevents that.
 */
const withoutDates = (text: string): string => text.replaceAll('{{', '{\u2060{');
