import { expect, test } from 'vitest';
import { guardFormula, withoutFormulaGuard } from '../../src/core/bulk/formula-guard.js';

const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", "''=1"];

/** The cells that a spreadsheet makes of a value where it does not heed our quotes. */
const cellsOf = (value: string): string[] => value.split(/[;\t\r\n]/).map((cell) => cell.replace(/^[ "]+/, ''));

test.each(formulas)('%j is run neither as a cell, nor after a semicolon, a tab or a new line', (formula) => {
  for (const mark of ['', ';', '; ', '\t', '\n', '\r\n', ';"', ';;'])
    for (const value of [`${mark}${formula}`, `Ann${mark || ';'}${formula}${mark || ';'}${formula}`])
      for (const cell of cellsOf(guardFormula(value))) expect(cell).not.toMatch(/^[=+\-@]/);
  expect(guardFormula(`\t${formula}`)).toMatch(/^'/);
});

test('every cell is imported as it was exported', () => {
  const marks = ['=', '-', "'", ';', ' ', '\t', '"', 'a'];
  let values = [''];
  for (let length = 0; length < 5; length += 1) values = ['', ...values.flatMap((v) => marks.map((mark) => v + mark))];
  for (const value of values) if (withoutFormulaGuard(guardFormula(value)) !== value) expect(value).toBe('unchanged');
});

test('an ordinary value is exported as it is', () => {
  for (const value of ['Ann; Anna', "O'Neil", 'a=b; c', 'x-y', 'Smith, Jo']) expect(guardFormula(value)).toBe(value);
});
