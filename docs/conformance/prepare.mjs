// Makes what the OpenID Foundation's conformance suite needs to test the authorization server: the server's configuration
// with fresh clients, keys and certificates, and one file for each test plan. README.md beside it says how to use them.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const usage = `usage: node docs/conformance/prepare.mjs FOLDER [OPTIONS]

  --issuer URL      the authorization server        (default: https://localhost:7101)
  --mtls URL        its listener for certificates   (default: https://localhost:7102)
  --resource URL    an API to call with the tokens  (default: the issuer's /userinfo)
  --suite URL       the suite                       (default: https://localhost.emobix.co.uk:8443)
  --suite-mtls URL  its listener for certificates   (default: https://localhost.emobix.co.uk:8444)
  --suite-ca FILE   a PEM file of who vouches for the suite's certificate
  --alias NAME      of the test plans               (default: platform)
  --config FOLDER   the configuration to begin with (default: IdP.Server/config)

Writes FOLDER/config (clients.yaml and its neighbours), FOLDER/server.env and FOLDER/plans/*.json.`

const text = { type: 'string' }
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    issuer: { ...text, default: 'https://localhost:7101' },
    mtls: { ...text, default: 'https://localhost:7102' },
    resource: text,
    suite: { ...text, default: 'https://localhost.emobix.co.uk:8443' },
    'suite-mtls': { ...text, default: 'https://localhost.emobix.co.uk:8444' },
    'suite-ca': text,
    alias: { ...text, default: 'platform' },
    config: text,
  },
})
if (options.help || positionals.length !== 1) {
  console.log(usage)
  process.exit(options.help ? 0 : 2)
}

const here = dirname(fileURLToPath(import.meta.url))
const folder = resolve(positionals[0])
const { issuer, alias } = options
const resource = options.resource ?? `${issuer}/userinfo`
const base = `${options.suite}/test/a/${alias}`
const callbacks = [`${base}/callback`, `${base}/callback?dummy1=lorem&dummy2=ipsum`]
const person = { username: 'ada', password: 'analytical-engine' }
const secret = () => randomBytes(32).toString('hex')

// --- keys and certificates --------------------------------------------------------------------

function newKey(alg) {
  const { privateKey } = alg === 'PS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomBytes(8).toString('hex') }
}

const publicPart = ({ kty, crv, x, y, n, e, alg, use, kid }) => ({ kty, crv, x, y, n, e, alg, use, kid })

// The suite and this server's listener speak RSA everywhere.
function newCertificate(name, authority) {
  const at = extension => join(folder, `${name}.${extension}`)
  const made = (...rest) => execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30',
    '-keyout', at('key'), '-out', at('crt'), '-subj', `/CN=${name}`, ...rest], { stdio: ['ignore', 'ignore', 'pipe'] })
  if (authority) {
    made('-CA', join(folder, `${authority}.crt`), '-CAkey', join(folder, `${authority}.key`),
      '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=clientAuth')
  } else {
    made('-addext', 'keyUsage=critical,keyCertSign')
  }
  return { cert: readFileSync(at('crt'), 'utf8'), key: readFileSync(at('key'), 'utf8') }
}

// --- the clients, as clients.yaml and as the plans have them ----------------------------------

rmSync(folder, { recursive: true, force: true })
mkdirSync(join(folder, 'plans'), { recursive: true })
newCertificate('conformance-authority')
const certificates = [1, 2].map(number => newCertificate(`conformance-mtls-${number}`, 'conformance-authority'))

const registered = []
function register(client_id, metadata) {
  registered.push({ client_id, client_name: `Conformance ${client_id}`, ...metadata })
  return client_id
}

function relyingParty(client_id, more = {}) {
  const client_secret = secret()
  register(client_id, {
    token_endpoint_auth_method: 'client_secret_basic', client_secret, require_pkce: false,
    grant_types: ['authorization_code', 'refresh_token'], redirect_uris: callbacks,
    post_logout_redirect_uris: [`${base}/post_logout_redirect`], id_token_signed_response_alg: 'RS256',
    scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'], ...more,
  })
  return { client_id, client_secret }
}

// Two clients of each kind; the second one has the redirect URI with a query alone in some modules.
function fapi(kind, { alg = 'PS256', method = 'private_key_jwt', ...more } = {}) {
  return [1, 2].map(number => {
    const key = newKey(alg)
    const client_id = register(`${kind}-${number}`, {
      token_endpoint_auth_method: method, jwks: { keys: [publicPart(key)] },
      ...(method === 'tls_client_auth' && { tls_client_auth_subject_dn: `CN=conformance-mtls-${number}` }),
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'], redirect_uris: callbacks,
      scopes: ['openid', 'profile', 'offline_access', 'contacts.read'], authorization_details_types: ['conformance'], ...more,
    })
    return {
      client_id, scope: 'openid contacts.read', jwks: { keys: [key] }, dpop_signing_alg: 'ES256',
    }
  })
}

const mtlsBound = { tls_client_certificate_bound_access_tokens: true }

function ciba(mode) {
  return [1, 2].map(number => {
    const key = newKey('PS256')
    const client_id = register(`ciba-${mode}-${number}`, {
      token_endpoint_auth_method: 'private_key_jwt', profile: 'baseline', client_assertion_audience: 'endpoint',
      jwks: { keys: [publicPart(key)] }, ...mtlsBound, backchannel_authentication_request_signing_alg: 'PS256',
      grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'], backchannel_token_delivery_mode: mode,
      ...(mode === 'ping' && { backchannel_client_notification_endpoint: `${base}/ciba-notification-endpoint` }),
      scopes: ['openid', 'contacts.read', 'offline_access'],
    })
    return {
      client_id, scope: 'openid contacts.read', jwks: { keys: [key] }, hint_type: 'login_hint', hint_value: person.username,
      ...(number === 2 && { acr_value: 'urn:platform:acr:password' }),
    }
  })
}

// --- what the suite's browser does on the pages -----------------------------------------------

const login = {
  task: 'Sign in', optional: true, match: `${issuer}/*`, commands: [
    ['text', 'id', 'username', person.username], ['text', 'id', 'password', person.password], ['click', 'id', 'login'],
  ],
}
const consent = { task: 'Allow', optional: true, match: `${issuer}/*`, commands: [['click', 'id', 'allow']] }
const complete = {
  task: 'Verify complete', match: '*/test/*/callback*', commands: [['wait', 'id', 'submission_complete', 10]],
}
const browser = [
  { match: `${issuer}/authorize*`, tasks: [login, consent, complete] },
  {
    match: `${issuer}/end_session*`, tasks: [
      { task: 'Sign out', optional: true, match: `${issuer}/*`, commands: [['click', 'id', 'logout']] },
      { task: 'Go on', optional: true, match: `${issuer}/*`, commands: [['click', 'id', 'continue']] },
      { task: 'Verify complete', match: '*/test/*/post_logout_redirect*' },
    ],
  },
]

// --- the files ---------------------------------------------------------------------------------

const automation = secret()
const administrator = secret()
register('admin-cli', {
  token_endpoint_auth_method: 'client_secret_basic', client_secret: administrator, grant_types: ['client_credentials'],
  scopes: ['sessions.revoke', 'clients.register', 'keys.rotate'],
})
const server = { discoveryUrl: `${issuer}/.well-known/openid-configuration` }
function plan(name, content) {
  writeFileSync(join(folder, 'plans', `${name}.json`), JSON.stringify({
    alias, description: `Platform, ${name}`, server, browser, ...content,
  }, null, 2))
}
function clientPlan(name, [client, client2], content = {}) {
  plan(name, { client, client2, resource: { resourceUrl: resource }, mtls: certificates[0], mtls2: certificates[1], ...content })
}

const logout = { backchannel_logout_uri: `${base}/backchannel_logout`, backchannel_logout_session_required: true }
const frontchannel = { frontchannel_logout_uri: `${base}/frontchannel_logout`, frontchannel_logout_session_required: true }
const post = relyingParty('oidcc-post', { token_endpoint_auth_method: 'client_secret_post' })
plan('oidcc-static', {
  client: relyingParty('oidcc-1'), client2: relyingParty('oidcc-2'), client_secret_post: post,
})
plan('oidcc-backchannel', { client: relyingParty('oidcc-backchannel', logout) })
plan('oidcc-frontchannel', { client: relyingParty('oidcc-frontchannel', frontchannel) })
plan('oidcc-dynamic', { client: { client_name: 'Conformance 1' }, client2: { client_name: 'Conformance 2' } })
clientPlan('fapi2-dpop', fapi('fapi2-dpop', { alg: 'ES256', dpop_bound_access_tokens: true }))
clientPlan('fapi2-mtls-bound', fapi('fapi2-mtls-bound', mtlsBound))
clientPlan('fapi2-mtls', fapi('fapi2-mtls', { method: 'tls_client_auth', ...mtlsBound }))
clientPlan('fapi2-message-signing', fapi('fapi2-signing', { profile: 'fapi2_message_signing', dpop_bound_access_tokens: true }))
const approval = `${issuer}/admin/ciba/automated-decisions?key=${automation}&auth_req_id={auth_req_id}&action={action}`
for (const mode of ['poll', 'ping']) {
  clientPlan(`fapi-ciba-${mode}`, ciba(mode), { automated_ciba_approval_url: approval })
}

// YAML has JSON inside.
cpSync(options.config ?? join(here, '../../IdP.Server/config'), join(folder, 'config'), { recursive: true })
for (const file of ['dcr_config.yaml', 'authorization_details.yaml']) {
  cpSync(join(here, file), join(folder, 'config', file))
}
writeFileSync(join(folder, 'config', 'clients.yaml'),
  `clients:\n${registered.map(client => `  - ${JSON.stringify(client)}\n`).join('')}`)
const settings = {
  Idp__Issuer: issuer,
  Idp__ConfigFolder: join(folder, 'config'),
  Idp__Registration__Open: true,
  Idp__Mtls__Enabled: true,
  Idp__Mtls__Url: `https://*:${new URL(options.mtls).port}`,
  Idp__Mtls__CaFile: join(folder, 'conformance-authority.crt'),
  Idp__Ciba__AutomationKey: automation,
  ADMIN_CLIENT_SECRET: administrator,
  Idp__Outbound__AllowedHosts__0: new URL(options.suite).host,
  Idp__Outbound__AllowedHosts__1: new URL(options['suite-mtls']).host,
  ...(options['suite-ca'] && { Idp__Outbound__CaFile: resolve(options['suite-ca']) }),
}
writeFileSync(join(folder, 'server.env'), Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join(''))
console.log(`${folder}: ${registered.length} clients in config/, settings in server.env, plans in plans/.`)
