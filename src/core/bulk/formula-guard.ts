/**
 * Spreadsheets run a cell with this beginning as a formula (https://owasp.org/www-community/attacks/CSV_Injection), so
 * exports put an apostrophe before it, and imports remove that apostrophe. A value that already looks guarded is
 * guarded once more, so that an export imports unchanged.
 */
const formula = /^'*[=+\-@\t\r\n]/;
const guarded = /^'+[=+\-@\t\r\n]/;

/** Return a value as a cell that no spreadsheet runs. */
export const guardFormula = (value: string): string => (formula.test(value) ? `'${value}` : value);

/** Return the value behind a cell, whether a spreadsheet, a person or our export wrote it. */
export const withoutFormulaGuard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell);
