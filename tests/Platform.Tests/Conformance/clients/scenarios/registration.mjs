// Dynamic registration (RFC 7591) with a single-use initial access token, then a sign-in with the new client.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { callback, configure, issuer, newBrowser, pkce, refusal, setup } from '../lib/setup.mjs'

const administrator = await client.clientCredentialsGrant(await configure('admin-cli'), { scope: 'clients.register' })
const answer = await fetch(`${setup.issuer}/admin/initial-access-tokens`, {
  method: 'POST', headers: { authorization: `Bearer ${administrator.access_token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ profile: 'code-flow-secret' }),
})
assert.equal(answer.status, 201)
const { initial_access_token: initialAccessToken } = await answer.json()
const metadata = {
  client_name: 'A newcomer', redirect_uris: [callback], token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['authorization_code'], response_types: ['code'], scope: 'openid profile',
}

const config = await client.dynamicClientRegistration(issuer, metadata, client.ClientSecretBasic(), { initialAccessToken })
const registered = config.clientMetadata()
assert.ok(registered.client_secret)
assert.ok(registered.registration_access_token)

const { verifier, challenge } = await pkce()
const state = client.randomState()
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: callback, scope: 'openid profile', code_challenge: challenge, code_challenge_method: 'S256', state,
})
const tokens = await client.authorizationCodeGrant(
  config, await newBrowser().authorize(url), { pkceCodeVerifier: verifier, expectedState: state })
assert.ok(tokens.claims().sub)

assert.equal(await refusal(() => client.dynamicClientRegistration(issuer, metadata, undefined, { initialAccessToken })), 'invalid_token')

const gone = await fetch(registered.registration_client_uri, {
  method: 'DELETE', headers: { authorization: `Bearer ${registered.registration_access_token}` },
})
assert.equal(gone.status, 204)
await assert.rejects(client.clientCredentialsGrant(config), { status: 401 })
