import { beforeEach, describe, expect, test } from 'vitest';
import { csvInMemory } from '../../../src/core/bulk/csv-source.js';
import { findDialect } from '../../../src/core/bulk/decode-csv.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { isPin } from '../../../src/core/people/pin.js';
import { exportTable } from '../../../src/core/reports/export-list.js';
import { type Company, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';

const words = wordsIn('en').bulk;

/** Import a file; returns one line `LINE USERNAME OUTCOME: WHY` each. */
async function imported(company: Company, file: string | Uint8Array, dryRun = false): Promise<string[]> {
  const lines = await importFile(company.deps, installationActor(company.tenantId, 'cli'), file, { dryRun });
  return lines.map(({ line, username, outcome, why }) => `${line} ${username} ${outcome}${why ? `: ${why}` : ''}`);
}

/** The reason why an import refuses the whole file. */
async function refusal(company: Company, file: string | Uint8Array): Promise<string> {
  const error = await imported(company, file).catch((error: unknown) => error);
  return error instanceof UserError ? error.say(wordsIn('en')) : `not refused: ${error}`;
}

const user = (company: Company, username: string) =>
  company.db.user.findFirstOrThrow({ where: { tenantId: company.tenantId, username } });

describe('A CSV of users', () => {
  let company: Company;
  beforeEach(async () => {
    company = await testCompany();
  });

  const newcomers = [
    'Last_Name,username,email,first_name,user_type,extension,did,pin,default_backup,aliases',
    'Adams,ira,Ira@maple.example,Ira,business,AUTO,(416) 555-0131,4826,jo,Izzy; Iry',
    '"Ngô, Jr.",jo,jo@maple.example,Jo,agent,AUTO,,AUTO,bo,',
    '',
  ].join('\r\n');

  test('runs dry first and changes nothing', async () => {
    expect(await imported(company, newcomers, true)).toEqual(['2 ira created', '3 jo created']);
    expect(await company.db.user.count({ where: { username: { in: ['ira', 'jo'] } } })).toBe(0);
    expect(await company.audit()).toEqual([]);
  });

  test('of more people than are judged at once is read whole', async () => {
    const many = Array.from({ length: 3_300 }, (_, at) => `p${at},p${at}@maple.example,P,${at},+1416${2_000_000 + at}`);
    const lines = await imported(company, ['username,email,first_name,last_name,did', ...many].join('\n'), true);
    expect(lines).toHaveLength(3_300);
    expect(lines.at(-1)).toBe('3301 p3299 created');
  });

  test('of 10,000 newcomers who cover for each other in a ring loses the ring, and keeps what leans on nobody', async () => {
    const ring = Array.from(
      { length: 10_000 },
      (_, at) => `p${at},p${at}@maple.example,P,${at},${800_000 + at},p${(at + 1) % 10_000}`,
    );
    const file = [
      'username,email,first_name,last_name,extension,default_backup',
      ...ring,
      'ira,i@maple.example,Ira,A,105,',
    ];
    const lines = await imported(company, file.join('\n'), true);
    expect(lines.filter((line) => line.includes(' refused'))).toHaveLength(10_000);
    expect(lines.filter((line) => line.length > 300)).toEqual([]);
    expect(lines.at(-1)).toBe('10002 ira created');
    expect(await company.audit()).toEqual([]);
  }, 60_000);

  test('with a username twice refuses the second line alone, not who leans on the first', async () => {
    const { extension } = await user(company, 'ann');
    const file = [
      'username,email,first_name,last_name,extension,default_backup',
      'ann,,,,806,',
      'new1,new1@maple.example,N,One,,',
      'ann,,,,807,',
      'new1,new1@maple.example,N,One,,',
      `new2,new2@maple.example,N,Two,${extension},new1`,
    ];
    const outcomes = await imported(company, file.join('\n'), true);
    expect(outcomes.map((line) => line.split(' ').slice(0, 3).join(' ').replace(':', ''))).toEqual([
      '2 ann updated',
      '3 new1 created',
      '4 ann refused',
      '5 new1 refused',
      '6 new2 created',
    ]);
  });

  test('creates, with columns in any order and a backup from a later line, one audit line each', async () => {
    expect(await imported(company, `\ufeff${newcomers}`)).toEqual(['2 ira created', '3 jo created']);
    const [ira, jo] = [await user(company, 'ira'), await user(company, 'jo')];
    expect(ira).toMatchObject({
      lastName: 'Adams',
      email: 'ira@maple.example',
      extension: '200',
      did: '+14165550131',
      defaultBackupId: jo.id,
      aliases: ['Izzy', 'Iry'],
      access: 'attendant_only',
    });
    expect(jo).toMatchObject({
      lastName: 'Ngô, Jr.',
      extension: '201',
      userType: 'agent',
      access: 'attendant_with_acd',
    });
    expect(await isPin(ira.pinHash ?? '', '4826')).toBe(true);
    const lines = await company.audit();
    expect(lines.map(({ event, subjectId }) => [event, subjectId])).toEqual([
      ['user.created', jo.id],
      ['user.created', ira.id],
      ['import.applied', expect.any(String)],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/4826|argon/);
  });

  test('changes nothing when the same file comes again', async () => {
    await imported(company, newcomers);
    const before = await company.db.user.findMany({ orderBy: { id: 'asc' } });
    expect(await imported(company, newcomers)).toEqual(['2 ira unchanged', '3 jo unchanged']);
    expect(await company.db.user.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    expect(await company.audit()).toHaveLength(3);
  });

  test('leaves what is blank, clears what is -, and records what changed', async () => {
    await imported(company, newcomers);
    const file = 'username,title,did,default_backup,pin,notification_type\nIRA,Sales lead,-,,-,email_only';
    expect(await imported(company, file)).toEqual(['2 ira updated']);
    expect(await user(company, 'ira')).toMatchObject({
      title: 'Sales lead',
      did: null,
      pinHash: null,
      notificationType: 'email_only',
      extension: '200',
    });
    expect((await company.audit()).at(-2)).toMatchObject({
      event: 'user.updated',
      before: { title: '', did: '+14165550131', notificationType: null },
      after: { title: 'Sales lead', did: null, notificationType: 'email_only', pin: 'cleared' },
    });
    expect(await imported(company, file)).toEqual(['2 ira unchanged']);
  });

  test('reads only marked lines where there is row_changed', async () => {
    await imported(company, newcomers);
    const file = 'username,title,row_changed\nira,One,N\njo,Two,Y\nbo,Three,';
    expect(await imported(company, file, true)).toEqual([
      '2 ira skipped: Not marked with Y in row_changed.',
      '3 jo updated',
      '4 bo skipped: Not marked with Y in row_changed.',
    ]);
  });
});

describe('A bad line', () => {
  let company: Company;
  beforeEach(async () => {
    company = await testCompany();
  });
  const header =
    'username,email,first_name,last_name,user_type,access,extension,did,personal_number,pin,default_backup,time_zone,forwarding';
  const shortNumber =
    'personal_number is an extension or a short number. Give a whole number such as (416) 555-0123, or leave it empty: the extension has a column of its own, and rings where the setting deskPhones is on.';
  const line = (facts: string) => `${header}\nx1,x1@maple.example,X,One,${facts}`;

  test.each([
    ['boss,,,,,,,,', 'user_type must be one of: agent, business, rollover, general_voicemail.'],
    ['agent,attendant_only,,,,,,,', 'access attendant_only does not fit user_type agent.'],
    [',,1,,,,,,', 'extension must be 2 to 10 digits, or AUTO.'],
    [',,101,,,,,,', 'extension belongs to ann already.'],
    [',,,416-555-0101,,,,,', 'did belongs to ann already.'],
    [',,,416-555-0100,,,,,', 'did is a number of your company itself.'],
    [',,,12,,,,,', 'did is not a phone number that can be dialled.'],
    [',,,,911,,,,', shortNumber],
    [',,,,204,,,,', shortNumber],
    [',,,,4165550,,,,', 'personal_number is not a phone number that can be dialled.'],
    [
      ',,,,1-900-555-0100,,,,',
      'personal_number is a premium-rate, satellite or personal number: those cannot be used.',
    ],
    [',,,,,123,,,', 'pin must be 4 to 10 digits, or AUTO.'],
    [',,,,,1111,,,', 'pin repeats itself. Choose one that is harder to guess.'],
    [',,,,,8765,,,', 'pin is a run of digits. Choose one that is harder to guess.'],
    [',,,,,2580,,,', 'pin is a line on the keypad. Choose one that is harder to guess.'],
    [',,4917,,,7194,,,', 'pin is the extension, or the extension backwards. Choose another.'],
    [',,,,,,nobody,,', 'default_backup nobody is not a user.'],
    [',,,,,,X1,,', 'Nobody can be their own backup.'],
    [',,,,,,nil,,', 'default_backup nil cannot take calls with Attendant.'],
    [',,,,,,box,,', 'default_backup box cannot take calls with Attendant.'],
    [',,,,,,,Toronto,', 'time_zone must be an IANA name, for instance America/Toronto.'],
    [',,,,,,,,maybe', 'forwarding must be one of: yes, no.'],
    [',,,,,,,', 'This line has 12 cells, the header has 13.'],
  ])('%s is refused with its reason', async (facts, why) => {
    expect(await imported(company, line(facts), true)).toEqual([`2 x1 refused: ${why}`]);
  });

  test('a number that leads to another company is refused, as a main number and as a DID', async () => {
    const { id: tenantId } = await company.db.tenant.create({
      data: { name: 'Oak & Co', mainNumbers: ['+14165550177'] },
    });
    const name = { firstName: 'Oak', lastName: 'One', username: 'oak', email: 'oak@oak.example' };
    await company.db.user.create({ data: { ...name, tenantId, did: '+14165550178' } });
    for (const did of ['416-555-0177', '416-555-0178'])
      expect(await imported(company, line(`,,,${did},,,,,`), true)).toEqual(['2 x1 refused: did is in use already.']);
  });

  test('blocks no good one, and repeats and half a user are refused', async () => {
    const file = [
      'username,email,first_name,last_name,role',
      'y1,not an address,Y,One,',
      'y2,y2@maple.example,Y,Two,manager',
      'Y2,y3@maple.example,Y,Three,',
      'y4,y4@maple.example,,,',
      ',y5@maple.example,Y,Five,',
      'y6,ANN@maple.example,Y,Six,',
      'ann,-,,,',
      'y 7,y7@maple.example,Y,Seven,',
      'y8,y8@maple.example,Y\u0000,Eight,',
    ].join('\n');
    expect(await imported(company, file)).toEqual([
      '2 y1 refused: email is not an e-mail address.',
      '3 y2 created',
      '4 Y2 refused: Line 3 has this username already.',
      '5 y4 refused: A user needs first_name, last_name, or both.',
      '6  refused: The username is missing.',
      '7 y6 refused: email belongs to ann already.',
      '8 ann refused: email cannot be cleared.',
      '9 y 7 refused: username may hold letters, digits and . _ - @ + only.',
      '10 y8 refused: first_name holds a control character. Type it again.',
    ]);
    expect((await company.audit()).map(({ event }) => event)).toEqual(['user.created', 'import.applied']);
    expect(await user(company, 'y2')).toMatchObject({ role: 'manager' });
  });

  test('takes with it the lines that lean on it', async () => {
    const file = [
      'username,email,first_name,last_name,default_backup',
      'z1,z1@maple.example,Z,One,z2',
      'z2,z2@maple.example,Z,Two,z3',
      'z3,bad,Z,Three,',
    ].join('\n');
    expect(await imported(company, file, true)).toEqual([
      '2 z1 refused: default_backup z2 was refused in this file.',
      '3 z2 refused: default_backup z3 was refused in this file.',
      '4 z3 refused: email is not an e-mail address.',
    ]);
  });

  test('cannot make backups go round in a circle', async () => {
    const file = 'username,default_backup\nann,bo\nbo,cleo\ncleo,ann';
    expect(await imported(company, file)).toEqual([
      '2 ann updated',
      '3 bo updated',
      '4 cleo refused: The backups would go round in a circle: cleo → ann → bo → cleo.',
    ]);
    expect(await imported(company, 'username,default_backup\ncleo,ann\nbo,-', true)).toEqual([
      '2 cleo updated',
      '3 bo updated',
    ]);
  });

  test('may take the extension that another line gives up, whichever comes first; a swap takes two files', async () => {
    expect(await imported(company, 'username,extension\nzoe,102\nbo,-')).toEqual(['2 zoe updated', '3 bo updated']);
    expect(await user(company, 'zoe')).toMatchObject({ extension: '102' });
    const swap = await imported(company, 'username,extension\nann,103\ncleo,101');
    expect(swap).toEqual([
      '2 ann refused: extension belongs to cleo already.',
      '3 cleo refused: This line and another want what the other has. Clear one of them first.',
    ]);
  });
});

describe('A file that cannot be read', () => {
  let company: Company;
  beforeEach(async () => {
    company = await testCompany();
  });

  test('is refused as a whole, and says why', async () => {
    expect(await refusal(company, 'username,emial,colour\nann,x,y')).toContain('Unknown column “emial”, “colour”.');
    expect(await refusal(company, '')).toContain('The file is empty');
    expect(await refusal(company, 'email\nx@y.example')).toContain('The column “username” is missing');
    expect(await refusal(company, 'username,title,Title\nann,x,y')).toContain('“title” stands there twice');
    expect(await refusal(company, 'username,title\nann,"x')).toContain('cannot be read at line 2');
    expect(await refusal(company, Buffer.from('username\nann', 'utf16le'))).toContain('no text file');
    expect(await refusal(company, Buffer.from('PK\u0003\u0004 sheet.xml'))).toContain('a spreadsheet, not a CSV file');
    const wide = `username${',extra'.repeat(1_000)}\nann`;
    expect(await refusal(company, wide)).toContain('more than 64 columns');
    const long = `username,title\nann,x\nbo,"${'x'.repeat(200_000)}"`;
    expect(await refusal(company, long)).toContain('Line 3 is too long');
    expect(await refusal(company, Buffer.alloc(65 * 1024 * 1024, 'x'))).toContain('larger than 64 MB');
    expect(await company.audit()).toEqual([]);
  });
});

describe('A file as spreadsheets write it', () => {
  const table = (delimiter: string, end = '\r\n') =>
    [
      ['username', 'email', 'first_name', 'last_name', 'title'],
      ['renee', 'renee@maple.example', 'Ren\u00e9e', 'C\u00f4t\u00e9', 'Sales; East, West'],
    ]
      .map((row) => row.map((cell) => (/[;,]/.test(cell) ? `"${cell}"` : cell)).join(delimiter))
      .join(end);

  test.each([
    ['with semicolons', Buffer.from(table(';'))],
    ['with tabs', Buffer.from(table('\t'))],
    ['with bars and a quoted header', Buffer.from(table('|').replace('email', '"email"'))],
    ['with a line that says so', Buffer.from(`sep=;\r\n${table(';')}`)],
    ['in UTF-8 with a mark', Buffer.from(`\ufeff${table(',')}`)],
    ['in UTF-16', Buffer.from(`\ufeff${table('\t')}`, 'utf16le')],
    ['in UTF-16 the other way round', Buffer.from(`\ufeff${table('\t')}`, 'utf16le').swap16()],
    ['in Windows-1252', Buffer.from(table(';'), 'latin1')],
    ['with the ends of an old Mac', Buffer.from(table(',', '\r'))],
    ['with an accent of two characters', Buffer.from(table(',').normalize('NFD'))],
  ])('%s is read', async (_how, file) => {
    const company = await testCompany();
    expect((await imported(company, file)).map((line) => line.replace(/^\d+ /, ''))).toEqual(['renee created']);
    expect(await user(company, 'renee')).toMatchObject({
      firstName: 'Ren\u00e9e',
      lastName: 'C\u00f4t\u00e9',
      title: 'Sales; East, West',
    });
    expect((await imported(company, file)).map((line) => line.replace(/^\d+ /, ''))).toEqual(['renee unchanged']);
  });

  test('counts lines as the person sees them, the one about the delimiter too', async () => {
    const company = await testCompany();
    expect(await imported(company, 'sep=;\nusername;email;last_name\nx;x@maple.example;X\n;;\ny;y;Y')).toEqual([
      '3 x created',
      '5 y refused: email is not an e-mail address.',
    ]);
  });

  test('in Windows-1252 is read with a note about its accents, and in UTF-8 without one', async () => {
    const noteOn = async (bytes: Uint8Array) => (await findDialect(csvInMemory('people.csv', bytes))).note;
    expect((await noteOn(Buffer.from(table(';'), 'latin1')))?.(words)).toContain('Windows-1252');
    expect(await noteOn(Buffer.from(table(';')))).toBeUndefined();
  });

  test('its empty columns, rows and cells count for nothing; a cell without a column does', async () => {
    const company = await testCompany();
    const file = [
      ',,,',
      'username,email,first_name,last_name,extension,access,,',
      'trail,trail@maple.example,Trail,One,354,attendant_only,,',
      'over,over@maple.example,Over,One,355,attendant_only,,,,,',
      ',,,,,,,,',
      '   ',
      '\u00a0,\u200b,,,,',
      'odd,odd@maple.example,Odd,One,356,attendant_only,,astray',
      'cut,cut@maple.example,Cut',
    ].join('\r\n');
    expect(await imported(company, file)).toEqual([
      '3 trail created',
      '4 over created',
      '8 odd refused: This line has 8 cells, the header has 6.',
      '9 cut refused: This line has 3 cells, the header has 6.',
    ]);
  });

  test('a person needs one name, whichever it is, and keeps it', async () => {
    const company = await testCompany();
    const file = [
      'username,email,first_name,last_name',
      'sukarno,sukarno@maple.example,Sukarno,',
      'prince,prince@maple.example,,Prince',
      'o.ng,o.ng@maple.example,O,N',
      'nobody,nobody@maple.example,,',
    ].join('\n');
    expect(await imported(company, file)).toEqual([
      '2 sukarno created',
      '3 prince created',
      '4 o.ng created',
      '5 nobody refused: A user needs first_name, last_name, or both.',
    ]);
    expect(await imported(company, file.replace(/\nnobody.*/, ''))).toEqual([
      '2 sukarno unchanged',
      '3 prince unchanged',
      '4 o.ng unchanged',
    ]);
    expect(await imported(company, 'username,first_name,last_name\no.ng,-,\nprince,,-')).toEqual([
      '2 o.ng updated',
      '3 prince refused: A user needs first_name, last_name, or both.',
    ]);
  });

  test('a number that the spreadsheet shortened is refused with what to do', async () => {
    const company = await testCompany();
    const file = 'username,did,pin\nann,1.4165E+10,\nbo,"1,4165E+10",\ncleo,,4.82E+05\nzoe,12E4,';
    const [ann, bo, cleo, zoe] = await imported(company, file);
    for (const line of [ann, bo]) expect(line).toContain('did was shortened by the spreadsheet');
    expect(cleo).toContain('pin was shortened by the spreadsheet');
    expect(zoe).toContain('not a phone number');
  });

  test('names lose what nobody sees, and a cell of a book’s length is refused with its row', async () => {
    const company = await testCompany();
    const file = [
      'username,email,first_name,last_name,title',
      `hidden,hidden@maple.example,Ann\u202egnp,\ufeffBa\u00adker\u200b,A\u2066B\u00a0C`,
      `long,long@maple.example,L,L,${'x'.repeat(6_000)}`,
    ].join('\n');
    expect(await imported(company, file)).toEqual([
      '2 hidden created',
      '3 long refused: title has more than 2000 characters.',
    ]);
    expect(await user(company, 'hidden')).toMatchObject({ firstName: 'Anngnp', lastName: 'Baker', title: 'AB C' });
  });
});

describe('An export of the users', () => {
  test('is harmless in a spreadsheet, and imports as unchanged', async () => {
    const company = await testCompany();
    await company.db.user.update({
      where: { id: company.ann.id },
      data: {
        firstName: '=HYPERLINK("x")',
        title: '-',
        aliases: ["'+plus", 'a "quoted", one'],
        phoneticName: '@ann',
        timeZone: 'America/Montreal',
        defaultBackupId: company.bo.id,
        directVoicemailTransfer: true,
      },
    });
    await company.db.user.update({ where: { id: company.bo.id }, data: { lastName: '한글 שלום 🙂\nnew line' } });

    const csv = await exportTable(company.deps, company.tenantId, 'users', 'csv');
    expect(csv).toContain('"\'=HYPERLINK(""x"")"');
    expect(csv).toContain("'+14165550191");
    expect(csv).toContain("'-");
    for (const line of csv.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+\-@]/);

    const outcomes = await imported(company, csv);
    expect(outcomes).toHaveLength(9);
    expect(outcomes.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
    expect(await company.audit()).toEqual([]);
  });

  test('comes as JSON too, with values as they are', async () => {
    const company = await testCompany();
    const rows = JSON.parse(await exportTable(company.deps, company.tenantId, 'users', 'json'));
    expect(rows).toHaveLength(9);
    expect(rows.find(({ username }: { username: string }) => username === 'ann')).toMatchObject({
      personal_number: '+14165550191',
      user_type: 'business',
    });
  });
});
