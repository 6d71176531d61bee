// FAPI 2.0 once more, step by step: every response goes through the library's own validation, server nonces included.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { callback, issuer, newBrowser, privateKey } from '../lib/setup.mjs'

const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
const mixed = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2' }))
assert.equal(mixed.token_endpoint, as.token_endpoint)

const registered = { client_id: 'conformance-fapi', require_auth_time: true }
const authentication = oauth.PrivateKeyJwt(await privateKey(registered.client_id))
const DPoP = oauth.DPoP(registered, await oauth.generateKeyPair('ES256'))
const verifier = oauth.generateRandomCodeVerifier()
const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]

// RFC 9449 section 8: a request that is refused for want of a nonce is made once more with the nonce.
const withNonce = async attempt => {
  try {
    return await attempt()
  } catch (refused) {
    if (!oauth.isDPoPNonceError(refused)) throw refused
    return attempt()
  }
}

const pushed = await withNonce(async () => oauth.processPushedAuthorizationResponse(as, registered,
  await oauth.pushedAuthorizationRequest(as, registered, authentication, {
    client_id: registered.client_id, response_type: 'code', redirect_uri: callback, scope: 'openid', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', max_age: '3600',
  }, { DPoP })))

const url = new URL(as.authorization_endpoint)
url.searchParams.set('client_id', registered.client_id)
url.searchParams.set('request_uri', pushed.request_uri)
const answered = oauth.validateAuthResponse(as, registered, await newBrowser().authorize(url), state)

let response
const tokens = await withNonce(async () => oauth.processAuthorizationCodeResponse(as, registered,
  response = await oauth.authorizationCodeGrantRequest(as, registered, authentication, answered, callback, verifier, { DPoP }),
  { expectedNonce: nonce, maxAge: 3600, requireIdToken: true }))
await oauth.validateApplicationLevelSignature(as, response)
const { sub } = oauth.getValidatedIdTokenClaims(tokens)

const person = await withNonce(async () => oauth.processUserInfoResponse(as, registered, sub,
  await oauth.userInfoRequest(as, registered, tokens.access_token, { DPoP })))
assert.equal(person.sub, sub)
