import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ConnectionOptions, type PeerCertificate, TLSSocket } from 'node:tls'
import { Client, FTPError } from 'basic-ftp'
import { withTimeLimit } from '../../../src/egress/time-limit.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import { isSameCertificate } from '../domain/fingerprints.ts'
import {
  type FeedChannel,
  type FeedServer,
  type FeedUpload,
  isLeftover,
  STALL_MS,
} from './feed-channel.ts'
import { explainFailure, formatServer, type Stage } from './server-failure.ts'

/** How the connections are secured: not at all, after a command, or from the first byte. */
export type FtpSecurity = 'none' | 'explicit' | 'implicit'

type FtpOptions = {
  security: FtpSecurity
  /** The feed, by which leftovers of earlier transfers are recognized. */
  feed: string
  stallMs?: number
}

/** A session at a server: its client, what it is doing, and the last reply of the server. */
type Session = {
  client: Client
  stage: Stage
  lastReply: string
}

/**
 * Delivers by FTP, or FTP with TLS. Data connections go only to the host of the control connection,
 * reuse its TLS session, and accept only its certificate.
 */
export function createFtpChannel({ security, feed, stallMs = STALL_MS }: FtpOptions): FeedChannel {
  const run = <Value>(
    server: FeedServer,
    signal: AbortSignal,
    work: (session: Session) => Promise<Value>,
  ) => withSession({ server, security, stallMs, signal }, work)
  return {
    upload: (server, upload, signal) =>
      run(server, signal, async (session) => {
        await removeLeftovers(session.client, feed)
        await sendFile(session, upload).catch(async (error: unknown) => {
          const reply = await findReply(session, error)
          if (!signal.aborted) await removeAfterFailure(session, server, upload, run)
          throw explainFailure(server, session.stage, reply, error)
        })
      }),
    test: (server, signal) =>
      run(server, signal, async ({ client }) => {
        const files = (await client.list()).filter(({ isFile }) => isFile).length
        return { files, fingerprint: findCertificate(client)?.fingerprint256 ?? null }
      }),
  }
}

type SessionOptions = {
  server: FeedServer
  security: FtpSecurity
  stallMs: number
  signal: AbortSignal
}

/** Runs `work` in the folder of a server, signed in. */
async function withSession<Value>(
  options: SessionOptions,
  work: (session: Session) => Promise<Value>,
): Promise<Value> {
  const { server, signal, stallMs } = options
  signal.throwIfAborted()
  const session: Session = { client: new Client(stallMs), stage: 'connect', lastReply: '' }
  const { client } = session
  client.ftp.log = (line) => {
    if (line.startsWith('< ')) session.lastReply = line.slice(2)
  }
  keepControlConnection(client)
  const close = () => client.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    await openSession(session, options)
    return await work(session)
  } catch (error) {
    signal.throwIfAborted()
    throw explainFailure(server, session.stage, await findReply(session, error), error)
  } finally {
    signal.removeEventListener('abort', close)
    client.close()
  }
}

async function openSession(session: Session, options: SessionOptions): Promise<void> {
  const { client } = session
  const { server } = options
  await connect(client, options)
  session.stage = 'sign-in'
  session.lastReply = ''
  await client.login(server.user, server.password ?? '')
  await client.useDefaultSettings()
  session.stage = 'folder'
  if (server.folder !== '') await client.cd(server.folder)
  session.stage = 'transfer'
}

/**
 * Connects, and refuses a certificate that is neither the pinned one nor, without a pin, trusted by
 * this machine, before anything secret is sent.
 */
async function connect(client: Client, { server, security, stallMs }: SessionOptions) {
  if (security === 'none') return client.connect(server.address, server.port)
  const probe = () => probeCertificate(server, security, stallMs)
  const trusted = server.pin === null ? {} : acceptOnly(await findPinned(server, probe))
  try {
    await connectSecurely(client, server, security, { rejectUnauthorized: true, ...trusted })
  } catch (error) {
    const found = server.pin === null ? await probe().catch(() => null) : null
    throw found?.problem ? explainUntrusted(server, found) : error
  }
}

async function connectSecurely(
  client: Client,
  { address, host, port }: FeedServer,
  security: FtpSecurity,
  options: ConnectionOptions,
): Promise<void> {
  const name = isIP(host) === 0 ? { servername: host } : {}
  const tls: ConnectionOptions = { host: address, ...name, ...options }
  if (security === 'implicit') await client.connectImplicitTLS(address, port, tls)
  else await client.connect(address, port)
  if (security === 'explicit') await client.useTLS(tls)
}

/** The certificate of a server, and why this machine does not trust it; null if it does. */
type FoundCertificate = { certificate: PeerCertificate; problem: string | null }

