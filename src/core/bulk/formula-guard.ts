/**
 * Spreadsheets run a cell that begins so as a formula (https://owasp.org/www-community/attacks/CSV_Injection), so
 * exports put an apostrophe before it, and imports take that apostrophe away again. A value that already looks guarded
 * is guarded once more: what is exported imports as it was.
 */
const formula = /^'*[=+\-@\t\r\n]/;
const guarded = /^'+[=+\-@\t\r\n]/;

/** A value as a cell that no spreadsheet runs. */
export const guardFormula = (value: string): string => (formula.test(value) ? `'${value}` : value);

/** The value behind a cell, whether a spreadsheet, a person or our export wrote it. */
export const withoutFormulaGuard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell);
