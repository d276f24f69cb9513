import { z } from 'zod';
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { Problem } from './problem.js';
import * as schemas from './schemas.js';

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** The errors that every call may return. */
const always: ZodOpenApiResponsesObject = {
  '400': problem('The request cannot be read.'),
  '401': problem('No valid API key.'),
  '429': {
    ...problem('Too many requests; try again after `Retry-After` seconds.'),
    headers: z.object({ 'Retry-After': z.string().meta({ description: 'Seconds.' }) }),
  },
  '503': problem('The data cannot be reached just now.'),
};
const answers = (more: ZodOpenApiResponsesObject): ZodOpenApiResponsesObject => ({ ...more, ...always });
const path = (name: string, description: string) => ({ path: z.object({ [name]: z.string().meta({ description }) }) });

/** Describe the API from the schemas that parse it. `url`: the address of this installation. */
export const openApi = (url: string) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Attendant',
      version: '1',
      description: 'Routing of calls, voicemails and the directory, for phone systems and contact centres.',
    },
    servers: [{ url }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/api/v1/calls': {
        post: {
          summary: 'What to do with a call; asked twice, the same Decision',
          requestBody: { content: json(schemas.Call), required: true },
          responses: answers({ '200': { description: 'The Decision.', content: json(schemas.Decision) } }),
        },
      },
      '/api/v1/calls/{callId}/outcome': {
        post: {
          summary: 'How a leg ended, and what to do next',
          requestParams: path('callId', 'As in the call.'),
          requestBody: { content: json(schemas.Outcome), required: true },
          responses: answers({
            '200': { description: 'The next Decision.', content: json(schemas.Decision) },
            '404': problem('No such call, or no such leg.'),
          }),
        },
      },
      '/api/v1/calls/{callId}/transfer': {
        post: {
          summary: 'Send the caller straight to somebody’s mailbox',
          description:
            'To an agent who is signed out only where their setting `directVoicemailTransfer` allows it; else the call takes its usual way to them. Where our voice provider holds the call and somebody talks with the caller, it leads the caller there.',
          requestParams: path('callId', 'As in the call.'),
          requestBody: { content: json(schemas.Transfer), required: true },
          responses: answers({
            '200': { description: 'The next Decision.', content: json(schemas.Decision) },
            '404': problem('No such call, or no such mailbox.'),
            '409': problem('The call is over, or the voice provider did not lead the caller there.'),
          }),
        },
      },
      '/api/v1/calls/{callId}': {
        get: {
          summary: 'A call with its legs, as it went',
          requestParams: path('callId', 'As in the call.'),
          responses: answers({
            '200': { description: 'The call.', content: json(schemas.CallRecord) },
            '404': problem('No such call.'),
          }),
        },
      },
      '/api/v1/calls/{callId}/end': {
        post: {
          summary: 'The caller is gone, at any moment; twice is once',
          requestParams: path('callId', 'As in the call.'),
          requestBody: { content: json(schemas.CallEnd), required: false },
          responses: answers({ '204': { description: 'Noted.' }, '404': problem('No such call.') }),
        },
      },
      '/api/v1/voicemails': {
        post: {
          summary: 'Hand over a voicemail; the same sourceId again is the same voicemail',
          requestBody: {
            required: true,
            content: {
              'multipart/form-data': {
                schema: z.object({
                  metadata: schemas.VoicemailMetadata,
                  audio: z.string().meta({ format: 'binary', description: 'WAV, MP3, M4A, Ogg or WebM' }),
                }),
              },
            },
          },
          responses: answers({
            '201': { description: 'Stored for good.', content: json(schemas.ReceivedVoicemail) },
            '200': { description: 'It was here already.', content: json(schemas.ReceivedVoicemail) },
            '403': problem('Voicemail is not part of this company’s edition.'),
            '404': problem('No such mailbox.'),
            '413': problem('Too large or too long.'),
            '415': problem('The file is not audio that can be played.'),
          }),
        },
        get: {
          summary: 'What the mailboxes hold, newest first, without audio',
          requestParams: { query: schemas.VoicemailsQuery },
          responses: answers({
            '200': { description: 'A page.', content: json(schemas.Voicemails) },
            '404': problem('No such mailbox.'),
          }),
        },
      },
      '/api/v1/voicemails/{id}': {
        get: {
          summary: 'One voicemail, without audio',
          requestParams: path('id', 'The voicemail.'),
          responses: answers({
            '200': { description: 'The voicemail.', content: json(schemas.Voicemail) },
            '404': problem('No such voicemail, or it is deleted.'),
          }),
        },
      },
      '/api/v1/voicemails/{id}/deliveries': {
        get: {
          summary: 'What was tried to tell people of a voicemail, attempt by attempt, and what came of each',
          requestParams: path('id', 'The voicemail.'),
          responses: answers({
            '200': { description: 'The attempts, oldest first.', content: json(schemas.Deliveries) },
            '404': problem('No such voicemail.'),
          }),
        },
      },
      '/api/v1/agents/{agentId}/presence': {
        put: {
          summary: 'An agent’s presence; older than the last known is ignored',
          requestParams: path('agentId', 'The contact centre’s id of the agent.'),
          requestBody: { content: json(schemas.Presence), required: true },
          responses: answers({ '204': { description: 'Noted.' }, '404': problem('No such agent.') }),
        },
      },
      '/api/v1/directory': {
        get: {
          summary: 'People whom a name, an extension or a DID may mean, best first',
          requestParams: { query: schemas.DirectoryQuery },
          responses: answers({ '200': { description: 'The matches.', content: json(schemas.Directory) } }),
        },
      },
      '/api/v1/users/{id}/coverage': {
        get: {
          summary: 'Where a call to this person would go, and why',
          requestParams: { ...path('id', 'The user.'), query: schemas.CoverageQuery },
          responses: answers({
            '200': { description: 'The explained path.', content: json(schemas.Coverage) },
            '404': problem('No such user.'),
          }),
        },
      },
    },
  });
