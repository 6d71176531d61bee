// OpenID Connect code flow of a confidential client: every endpoint that it meets, and the refusals on its way.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { callback, configure, newBrowser, pkce, refusal } from '../lib/setup.mjs'

const config = await configure('conformance-basic')
client.enableNonRepudiationChecks(config)
const { verifier, challenge } = await pkce()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: callback, scope: 'openid profile email offline_access', prompt: 'consent',
  code_challenge: challenge, code_challenge_method: 'S256', state, nonce,
})

const arrived = await newBrowser().authorize(url)
const tokens = await client.authorizationCodeGrant(config, arrived, {
  pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
})
const { sub } = tokens.claims()
assert.equal(tokens.token_type, 'bearer')

const person = await client.fetchUserInfo(config, tokens.access_token, sub)
assert.equal(person.name, 'Ada Lovelace')
assert.equal(person.email, 'ada@example.com')

// RFC 6749 section 6, RFC 9700 section 4.14: rotation, and reuse ends the family.
const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token)
assert.notEqual(refreshed.refresh_token, tokens.refresh_token)
assert.equal((await client.fetchUserInfo(config, refreshed.access_token, sub)).sub, sub)
assert.equal(await refusal(() => client.refreshTokenGrant(config, tokens.refresh_token)), 'invalid_grant')
assert.equal(await refusal(() => client.refreshTokenGrant(config, refreshed.refresh_token)), 'invalid_grant')

// RFC 6749 section 4.1.2: a code is used once.
assert.equal(await refusal(() => client.authorizationCodeGrant(config, arrived, {
  pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce,
})), 'invalid_grant')
