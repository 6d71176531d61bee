// FAPI 2.0 with mutual TLS: the certificate authenticates the client and binds its tokens (RFC 8705).
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { callback, configure, newBrowser, pkce, refusal } from '../lib/setup.mjs'

for (const [id, auth] of [['conformance-mtls', client.TlsClientAuth()], ['conformance-mtls-key', undefined]]) {
  const config = await configure(id, { auth, tls: true, metadata: { use_mtls_endpoint_aliases: true } })
  const { verifier, challenge } = await pkce()
  const state = client.randomState()
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: callback, scope: 'openid', code_challenge: challenge, code_challenge_method: 'S256', state,
  })
  const tokens = await client.authorizationCodeGrant(
    config, await newBrowser().authorize(url), { pkceCodeVerifier: verifier, expectedState: state })
  const { sub } = tokens.claims()
  assert.equal(tokens.token_type, 'bearer')
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub)).sub, sub)

  // Without the certificate neither the token nor, for tls_client_auth, the client is worth anything.
  const bare = await fetch(config.serverMetadata().userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } })
  assert.equal(bare.status, 401)
  const without = await configure(id, { auth })
  const refused = await refusal(() => client.clientCredentialsGrant(without, { scope: 'contacts.read' }))
  assert.ok(['invalid_client', 'invalid_request'].includes(refused), refused)
}
