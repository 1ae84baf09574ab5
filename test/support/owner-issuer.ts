import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose'

type Signing = { kid: string; alg: 'RS256' | 'ES256'; privateKey: CryptoKey; jwk: JWK }

/** What a token says that is not as usual; `null` leaves a claim out. */
export type TokenOptions = {
  claims?: Record<string, unknown>
  key?: Signing | undefined
  lifetime?: number
}

/** What an issuer was asked, by path. */
type RequestCounts = { jwks: number; userinfo: number; discovery: number }

export const AUDIENCE = 'https://forecourt.example/api'

/**
 * An identity provider on loopback, as owners' tokens come from: discovery, keys and userinfo. Its
 * keys and its answers are the test's.
 */
export class OwnerIssuer {
  readonly requestCounts: RequestCounts = { jwks: 0, userinfo: 0, discovery: 0 }
  /** What the userinfo endpoint says beside the subject of the token. */
  userinfo: Record<string, unknown> = {}
  /** What discovery says otherwise than it is. */
  discovery: Record<string, unknown> = {}
  keys: Signing[] = []
  #server: Server | undefined
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`
  }

  async start(): Promise<this> {
    if (this.keys.length === 0) this.keys = [await makeKey('RS256', 'first')]
    const server = createServer((req, res) => {
      const answer = this.#answer(req.url ?? '', req.headers.authorization)
      res
        .writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer ?? {}))
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    return this
  }

  /** Goes away, and comes back to the same port with `start`. */
  async stop(): Promise<void> {
    const server = this.#server
    if (!server) return
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    this.#server = undefined
  }

  /** An access token for a subject, in force for an hour, unless it is to be unusual. */
  async token(
    subject: string,
    { claims = {}, key, lifetime = 3600 }: TokenOptions = {},
  ): Promise<string> {
    const signing = key ?? this.keys[0]
    if (!signing) throw new Error('The issuer has no key.')
    const now = Math.floor(Date.now() / 1000)
    const usual = { iss: this.url, aud: AUDIENCE, sub: subject, iat: now, exp: now + lifetime }
    const all: Record<string, unknown> = { ...usual, ...claims }
    const payload: JWTPayload = Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== null),
    )
    return new SignJWT(payload)
      .setProtectedHeader({ alg: signing.alg, kid: signing.kid })
      .sign(signing.privateKey)
  }

  #answer(path: string, authorization = ''): object | null {
    if (path === '/.well-known/openid-configuration') {
      this.requestCounts.discovery += 1
      return {
        issuer: this.url,
        jwks_uri: `${this.url}keys`,
        userinfo_endpoint: `${this.url}userinfo`,
        ...this.discovery,
      }
    }
    if (path === '/keys') {
      this.requestCounts.jwks += 1
      return { keys: this.keys.map(({ jwk, kid, alg }) => ({ ...jwk, kid, alg, use: 'sig' })) }
    }
    if (path !== '/userinfo') return null
    this.requestCounts.userinfo += 1
    const body = authorization.split('.')[1] ?? ''
    const { sub } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sub: string }
    return { sub, ...this.userinfo }
  }
}

/** A key pair, as an issuer signs with. */
export async function makeKey(alg: 'RS256' | 'ES256', kid: string): Promise<Signing> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: await exportJWK(publicKey) }
}
