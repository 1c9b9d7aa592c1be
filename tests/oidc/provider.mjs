// A real OpenID Connect provider for tests and for `make run-oidc`: invented people, no passwords.
// Arguments: the port to listen on (0: any), the JSON file of people (read at every sign-in), and the app's base URL.
// On the standard output it tells its issuer in one line of JSON as soon as it is ready.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, peopleFile, app] = process.argv.slice(2);
const people = () => JSON.parse(readFileSync(peopleFile, 'utf8'));

const server = createServer((request, response) => handle(request, response));
let handle = (_, response) => response.writeHead(503).end();
await new Promise((done) => server.listen(Number(port), '127.0.0.1', done));
const issuer = `http://localhost:${server.address().port}`;

async function findAccount(_, subject) {
  const person = people()[subject];
  return person && { accountId: subject, claims: async () => ({ sub: subject, ...person }) };
}

async function loadExistingGrant(ctx) {
  const grant = new ctx.oidc.provider.Grant({
    clientId: ctx.oidc.client.clientId,
    accountId: ctx.oidc.session.accountId,
  });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'aspen',
    client_secret: 'a secret for tests only',
    redirect_uris: [`${app}/auth/callback`],
    post_logout_redirect_uris: [`${app}/login`],
    backchannel_logout_uri: `${app}/auth/logout`,
    backchannel_logout_session_required: true,
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['cookies of a provider for tests'] },
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  fetch: (url, options) => { delete options.dispatcher; return globalThis.fetch(url, options); },
  findAccount,
  loadExistingGrant,
  pkce: { required: () => true },
  renderError: async (ctx, out) => { ctx.type = 'text'; ctx.body = Object.entries(out).map((pair) => pair.join(': ')).join('\n'); },
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 600, AccessToken: 600 },
});
handle = provider.callback();
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
