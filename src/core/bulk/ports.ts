/**
 * Writes many rows at once, by COPY: far faster than statements, and in a constant amount of memory. All or none. Values as
 * text, as PostgreSQL reads them; null is NULL. Resolves to the number of rows.
 */
export type CopyRows = (
  table: 'ImportLine',
  columns: readonly string[],
  rows: AsyncIterable<readonly (string | null)[]>,
) => Promise<number>;

declare module '../deps.js' {
  interface Deps {
    readonly copyRows: CopyRows;
  }
}
