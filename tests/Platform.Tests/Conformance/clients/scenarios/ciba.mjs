// Client-initiated backchannel authentication, poll mode; who may decides in the person's place.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { configure, refusal, setup } from '../lib/setup.mjs'

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
const begin = () => client.initiateBackchannelAuthentication(config, { scope: 'openid', login_hint: setup.person.username, binding_message: 'A-17' })
const poll = request => client.pollBackchannelAuthenticationGrant(config, request, undefined, { DPoP, signal: AbortSignal.timeout(30000) })

const allowed = await begin()
await decide(allowed.auth_req_id, 'allow')
assert.ok((await poll(allowed)).claims().sub)

const denied = await begin()
await decide(denied.auth_req_id, 'deny')
assert.equal(await refusal(() => poll(denied)), 'access_denied')
assert.equal(await refusal(() => client.initiateBackchannelAuthentication(config, { scope: 'openid', login_hint: 'nobody' })), 'unknown_user_id')
