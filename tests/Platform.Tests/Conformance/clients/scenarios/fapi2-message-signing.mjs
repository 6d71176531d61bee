// FAPI 2.0 Message Signing: a signed, pushed request, and a signed response (JARM).
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { callback, configure, newBrowser, pkce, privateKey, refusal } from '../lib/setup.mjs'

const id = 'conformance-signing'
const config = await configure(id, { metadata: { authorization_signed_response_alg: 'ES256' } })
client.useJwtResponseMode(config)
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
const { verifier, challenge } = await pkce()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const parameters = {
  redirect_uri: callback, scope: 'openid', code_challenge: challenge, code_challenge_method: 'S256', state, nonce,
}

const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, await privateKey(id))
const url = await client.buildAuthorizationUrlWithPAR(config, signed.searchParams, { DPoP })
const arrived = await newBrowser().authorize(url)
assert.ok(arrived.searchParams.get('response'))
assert.equal(arrived.searchParams.get('code'), null)

const tokens = await client.authorizationCodeGrant(config, arrived,
  { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }, undefined, { DPoP })
assert.ok(tokens.claims().sub)

assert.equal(await refusal(() => client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })), 'invalid_request')
