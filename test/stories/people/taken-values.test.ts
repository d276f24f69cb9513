import { beforeEach, describe, expect, test } from 'vitest';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import type { Deps } from '../../../src/core/deps.js';
import { UserError } from '../../../src/core/errors.js';
import type { PersonValues } from '../../../src/core/people/person.js';
import { lockPerson, updatePerson } from '../../../src/core/people/update-person.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

/** Write values of a person as every form does; returns the refusal in both languages. */
async function write(person: Person, values: Partial<PersonValues>): Promise<readonly string[]> {
  const cli = installationActor(company.tenantId, 'cli');
  const written = change(company.deps, cli, async (change) => {
    const known = await lockPerson(change, person.id);
    if (known) await updatePerson(change, known, values);
  });
  const error = await written.catch((error: unknown) => error);
  if (error === undefined) return ['written'];
  if (!(error instanceof UserError)) throw error;
  return [`${error.status} ${error.say(wordsIn('en'))}`, error.say(wordsIn('fr'))];
}

const agentIdOf = async ({ id }: Person) => (await company.db.user.findUniqueOrThrow({ where: { id } })).agentId;

describe('a value that is somebody else’s', () => {
  test.each<[Partial<PersonValues>, string, string]>([
    [{ agentId: 'agent-103' }, 'has this agent ID', 'identifiant d’agent'],
    [{ extension: '103' }, 'has this extension', 'a ce poste'],
    [{ did: '+14165550101' }, 'number is in use', 'déjà utilisé'],
    [{ email: 'Cleo@maple.example' }, 'has this e-mail address', 'adresse courriel'],
  ])('%j is refused in the person’s language, and nothing is written', async (values, english, french) => {
    const [en, fr] = await write(company.bo, { title: 'New', ...values });
    expect(en).toMatch(new RegExp(`^409 .*${english}`));
    expect(fr).toContain(french);
    expect(await company.db.user.findUniqueOrThrow({ where: { id: company.bo.id } })).toMatchObject({ title: 'Sales' });
    expect(await company.audit()).toEqual([]);
  });

  test('is free in another company, and again when it is cleared', async () => {
    const oak = await company.db.tenant.create({ data: { name: 'Oak & Co' } });
    const one = { firstName: 'Oak', lastName: 'One', username: 'oak', email: 'oak@oak.example' };
    await company.db.user.create({ data: { ...one, tenantId: oak.id, agentId: 'agent-103' } });
    expect(await write(company.cleo, { agentId: null })).toEqual(['written']);
    expect(await write(company.bo, { agentId: 'agent-103' })).toEqual(['written']);
    expect(await agentIdOf(company.bo)).toBe('agent-103');
  });
});

describe('an import', () => {
  /** Import a file; `meanwhile` runs between its plan and its first change. */
  async function imported(file: string, meanwhile?: () => Promise<unknown>): Promise<readonly string[]> {
    const { db } = company;
    let left = meanwhile;
    const inBetween = new Proxy(db, {
      get(target, name) {
        if (name !== '$transaction') return Reflect.get(target, name);
        return async (work: Parameters<typeof db.$transaction>[0]) => {
          await left?.();
          left = undefined;
          return target.$transaction(work as never);
        };
      },
    });
    const deps: Deps = { ...company.deps, db: inBetween };
    const lines = await importFile(deps, installationActor(company.tenantId, 'cli'), Buffer.from(file), {
      dryRun: false,
    });
    return lines.map(({ username, outcome, why }) => `${username} ${outcome} ${why ?? ''}`.trim());
  }

  const newcomer = 'username,email,first_name,agent_id\nnew,new@maple.example,New,';
  const taken = (username: string) => [`${username} refused agent_id belongs to bo already.`];
  const boTakes = () => company.db.user.update({ where: { id: company.bo.id }, data: { agentId: 'agent-9' } });

  test('refuses an agent id that is somebody’s', async () => {
    const refused = ['ann refused agent_id belongs to cleo already.'];
    expect(await imported('username,agent_id\nann,agent-103')).toEqual(refused);
    expect(await imported(`${newcomer}agent-103`)).toEqual(['new refused agent_id belongs to cleo already.']);
  });

  test('says the same of one that was taken after the file was read', async () => {
    expect(await imported('username,agent_id\nann,agent-9', boTakes)).toEqual(taken('ann'));
    await company.db.user.update({ where: { id: company.bo.id }, data: { agentId: null } });
    expect(await imported(`${newcomer}agent-9`, boTakes)).toEqual(taken('new'));
    expect(await agentIdOf(company.bo)).toBe('agent-9');
  });
});

test('a message comes in while somebody’s extension is being changed', async () => {
  const { ann, deps, tenantId, db } = company;
  await db.$transaction(async (open) => {
    await open.user.update({ where: { id: ann.id }, data: { extension: '141', email: 'ann.baker@maple.example' } });
    // On its own connection; on the one above, it would wait until that transaction is given up.
    const mailbox = { userId: ann.id };
    await receiveVoicemail(deps, installationActor(tenantId, 'api'), { sourceId: 'now', mailbox, audio: wav(3) });
  });
  expect(await db.voicemail.count({ where: { userId: ann.id } })).toBe(1);
});
