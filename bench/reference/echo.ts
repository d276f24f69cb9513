/** A botbuilder bot that echoes, behind the same token check as ours: the cost of Microsoft's own library. */
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import express from 'express';
import { tokenCheck, tokenCovers } from '../../src/teams/token-check.js';

const { OPENID_METADATA_URL = '', APP_ID = '' } = process.env;
const issuer = 'https://api.botframework.com';

// The connector gets no app id, so the local one asks for no token, neither ours nor this one's.
const authentication = new ConfigurationBotFrameworkAuthentication(
  {},
  new ConfigurationServiceClientCredentialFactory({}),
);

class Echo extends CloudAdapter {
  async answer(activity: Parameters<CloudAdapter['processActivity']>[1]): Promise<void> {
    const claimsIdentity = new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType);
    const connectorFactory = authentication.createConnectorFactory(claimsIdentity);
    await this.processActivity({ audience: issuer, claimsIdentity, connectorFactory }, activity, async (context) => {
      await context.sendActivity(context.activity.text);
    });
  }
}

const check = tokenCheck(OPENID_METADATA_URL);
const adapter = new Echo(authentication);
const app = express();
app.post('/api/messages', async (request, response, next) => {
  response.locals.token = await check(request.get('authorization'));
  if (response.locals.token?.appId !== APP_ID) response.status(401).end();
  else next();
});
app.post('/api/messages', express.json(), async (request, response) => {
  // At the end of a run the client may disconnect before the token is checked; then no body was read.
  if (request.body === undefined || !tokenCovers(response.locals.token, request.body)) {
    response.status(401).end();
    return;
  }
  await adapter.answer(request.body);
  response.end();
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
process.once('SIGTERM', () => process.exit(0));
