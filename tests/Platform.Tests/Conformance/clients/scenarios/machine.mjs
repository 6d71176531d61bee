// Client credentials of a FAPI client, introspection as JSON and as JWT, revocation.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import * as jose from 'jose'
import { configure, issuer, refusal } from '../lib/setup.mjs'

const config = await configure('conformance-fapi')
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
const tokens = await client.clientCredentialsGrant(config, { scope: 'contacts.read' }, { DPoP })
assert.equal(tokens.token_type, 'dpop')
assert.equal(tokens.refresh_token, undefined)
assert.equal(await refusal(() => client.clientCredentialsGrant(config, { scope: 'openid' }, { DPoP })), 'invalid_scope')
assert.equal(await refusal(() => client.clientCredentialsGrant(config, { scope: 'contacts.read' })), 'invalid_request')

const seen = await client.tokenIntrospection(config, tokens.access_token)
assert.equal(seen.active, true)
assert.equal(seen.client_id, 'conformance-fapi')
assert.ok(seen.cnf.jkt)

await client.tokenRevocation(config, tokens.access_token)
assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false })
await client.tokenRevocation(config, 'what was never issued')

const resourceServer = await configure('conformance-basic')
const answer = await fetch(resourceServer.serverMetadata().introspection_endpoint, {
  method: 'POST', body: new URLSearchParams({ token: tokens.access_token }),
})
assert.equal(answer.status, 401)
const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri))
const { payload } = await jose.jwtVerify(tokens.access_token, keys, { issuer: issuer.href.replace(/\/$/, ''), typ: 'at+jwt' })
assert.equal(payload.sub, 'conformance-fapi')
