import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import type { UserId } from '../ids.js';
import type { PersonValues } from '../people/person.js';
import type { Column, FactColumn, UserFacts } from './columns.js';
import type { PinChange } from './import-line.js';
import type { LineResult, RevertOutcome } from './import-run.types.js';
import type { JudgedLine, SaidWhy } from './judge-single-line.js';
import type { LineFlaw } from './read-csv.js';

/** A line as it was staged. */
export interface StagedLine {
  readonly line: number;
  readonly key: string;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** Sealed. */
  readonly pin: string | null;
  readonly flaw: LineFlaw | null;
}

/** The next lines after `after` that nobody has judged yet. */
export const findUnjudged = (db: Db, runId: string, after: number, most: number): Promise<readonly StagedLine[]> =>
  db.$queryRaw<StagedLine[]>`
    SELECT line, key, cells, pin, flaw FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND outcome IS NULL AND line > ${after} ORDER BY line LIMIT ${most}`;

export async function writeJudged(db: Db, runId: string, lines: readonly JudgedLine[]): Promise<void> {
  await db.$executeRaw`
    UPDATE "ImportLine" l SET outcome = judged.outcome, why = judged.why, username = judged.username,
      "userId" = judged."userId", facts = judged.facts, changed = judged.changed, "knownAt" = judged."knownAt",
      "pinChange" = judged."pinChange", "wantsExtension" = judged."wantsExtension"
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS judged (line int, outcome text, why jsonb, username text,
      "userId" uuid, facts jsonb, changed text[], "knownAt" timestamptz, "pinChange" text, "wantsExtension" boolean)
    WHERE l."runId" = ${runId}::uuid AND l.line = judged.line`;
}

/** Lines whose username stands in an earlier line already, and that line. */
export const findRepeated = (db: Db, runId: string): Promise<{ line: number; first: number }[]> =>
  db.$queryRaw<{ line: number; first: number }[]>`
    SELECT line, first FROM (
      SELECT line, outcome, min(line) OVER (PARTITION BY key) AS first FROM "ImportLine"
      WHERE "runId" = ${runId}::uuid AND outcome <> 'skipped' AND key <> ''
    ) AS same WHERE line > first AND outcome <> 'refused' ORDER BY line`;

/** Refuses lines that stand beside others in a way that they cannot. */
export async function refuseLines(
  db: Db,
  runId: string,
  refused: readonly { readonly line: number; readonly why: SaidWhy }[],
): Promise<void> {
  for (let at = 0; at < refused.length; at += 1_000)
    await db.$executeRaw`
      UPDATE "ImportLine" l SET outcome = 'refused', why = refused.why
      FROM jsonb_to_recordset(${JSON.stringify(refused.slice(at, at + 1_000))}::jsonb) AS refused (line int, why jsonb)
      WHERE l."runId" = ${runId}::uuid AND l.line = refused.line`;
}

/** Lines that ask for a free extension, in order. */
export const findWantingExtension = (
  db: Db,
  runId: string,
): Promise<{ line: number; pin: string | null; pinChange: PinChange['kind'] | null }[]> =>
  db.$queryRaw<{ line: number; pin: string | null; pinChange: PinChange['kind'] | null }[]>`
    SELECT line, pin, "pinChange" FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND "wantsExtension" AND outcome <> 'refused' ORDER BY line`;

/** Extensions that lines ask for by number. */
export async function findAskedExtensions(db: Db, runId: string): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ extension: string }[]>`
    SELECT DISTINCT facts->>'extension' AS extension FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND facts->>'extension' IS NOT NULL`;
  return rows.map(({ extension }) => extension);
}

export async function giveExtensions(
  db: Db,
  runId: string,
  given: readonly { readonly line: number; readonly extension: string }[],
): Promise<void> {
  for (let at = 0; at < given.length; at += 1_000)
    await db.$executeRaw`
      UPDATE "ImportLine" l SET "wantsExtension" = false, changed = array_append(l.changed, 'extension'),
        facts = jsonb_set(l.facts, '{extension}', to_jsonb(given.extension))
      FROM jsonb_to_recordset(${JSON.stringify(given.slice(at, at + 1_000))}::jsonb) AS given (line int, extension text)
      WHERE l."runId" = ${runId}::uuid AND l.line = given.line`;
}

