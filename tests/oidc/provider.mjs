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

const page = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title>
<meta name="viewport" content="width=device-width"><h1>${title}</h1>${body}</html>`;

// Whoever gives a name is signed in by it; a new name is nobody, and the provider says so.
async function signIn(request, response) {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response);
    const known = Object.entries(people()).map(([name, person]) =>
      `<p><button name="login" value="${name}">${person.given_name ?? name} ${person.family_name ?? ''}</button></p>`);
    response.setHeader('content-type', 'text/html').end(page('Practice sign-in', `<form method="post">${known.join('')}</form>`));
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const login = { accountId: new URLSearchParams(body).get('login') };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

async function logoutSource(ctx, form) {
  ctx.body = page('Sign out', `${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`);
}

async function postLogoutSuccessSource(ctx) {
  ctx.body = page('Signed out', '<p>You are signed out of the practice provider.</p>');
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
  features: {
    backchannelLogout: { enabled: true },
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
  },
  fetch: (url, options) => { delete options.dispatcher; return globalThis.fetch(url, options); },
  findAccount,
  interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
  loadExistingGrant,
  pkce: { required: () => true },
  renderError: async (ctx, out) => { ctx.type = 'text'; ctx.body = Object.entries(out).map((pair) => pair.join(': ')).join('\n'); },
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 600, AccessToken: 600 },
});
const answer = provider.callback();
handle = (request, response) => (request.url.startsWith('/sign-in/')
  ? signIn(request, response).catch((error) => response.writeHead(400).end(String(error)))
  : answer(request, response));
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
