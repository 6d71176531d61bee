// oidc-provider as a certified authorization server of somebody else's: its own rules, its own pages, its own memory.
// Beside it stands an API that accepts its access tokens. CONFORMANCE_SETUP says who the client is.
import { createServer } from 'node:http'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import Provider from 'oidc-provider'
import { refusalOf } from './resource-server.mjs'

const { client, accessTokenLifetime, pkce, features } = JSON.parse(process.env.CONFORMANCE_SETUP)
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })

const [server, api] = [createServer(), createServer()]
const [issuer, address] = await Promise.all([server, api].map(async one => {
  await new Promise(resolve => one.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${one.address().port}`
}))

const provider = new Provider(issuer, {
  clients: [client],
  jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig', kid: 'signing' }] },
  cookies: { keys: ['a key for the signatures of cookies'] },
  scopes: ['openid', 'profile', 'email', 'offline_access', 'contacts.read'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
  pkce: { required: () => pkce },
  enabledJWA: {
    authorizationSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'],
  },
  ttl: { AccessToken: accessTokenLifetime, Interaction: 600, Session: 3600, Grant: 3600, IdToken: 300, RefreshToken: 3600 },
  // OpenID Connect Core section 11 gives refresh tokens to who asks with prompt=consent; this provider to every client that may.
  issueRefreshToken: async () => client.grant_types.includes('refresh_token'),
  // It would call no address of its own machine, where the portal is (backchannel_logout_uri).
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  // Each works once, and a second use ends the whole grant.
  rotateRefreshToken: () => true,
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
    revocation: { enabled: true },
    ...features,
    dPoP: { ...features.dPoP, nonceSecret: randomBytes(32), requireNonce: () => true },
  },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: 'Ada Lovelace', email: 'ada@example.com' }) }),
})

// Whoever comes is Ada, and allows what is asked.
async function interact(ctx) {
  const { params } = await provider.interactionDetails(ctx.req, ctx.res)
  const grant = new provider.Grant({ accountId: 'ada', clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  ctx.status = 303
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, {
    login: { accountId: 'ada' }, consent: { grantId: await grant.save() },
  }))
}

async function contacts(request, response) {
  const [scheme, value] = request.headers.authorization?.split(' ') ?? []
  const token = value && await provider.AccessToken.find(value)
  const refusal = await refusalOf(request, `${address}/contacts`, token, scheme, value)
  if (refusal) return response.writeHead(401, refusal).end()
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify({ owner: token.accountId, scheme, token: token.jti }))
}

provider.use((ctx, next) => {
  if (ctx.path.startsWith('/interaction/')) return interact(ctx)
  return next()
})
// For whoever looks for the cause of a failed test.
for (const name of ['server_error', 'authorization.error', 'grant.error', 'pushed_authorization_request.error', 'backchannel.error']) {
  provider.on(name, (_, error) => console.log(`${name}: ${error.message}: ${error.error_description ?? error.stack}`))
}
server.on('request', provider.callback())
api.on('request', contacts)
console.log(`listening: ${issuer} ${address}`)
