import * as users from '../accounts/accounts.words.js';
import * as signIn from '../accounts/sign-in.words.js';
import * as audit from '../audit/audit.words.js';
import * as blocking from '../blocking/blocking.words.js';
import * as bulk from '../bulk/bulk.words.js';
import * as calls from '../calls/calls.words.js';
import * as phoneMenu from '../calls/phone-menu/phone-menu.words.js';
import * as chat from '../chat/chat.words.js';
import { setWords } from '../chat/words.js';
import * as dates from '../dates/dates.words.js';
import * as digest from '../digest/digest.words.js';
import * as directory from '../directory/directory.words.js';
import * as impersonation from '../impersonation/impersonation.words.js';
import * as members from '../members/members.words.js';
import * as unsubscribe from '../notices/unsubscribe.words.js';
import * as milestones from '../out-of-office/milestones.words.js';
import * as outOfOffice from '../out-of-office/out-of-office.words.js';
import * as people from '../people/people.words.js';
import * as peopleChange from '../people-admin/bulk/people-change.words.js';
import * as peopleAdmin from '../people-admin/people-admin.words.js';
import * as doctor from '../reports/doctor.words.js';
import * as reports from '../reports/reports.words.js';
import * as closure from '../routing/closure/closure.words.js';
import * as routing from '../routing/routing.words.js';
import * as settings from '../settings/settings.words.js';
import * as teamsBots from '../teams-bots/teams-bots.words.js';
import * as tenants from '../tenants/tenants.words.js';
import * as greetings from '../voicemail/greetings/greetings.words.js';
import * as claim from '../voicemail/mailbox/claim.words.js';
import * as messageList from '../voicemail/mailbox/message-list.words.js';
import * as phoneAccess from '../voicemail/phone-access/phone-access.words.js';
import * as retention from '../voicemail/retention/retention.words.js';
import * as voicemail from '../voicemail/voicemail.words.js';

// French has the same shape as English, and a missing feature does not compile.
setWords({
  en: {
    chat: chat.en,
    outOfOffice: outOfOffice.en,
    milestones: milestones.en,
    digest: digest.en,
    directory: directory.en,
    voicemail: voicemail.en,
    greetings: greetings.en,
    claim: claim.en,
    messageList: messageList.en,
    phoneAccess: phoneAccess.en,
    phoneMenu: phoneMenu.en,
    retention: retention.en,
    calls: calls.en,
    routing: routing.en,
    closure: closure.en,
    impersonation: impersonation.en,
    users: users.en,
    signIn: signIn.en,
    audit: audit.en,
    blocking: blocking.en,
    bulk: bulk.en,
    members: members.en,
    doctor: doctor.en,
    reports: reports.en,
    people: people.en,
    peopleAdmin: peopleAdmin.en,
    peopleChange: peopleChange.en,
    settings: settings.en,
    teamsBots: teamsBots.en,
    tenants: tenants.en,
    dates: dates.en,
    unsubscribe: unsubscribe.en,
  },
  fr: {
    chat: chat.fr,
    outOfOffice: outOfOffice.fr,
    milestones: milestones.fr,
    digest: digest.fr,
    directory: directory.fr,
    voicemail: voicemail.fr,
    greetings: greetings.fr,
    claim: claim.fr,
    messageList: messageList.fr,
    phoneAccess: phoneAccess.fr,
    phoneMenu: phoneMenu.fr,
    retention: retention.fr,
    calls: calls.fr,
    routing: routing.fr,
    closure: closure.fr,
    impersonation: impersonation.fr,
    users: users.fr,
    signIn: signIn.fr,
    audit: audit.fr,
    blocking: blocking.fr,
    bulk: bulk.fr,
    members: members.fr,
    doctor: doctor.fr,
    reports: reports.fr,
    people: people.fr,
    peopleAdmin: peopleAdmin.fr,
    peopleChange: peopleChange.fr,
    settings: settings.fr,
    teamsBots: teamsBots.fr,
    tenants: tenants.fr,
    dates: dates.fr,
    unsubscribe: unsubscribe.fr,
  },
});
