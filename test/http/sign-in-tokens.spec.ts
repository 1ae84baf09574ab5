import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { base64url, generateKeyPair, SignJWT } from 'jose'
import { type MutableResponse, type MutableToken, OAuth2Server } from 'oauth2-mock-server'
import {
  openSignIn,
  buildProviderSettings,
  type SignInStage,
  buildPerson,
} from '../support/oidc-stage.ts'
import { openSignInBrowser } from '../support/oidc-browser.ts'

let stage: SignInStage
const broken = new OAuth2Server()
beforeAll(async () => {
  await broken.issuer.keys.generate('RS256')
  await broken.start(0, '127.0.0.1')
  const settings = {
    issuer: String(broken.issuer.url),
    clientId: 'forecourt',
    clientSecret: 'secret',
  }
  stage = await openSignIn(['HOUSE'], buildProviderSettings('BROKEN', settings))
})
afterAll(async () => {
  await stage.close()
  await broken.stop()
})

/**
 * What somebody verified is told when the token of their sign-in is changed like this; nobody is
 * signed in unless it is 200.
 */
async function tokenChanged(
  change: (token: MutableToken) => void,
  response: (body: MutableResponse['body']) => unknown = () => null,
) {
  const sign = (token: MutableToken) => {
    Object.assign(token.payload, { email: 'johndoe@dealer.example', email_verified: true })
    change(token)
  }
  const answers: Promise<unknown>[] = []
  broken.service.on('beforeTokenSigning', sign)
  broken.service.once(
    'beforeResponse',
    ({ body }: MutableResponse) => void answers.push(Promise.resolve(response(body))),
  )
  const walker = openSignInBrowser(stage.forecourt)
  const { status, text } = await walker.signIn('broken')
  broken.service.off('beforeTokenSigning', sign)
  expect((await walker.loadUser()) === null).toBe(status !== 200)
  return { status, text }
}

/** The address that somebody who was let through by a provider is led back to. */
async function cameBack(provider: string) {
  stage.peer.signInAs(buildPerson())
  const walker = openSignInBrowser(stage.forecourt)
  return { walker, back: await walker.passProvider(await walker.startSignIn(provider)) }
}

const REFUSED = {
  status: 403,
  text: expect.stringContaining('cannot be trusted') as unknown as string,
}
const now = () => Math.floor(Date.now() / 1000)

/** The claims of the token that would have been right. */
const claimsOf = (body: MutableResponse['body']) =>
  JSON.parse(
    Buffer.from(
      String((body as { id_token: string }).id_token).split('.')[1] ?? '',
      'base64url',
    ).toString(),
  ) as object

describe('an id token', () => {
  it('that is right is taken', async () => {
    expect((await tokenChanged(() => undefined)).status).toBe(200)
  })

  it.each<[string, Record<string, unknown>]>([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://accounts.google.com' }],
    ['another audience', { aud: 'another' }],
    ['two audiences and another party', { aud: ['forecourt', 'another'], azp: 'another' }],
    ['a time that is over', { iat: now() - 900, exp: now() - 300 }],
    ['an end a minute ago', { iat: now() - 900, exp: now() - 60 }],
    ['no end', { exp: undefined }],
    ['a beginning that is to come', { nbf: now() + 600 }],
    ['no subject', { sub: undefined }],
  ])('with %s is refused', async (_what, claims) => {
    expect(await tokenChanged(({ payload }) => Object.assign(payload, claims))).toMatchObject(
      REFUSED,
    )
  })

  it('whose end was a moment ago is taken: clocks differ', async () => {
    const late = ({ payload }: MutableToken) =>
      Object.assign(payload, { iat: now() - 900, exp: now() - 5 })
    expect((await tokenChanged(late)).status).toBe(200)
  })

  it('without a signature (alg none) is refused', async () => {
    const unsigned = (body: MutableResponse['body']) => {
      const parts = [{ alg: 'none', typ: 'JWT' }, claimsOf(body)].map((part) =>
        base64url.encode(JSON.stringify(part)),
      )
      return Object.assign(body as object, { id_token: `${parts.join('.')}.` })
    }
    expect(await tokenChanged(() => undefined, unsigned)).toMatchObject(REFUSED)
  })

  it('signed by the public key as if it were a secret (HS256) is refused', async () => {
    const [jwk] = broken.issuer.keys.toJSON()
    const pem = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    })
    const header = base64url.encode(JSON.stringify({ alg: 'HS256', kid: jwk?.kid }))
    const confused = (body: MutableResponse['body']) => {
      const signed = `${header}.${base64url.encode(JSON.stringify(claimsOf(body)))}`
      return Object.assign(body as object, {
        id_token: `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`,
      })
    }
    expect(await tokenChanged(() => undefined, confused)).toMatchObject(REFUSED)
  })

  it('signed by a key that is not the provider’s is refused', async () => {
    const [jwk] = broken.issuer.keys.toJSON()
    const { privateKey } = await generateKeyPair('RS256')
    const payload = { email: 'johndoe@dealer.example', email_verified: true }
    const forged = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: String(jwk?.kid) })
      .sign(privateKey)
    const signature = forged.split('.')[2]
    const resigned = (body: MutableResponse['body']) => {
      const [head, claims] = (body as { id_token: string }).id_token.split('.')
      return Object.assign(body as object, { id_token: `${head}.${claims}.${signature}` })
    }
    expect(await tokenChanged(() => undefined, resigned)).toMatchObject(REFUSED)
  })

  it('that is not there is refused', async () => {
    const without = (body: MutableResponse['body']) =>
      Object.assign(body as object, { id_token: undefined })
    expect(await tokenChanged(() => undefined, without)).toMatchObject(REFUSED)
  })
})

describe('a code', () => {
  it.each([
    ['house', 'broken'],
    ['broken', 'house'],
  ])('for %s that %s gave is refused', async (here, there) => {
    const [mine, other] = [await cameBack(here), await cameBack(there)]
    mine.back.searchParams.set('code', String(other.back.searchParams.get('code')))
    expect(await mine.walker.followCallback(mine.back)).toMatchObject(REFUSED)
    expect(await mine.walker.loadUser()).toBeNull()
  })
})