export async function orderLines(
  db: Db,
  runId: string,
  ordered: readonly { readonly line: number; readonly step: number; readonly place: number }[],
): Promise<void> {
  for (let at = 0; at < ordered.length; at += 5_000)
    await db.$executeRaw`
      UPDATE "ImportLine" l SET step = ordered.step, place = ordered.place
      FROM jsonb_to_recordset(${JSON.stringify(ordered.slice(at, at + 5_000))}::jsonb)
        AS ordered (line int, step int, place int)
      WHERE l."runId" = ${runId}::uuid AND l.line = ordered.line`;
}

/** A line that creates or changes somebody. */
export interface ApplicableLine {
  readonly line: number;
  readonly username: string;
  readonly outcome: 'created' | 'updated';
  readonly step: number;
  readonly userId: UserId | null;
  readonly facts: UserFacts;
  readonly changed: readonly FactColumn[];
  readonly knownAt: Date | null;
  readonly pin: string | null;
  readonly pinChange: PinChange['kind'] | null;
}

/** The next lines to apply, all of one step. */
export async function findApplicable(db: Db, runId: string, most: number): Promise<readonly ApplicableLine[]> {
  const lines = await db.$queryRaw<ApplicableLine[]>`
    SELECT line, username, outcome, step, "userId", facts, changed, "knownAt", pin, "pinChange" FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND outcome IN ('created', 'updated') AND "writtenAt" IS NULL
    ORDER BY step, place, line LIMIT ${most}`;
  return lines.filter(({ step }) => step === lines[0]?.step);
}

/** A line that is applied: whose person it is, what it replaced, and when their row was written. */
export interface AppliedLine {
  readonly line: number;
  readonly userId: UserId;
  readonly before: Partial<PersonValues>;
  readonly writtenAt: Date;
}

/** Inside the change that applied them. */
export async function writeApplied({ db }: Change, runId: string, lines: readonly AppliedLine[]): Promise<void> {
  await db.$executeRaw`
    UPDATE "ImportLine" l SET "userId" = applied."userId", before = applied.before, "writtenAt" = applied."writtenAt",
      pin = NULL
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      AS applied (line int, "userId" uuid, before jsonb, "writtenAt" timestamptz)
    WHERE l."runId" = ${runId}::uuid AND l.line = applied.line`;
}

/** A line to revert. */
export type RevertibleLine = AppliedLine & Pick<ApplicableLine, 'username' | 'outcome' | 'step' | 'facts' | 'changed'>;

/** The next lines to revert, all of one step: the last that were applied come first. */
export async function findRevertible(db: Db, runId: string, most: number): Promise<readonly RevertibleLine[]> {
  const lines = await db.$queryRaw<RevertibleLine[]>`
    SELECT line, username, outcome, step, "userId", facts, changed, before, "writtenAt" FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND "writtenAt" IS NOT NULL AND reverted IS NULL
    ORDER BY step DESC, outcome DESC, place DESC, line DESC LIMIT ${most}`;
  const [first] = lines;
  return lines.filter(({ step, outcome }) => step === first?.step && outcome === first?.outcome);
}

export async function writeReverted(
  db: Db | Change['db'],
  runId: string,
  lines: readonly number[],
  reverted: RevertOutcome,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "ImportLine" SET reverted = ${reverted} WHERE "runId" = ${runId}::uuid AND line = ANY (${[...lines]}::int[])`;
}

/** Lines in the order of the file, after `after`. `only`: of these outcomes, or that a revert left. */
export const findResults = (
  db: Db,
  runId: string,
  {
    after,
    most,
    only = null,
  }: { readonly after: number; readonly most: number; readonly only?: 'refused' | 'kept' | null },
): Promise<readonly LineResult[]> =>
  db.$queryRaw<LineResult[]>`
    SELECT line, username, outcome, why, reverted FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND line > ${after} AND outcome IS NOT NULL
      AND (${only}::text IS NULL OR outcome = ${only} OR reverted = ${only})
    ORDER BY line LIMIT ${most}`;

/** Refused lines as they came, after `after`. */
export const findRefusedCells = (
  db: Db,
  runId: string,
  after: number,
  most: number,
): Promise<readonly (StagedLine & { readonly why: SaidWhy })[]> =>
  db.$queryRaw<(StagedLine & { readonly why: SaidWhy })[]>`
    SELECT line, key, cells, pin, flaw, why FROM "ImportLine"
    WHERE "runId" = ${runId}::uuid AND outcome = 'refused' AND line > ${after} ORDER BY line LIMIT ${most}`;
