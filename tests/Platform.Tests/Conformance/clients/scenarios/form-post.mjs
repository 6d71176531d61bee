// The response as a form that the browser posts, and client_secret_post.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { callback, configure, newBrowser, pkce, setup } from '../lib/setup.mjs'

const id = 'conformance-post'
const config = await configure(id, { auth: client.ClientSecretPost(setup.clients[id].secret) })
const { verifier, challenge } = await pkce()
const state = client.randomState()
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: callback, scope: 'openid', response_mode: 'form_post', code_challenge: challenge, code_challenge_method: 'S256', state,
})

const arrived = await newBrowser().authorize(url)
assert.equal(arrived.method, 'POST')
const tokens = await client.authorizationCodeGrant(config, arrived, { pkceCodeVerifier: verifier, expectedState: state })
assert.ok(tokens.claims().sub)

const denied = await newBrowser().authorize(
  client.buildAuthorizationUrl(config, {
    redirect_uri: callback, scope: 'openid', prompt: 'consent', code_challenge: challenge, code_challenge_method: 'S256', state,
  }), 'deny')
assert.equal(denied.searchParams.get('error'), 'access_denied')
assert.equal(denied.searchParams.get('iss'), setup.issuer)
