import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { type Configuration, interactionPolicy, Provider } from 'oidc-provider'

/** Somebody as the provider knows them. */
export type Person = {
  sub: string
  email?: string
  email_verified?: boolean
  hd?: string
  name?: string
  picture?: string
}

/**
 * A real OpenID Connect provider on loopback. Whoever comes is who `arrives` said last, signed in
 * without a question unless it `asks`.
 */
export type OidcPeer = {
  issuer: string
  clientId: string
  clientSecret: string
  signInAs: (person: Person) => void
  /** Takes no connections any more, until it starts again. */
  stop: () => Promise<void>
  start: () => Promise<void>
  /** Signs with new keys from now on, and names no others. */
  rotate: () => Promise<void>
  /** Names new keys alone, and goes on to sign with the old ones. */
  withholdKeys: () => Promise<void>
  /** Answers 503 to requests for its keys, until they rotate. */
  hideKeys: () => void
  /** How often its keys were asked for. */
  requestCounts: { keys: number }
}

type PeerOptions = { showsForm?: boolean }

/** Opens a provider that leads back to these addresses alone. */
export async function openOidcPeer(
  callbacks: string[],
  { showsForm = false }: PeerOptions = {},
): Promise<OidcPeer> {
  const people = new Map<string, Person>()
  let next = ''
  const requestCounts = { keys: 0 }
  let handle: RequestListener = (_req, res) => res.writeHead(503).end()
  let server: Server | null = null
  let port = 0
  const start = async () => {
    server = createServer((req, res) => handle(req, res)).listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const stop = async () => {
    const stopped = server
    server = null
    if (!stopped) return
    stopped.closeAllConnections()
    stopped.close()
    await once(stopped, 'close')
  }
  await start()
  const issuer = `http://127.0.0.1:${port}`
  const client = {
    clientId: 'forecourt',
    clientSecret: 'a secret between Forecourt and its provider',
  }
  const withNewKeys = async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const keys = [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }]
    return new Provider(issuer, {
      ...buildConfiguration(client, callbacks, people),
      jwks: { keys },
    })
  }
  let provider = await withNewKeys()
  let signs = provider.callback()
  let names: typeof signs | null = signs
  const signIn = async (req: IncomingMessage, res: ServerResponse) => {
    if (showsForm && req.method === 'GET')
      return void res.setHeader('content-type', 'text/html').end(FORM)
    const result = { login: { accountId: next }, select_account: {} }
    return provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
  }
  handle = (req, res) => {
    if (req.url === '/jwks') {
      requestCounts.keys += 1
      return names ? void names(req, res) : void res.writeHead(503).end()
    }
    if (!req.url?.startsWith('/interaction/')) return void signs(req, res)
    signIn(req, res).catch((error: Error) => res.writeHead(500).end(error.message))
  }
  const signInAs = (person: Person) => {
    people.set(person.sub, person)
    next = person.sub
  }
  const rotate = async () => {
    provider = await withNewKeys()
    signs = names = provider.callback()
  }
  const withholdKeys = async () => void (names = (await withNewKeys()).callback())
  const hideKeys = () => void (names = null)
  return { issuer, ...client, signInAs, stop, start, rotate, withholdKeys, hideKeys, requestCounts }
}

const FORM = `<!doctype html><title>The provider</title><h1>The provider</h1>
<form method="post"><button>Sign in as the person of this test</button></form>`

function buildConfiguration(
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  callbacks: string[],
  people: ReadonlyMap<string, Person>,
): Configuration {
  const policy = interactionPolicy.base()
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }))
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: callbacks,
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified', 'hd'],
      profile: ['name', 'picture'],
    },
    cookies: { keys: ['a key of the peer'] },
    features: { devInteractions: { enabled: false } },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ ...people.get(sub), sub }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId ?? '' })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}
