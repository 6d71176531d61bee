// FAPI 2.0 Security Profile: pushed request, private_key_jwt, PKCE, iss, and tokens that are bound to a DPoP key.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { callback, configure, newBrowser, pkce, refusal } from '../lib/setup.mjs'

const config = await configure('conformance-fapi')
client.enableNonRepudiationChecks(config)
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
const { verifier, challenge } = await pkce()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const parameters = {
  redirect_uri: callback, scope: 'openid offline_access', prompt: 'consent',
  code_challenge: challenge, code_challenge_method: 'S256', state, nonce,
}
const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }

const url = await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
assert.ok(url.searchParams.get('request_uri').startsWith('urn:ietf:params:oauth:request_uri:'))
const arrived = await newBrowser().authorize(url)

// RFC 9449 section 10: the code belongs to the key of the pushed request.
const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
const stolen = await newBrowser().authorize(await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP }))
assert.equal(await refusal(() => client.authorizationCodeGrant(config, stolen, checks, undefined, { DPoP: other })), 'invalid_grant')

const tokens = await client.authorizationCodeGrant(config, arrived, checks, undefined, { DPoP })
assert.equal(tokens.token_type, 'dpop')
const { sub } = tokens.claims()
assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).sub, sub)

// Without the proof the token is worth nothing.
const bare = await fetch(config.serverMetadata().userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } })
assert.equal(bare.status, 401)

// FAPI 2.0 section 5.3.2.1: no rotation, and the refreshed token is bound as well.
const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
assert.ok(refreshed.refresh_token === undefined || refreshed.refresh_token === tokens.refresh_token)
assert.equal((await client.fetchUserInfo(config, refreshed.access_token, sub, { DPoP })).sub, sub)

// A request that was not pushed, and tokens without a proof, are refused.
const plain = await newBrowser().open(client.buildAuthorizationUrl(config, parameters))
assert.equal(plain.arrived.searchParams.get('error'), 'invalid_request')
const again = await newBrowser().authorize(await client.buildAuthorizationUrlWithPAR(config, parameters))
assert.equal(await refusal(() => client.authorizationCodeGrant(config, again, checks)), 'invalid_request')
