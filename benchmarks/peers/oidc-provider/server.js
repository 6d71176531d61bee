// oidc-provider with its own in-memory adapter, set up to do the same work as the authorization server that it is
// measured beside: the same clients, ES256 throughout, JWT access tokens, a sign-in page with a form and no consent page.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const { ISSUER, AUDIENCE, SCOPE, REDIRECT_URI, SECRET, CLIENT_KEYS } = process.env;

const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const signed = { id_token_signed_response_alg: 'ES256' };
const machine = { ...signed, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };

const provider = new Provider(ISSUER, {
  clients: [
    { ...machine, client_id: 'secret', client_secret: SECRET, token_endpoint_auth_method: 'client_secret_basic' },
    { ...machine, client_id: 'key', jwks: JSON.parse(CLIENT_KEYS), token_endpoint_auth_method: 'private_key_jwt' },
    {
      ...signed,
      client_id: 'portal',
      client_secret: SECRET,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [REDIRECT_URI],
      require_pushed_authorization_requests: true,
    },
  ],
  jwks: { keys: [{ ...signingKey, alg: 'ES256', use: 'sig', kid: 'signing' }] },
  cookies: { keys: ['a key for the signatures of cookies'] },
  scopes: ['openid'],
  pkce: { required: () => true },
  routes: { authorization: '/authorize', pushed_authorization_request: '/par', token: '/token' },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => AUDIENCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: SCOPE, audience: AUDIENCE, accessTokenTTL: 3600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  loadExistingGrant,
});
provider.proxy = true;

// The client is the operator's own: what it asks for is granted without a page.
async function loadExistingGrant({ oidc }) {
  const known = oidc.session.grantIdFor(oidc.client.clientId);
  if (known) return oidc.provider.Grant.find(known);

  const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(AUDIENCE, SCOPE);
  await grant.save();
  return grant;
}

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { uid } = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = page(uid);
    return undefined;
  }

  const fields = new URLSearchParams(await text(ctx.req));
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: fields.get('username') } }));
  ctx.status = 303;
  return undefined;
});

const page = (uid) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in</title></head>
<body>
  <form method="post" action="/interaction/${uid}">
    <input type="hidden" name="uid" value="${uid}">
    <label>User name <input name="username"></label>
    <label>Password <input name="password" type="password"></label>
    <button type="submit">Sign in</button>
  </form>
</body>
</html>`;

async function text(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

const server = provider.listen(0, '127.0.0.1', () =>
  console.log(`Now listening on: http://127.0.0.1:${server.address().port}`));

// Connections wait for their turn.
server.keepAliveTimeout = 0;
