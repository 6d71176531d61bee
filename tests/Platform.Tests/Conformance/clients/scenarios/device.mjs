// Device authorization grant (RFC 8628): the person types the code on another device.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { configure, newBrowser, refusal } from '../lib/setup.mjs'

const config = await configure('conformance-device')
const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile' })
assert.match(device.user_code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
const once = () => client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:device_code', { device_code: device.device_code })
assert.equal(await refusal(once), 'authorization_pending')

const browser = newBrowser()
let page = await browser.open(device.verification_uri_complete)
for (let step = 0; step < 4 && page.text.includes('<form'); step++) page = await browser.submit(page)

const tokens = await client.pollDeviceAuthorizationGrant(config, device, undefined, { signal: AbortSignal.timeout(30000) })
assert.ok(tokens.claims().sub)
assert.equal(await refusal(once), 'invalid_grant')
