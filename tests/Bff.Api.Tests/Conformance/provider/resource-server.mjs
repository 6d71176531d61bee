// What a resource server asks for besides a token that is valid (RFC 9449 section 7.1).
import { createHash } from 'node:crypto'
import * as jose from 'jose'

export async function isShownRightly(ctx, token, value) {
  if (!token.jkt) return true

  const { payload, protectedHeader } = await jose.jwtVerify(ctx.get('dpop'), jose.EmbeddedJWK, { typ: 'dpop+jwt' })
  return payload.htm === ctx.method &&
    payload.htu === ctx.href.split('?')[0] &&
    payload.ath === createHash('sha256').update(value).digest('base64url') &&
    await jose.calculateJwkThumbprint(protectedHeader.jwk) === token.jkt
}
