import { stringify } from 'csv-stringify/sync';

/** Return a line of a CSV file (RFC 4180), with its end. Cells from people go through `guardFormula` first. */
export const csvLine = (cells: readonly string[]): string => stringify([[...cells]], { record_delimiter: '\r\n' });