/** Looks at the certificate of a server on a connection of its own, without signing in. */
async function probeCertificate(
  server: FeedServer,
  security: FtpSecurity,
  stallMs: number,
): Promise<FoundCertificate> {
  const client = new Client(stallMs)
  try {
    await connectSecurely(client, server, security, { rejectUnauthorized: false })
    const certificate = findCertificate(client)
    const { socket } = client.ftp
    if (certificate && socket instanceof TLSSocket)
      return { certificate, problem: socket.authorized ? null : String(socket.authorizationError) }
  } finally {
    client.close()
  }
  throw new DeliveryFailure('identity', `${formatServer(server)} has no certificate.`)
}

/** The certificate of a server that has the pinned one. Throws for any other one. */
async function findPinned(
  server: FeedServer,
  probe: () => Promise<FoundCertificate>,
): Promise<PeerCertificate> {
  const { certificate } = await probe()
  const { fingerprint256 } = certificate
  if (server.pin !== null && isSameCertificate(server.pin, fingerprint256)) return certificate
  throw new DeliveryFailure(
    'identity',
    `${formatServer(server)} has another certificate than the pinned one: ${fingerprint256}. ` +
      'Nothing was sent. If the receiver has renewed it, pin the new one.',
  )
}

const explainUntrusted = (server: FeedServer, { certificate, problem }: FoundCertificate) =>
  new DeliveryFailure(
    'identity',
    `The certificate of ${formatServer(server)} is not trusted (${problem}). Nothing was sent. ` +
      `If the receiver confirms its SHA-256 fingerprint, ${certificate.fingerprint256}, enter ` +
      'that to pin it.',
  )

function findCertificate({ ftp: { socket } }: Client): PeerCertificate | null {
  if (!(socket instanceof TLSSocket)) return null
  const certificate = socket.getPeerCertificate()
  return certificate.fingerprint256 ? certificate : null
}

/** Options of connections, control and data, that accept one certificate and no other. */
function acceptOnly({ raw }: PeerCertificate): ConnectionOptions {
  const body = raw.toString('base64').replaceAll(/.{1,64}/g, '$&\n')
  return {
    ca: `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----\n`,
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  }
}

async function sendFile(session: Session, { fileName, tempName, bytes, open }: FeedUpload) {
  const { client } = session
  session.lastReply = ''
  await client.uploadFrom(await open(), tempName)
  const size = await client.size(tempName)
  if (size !== bytes)
    throw new DeliveryFailure(
      'interrupted',
      `The server stored ${size} of the ${bytes} bytes of ${fileName}.`,
    )
  session.stage = 'rename'
  await client.rename(tempName, fileName).catch(async (error: unknown) => {
    if (!(error instanceof FTPError)) throw error
    await replaceFile(client, tempName, fileName)
  })
}

/**
 * For servers that do not rename over an existing file: removes that first. For the time of one
 * command there is no file under the final name, and never a part of one.
 */
async function replaceFile(client: Client, tempName: string, fileName: string): Promise<void> {
  await client.remove(fileName, true)
  await client.rename(tempName, fileName)
}

/** Removes what killed runs left, if the server lists and removes it. */
async function removeLeftovers(client: Client, feed: string): Promise<void> {
  const files = await client.list().catch(ignoreReply)
  for (const { name } of files ?? []) if (isLeftover(name, feed)) await client.remove(name, true)
}

/** Null for an error that is a reply of the server. Throws any other one. */
function ignoreReply(error: unknown): null {
  if (error instanceof FTPError) return null
  throw error
}

type Run = (
  server: FeedServer,
  signal: AbortSignal,
  work: (session: Session) => Promise<unknown>,
) => Promise<unknown>

const REMOVAL_MS = 5_000

/**
 * Removes the temporary file; on a new connection, if this one is gone. If that fails, the next run
 * does it.
 */
async function removeAfterFailure(
  { client }: Session,
  server: FeedServer,
  { tempName }: FeedUpload,
  run: Run,
): Promise<void> {
  const remove = (one: Client) => one.remove(tempName, true)
  const removeLater = () =>
    withTimeLimit({ milliseconds: REMOVAL_MS }, (signal) =>
      run(server, signal, (session) => remove(session.client)),
    )
  await (client.closed ? removeLater() : remove(client)).catch(() => undefined)
}

const REPLY_MS = 300

/**
 * Keeps the control connection for a moment when the data connection breaks: the server explains
 * there what happened. The library would close both at once.
 */
function keepControlConnection({ ftp }: Client): void {
  const close = ftp.closeWithError.bind(ftp)
  ftp.closeWithError = (error) => void setTimeout(close, 2 * REPLY_MS, error).unref()
}

/**
 * What the server replied when something failed: a full disk first breaks the data connection, and
 * is explained a moment later.
 */
async function findReply(session: Session, error: unknown): Promise<string> {
  if (error instanceof FTPError) return error.message
  if (session.stage !== 'transfer') return ''
  if (!session.client.closed) await sleep(REPLY_MS)
  return /^[45]\d\d\b/.test(session.lastReply) ? session.lastReply : ''
}
