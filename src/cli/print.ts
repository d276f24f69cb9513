/** Writes a line for people or programs on standard output. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Writes a line on standard error: what went wrong, or how far things are. */
export const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Rows under their headings, in columns as wide as they need; as JSON, the rows themselves. */
export function printTable(
  rows: readonly Readonly<Record<string, string | number>>[],
  { columns, json }: { readonly columns: readonly string[]; readonly json: boolean },
): void {
  if (json) {
    printJson(rows);
    return;
  }
  const lines = [columns, ...rows.map((row) => columns.map((column) => plain(String(row[column] ?? ''))))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  for (const line of lines)
    print(
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** What comes from a file or from people must not steer the terminal. */
const plain = (cell: string): string => cell.replace(/\p{Cc}+/gu, ' ');
