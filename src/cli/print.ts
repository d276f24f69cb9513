/** Write a line to standard output, for people or programs. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Write a line to standard error: an error, or progress. */
export const printError = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Print rows below their headings, in columns as wide as needed; as JSON, the rows themselves. */
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

/** Remove control characters, so that text from files or people cannot control the terminal. */
const plain = (cell: string): string => cell.replace(/\p{Cc}+/gu, ' ');
