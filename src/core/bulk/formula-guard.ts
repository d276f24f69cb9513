/*
 * Spreadsheets run a cell with one of these beginnings as a formula (https://owasp.org/www-community/attacks/CSV_Injection),
 * so exports put an apostrophe before it, and imports remove that apostrophe. A value that already looks guarded is guarded
 * once more, so that an export imports unchanged. Within a value a semicolon, a tab or a new line begins a cell too: a
 * spreadsheet set to French separates cells by semicolons, and opens our files all the same.
 */
const formula = /^('*)(?=[=+\-@\t\r\n])/;
const guarded = /^'('*)(?=[=+\-@\t\r\n])/;
const formulasWithin = /([;\t\r\n][ "]*)('*)(?=[=+\-@])/g;
const guardedWithin = /([;\t\r\n][ "]*)'('*)(?=[=+\-@])/g;

/** Return a value as a cell that no spreadsheet runs. */
export const guardFormula = (value: string): string => value.replace(formulasWithin, "$1'$2").replace(formula, "'$1");

/** Return the value behind a cell, whether a spreadsheet, a person or our export wrote it. */
export const withoutFormulaGuard = (cell: string): string => cell.replace(guarded, '$1').replace(guardedWithin, '$1$2');
