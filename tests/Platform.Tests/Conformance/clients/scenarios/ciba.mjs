// Client-initiated backchannel authentication, poll mode; who may decides in the person's place.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import * as jose from 'jose'
import { configure, privateKey, refusal, setup } from '../lib/setup.mjs'

const config = await configure('conformance-ciba')
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
const administrator = await client.clientCredentialsGrant(await configure('conformance-approver'), { scope: 'ciba.decide' })
const decide = async (auth_req_id, decision) => {
  const answer = await fetch(`${setup.issuer}/admin/ciba/decisions`, {
    method: 'POST', headers: { authorization: `Bearer ${administrator.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ auth_req_id, decision }),
  })
  assert.ok(answer.ok, `the decision was answered ${answer.status}`)
}

// FAPI-CIBA section 5.2.2: the request is signed.
const { key, kid } = await privateKey('conformance-ciba')
const begin = async login_hint => client.initiateBackchannelAuthentication(config, {
  request: await new jose.SignJWT({ scope: 'openid', login_hint, binding_message: 'A-17' })
    .setProtectedHeader({ alg: setup.clients['conformance-ciba'].alg, kid })
    .setIssuer('conformance-ciba').setAudience(setup.issuer).setJti(crypto.randomUUID())
    .setIssuedAt().setNotBefore('0s').setExpirationTime('60s').sign(key),
})

const poll = request => client.pollBackchannelAuthenticationGrant(config, request, undefined, { DPoP, signal: AbortSignal.timeout(30000) })

const allowed = await begin(setup.person.username)
await decide(allowed.auth_req_id, 'allow')
assert.ok((await poll(allowed)).claims().sub)

const denied = await begin(setup.person.username)
await decide(denied.auth_req_id, 'deny')
assert.equal(await refusal(() => poll(denied)), 'access_denied')
assert.equal(await refusal(() => begin('nobody')), 'unknown_user_id')
