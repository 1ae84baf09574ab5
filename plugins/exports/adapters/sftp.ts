import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import SftpClient from 'ssh2-sftp-client'
import { getSystemErrorCode } from '../../../src/domain/system-error.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import {
  type FeedChannel,
  type FeedServer,
  type FeedUpload,
  isLeftover,
  STALL_MS,
} from './feed-channel.ts'
import { explainFailure, formatServer, type Stage } from './server-failure.ts'

type SftpOptions = {
  /** The feed, by which leftovers of earlier transfers are recognized. */
  feed: string
  stallMs?: number
}

type Session = {
  client: SftpClient
  socket: Socket
  stage: Stage
  fingerprint: string | null
}

/** Delivers by SFTP, only to a server with the pinned host key. */
export function createSftpChannel({ feed, stallMs = STALL_MS }: SftpOptions): FeedChannel {
  return {
    upload: (server, upload, signal) =>
      withSession(server, stallMs, signal, async (session) => {
        await removeLeftovers(session, server, feed)
        await sendFile(session, server, upload, stallMs).catch(async (error: unknown) => {
          const failure = explain(server, session, error)
          await removeAfterFailure(session, server, upload)
          throw failure
        })
      }),
    test: (server, signal) =>
      withSession(server, stallMs, signal, async ({ client, fingerprint }) => {
        const files = await client.list(server.folder || '.')
        return { files: files.filter(({ type }) => type === '-').length, fingerprint }
      }),
  }
}

/** Runs `work` at a server whose host key was checked, signed in. */
async function withSession<Value>(
  server: FeedServer,
  stallMs: number,
  signal: AbortSignal,
  work: (session: Session) => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted()
  const socket = connect(server.port, server.address)
  const session: Session = {
    client: new SftpClient('delivery', { error: () => undefined }),
    socket,
    stage: 'connect',
    fingerprint: null,
  }
  const destroy = () => void socket.destroy()
  socket.on('error', () => undefined)
  socket.setTimeout(stallMs, destroy)
  signal.addEventListener('abort', destroy, { once: true })
  try {
    await once(socket, 'connect')
    const run = async () => {
      await openSession(session, server, stallMs)
      return work(session)
    }
    return await Promise.race([run(), rejectWhenClosed(socket)])
  } catch (error) {
    signal.throwIfAborted()
    throw explain(server, session, error)
  } finally {
    signal.removeEventListener('abort', destroy)
    destroy()
  }
}

const CLOSED_MS = 500

/**
 * Rejects a moment after a connection closed: what the library waits for may then never come. It
 * has the first word, because it knows why.
 */
async function rejectWhenClosed(socket: Socket): Promise<never> {
  if (!socket.closed) await new Promise((resolve) => void socket.once('close', resolve))
  await sleep(CLOSED_MS)
  throw new Error('The connection closed.')
}

async function openSession(session: Session, server: FeedServer, stallMs: number): Promise<void> {
  const { client, socket } = session
  const { user, password, privateKey } = server
  client.on('keyboard-interactive', (...[, , , prompts, answer]: KeyboardQuestion) =>
    answer(prompts.map(() => password ?? '')),
  )
  await client
    .connect({
      sock: socket,
      username: user,
      ...(password !== null && { password, tryKeyboard: true }),
      ...(privateKey !== null && { privateKey }),
      readyTimeout: stallMs,
      keepaliveInterval: Math.ceil(stallMs / 3),
      hostVerifier: (key: Buffer) => {
        session.fingerprint = formatHostKey(key)
        session.stage = 'sign-in'
        return session.fingerprint === server.pin
      },
    })
    .catch((error: unknown) => {
      throw explainHostKey(server, session.fingerprint) ?? error
    })
  session.stage = 'folder'
  await client.list(server.folder || '.', () => false)
  session.stage = 'transfer'
}

type KeyboardQuestion = [
  name: string,
  instructions: string,
  language: string,
  prompts: readonly unknown[],
  answer: (answers: string[]) => void,
]

/** The fingerprint of a host key, as OpenSSH writes it. */
const formatHostKey = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** Why a server with this host key is refused; null if its key is the pinned one. */
function explainHostKey(server: FeedServer, fingerprint: string | null): DeliveryFailure | null {
  if (fingerprint === null || fingerprint === server.pin) return null
  const at = formatServer(server)
  return new DeliveryFailure(
    'identity',
    server.pin === null
      ? `The host key of ${at} has the fingerprint ${fingerprint}. Nothing was sent. If the ` +
          'receiver confirms it, enter it as the fingerprint of the host key.'
      : `${at} has another host key than the pinned one: ${fingerprint}. Nothing was sent. If ` +
          'the receiver has changed its key, enter the new fingerprint.',
  )
}

async function sendFile(
  session: Session,
  server: FeedServer,
  { fileName, tempName, bytes, open }: FeedUpload,
  stallMs: number,
): Promise<void> {
  const { client, socket } = session
  const [temporary, target] = [joinPath(server, tempName), joinPath(server, fileName)]
  const watch = watchProgress(stallMs, () => socket.destroy())
  const file = await open()
  socket.once('close', () => void file.destroy())
  await pipeline(file, watch, client.createWriteStream(temporary))
  const { size } = await client.stat(temporary)
  if (size !== bytes)
    throw new DeliveryFailure(
      'interrupted',
      `The server stored ${size} of the ${bytes} bytes of ${fileName}.`,
    )
  session.stage = 'rename'
  await client
    .posixRename(temporary, target)
    .catch(() => client.rename(temporary, target))
    .catch(() => replaceFile(client, temporary, target))
}

/**
 * For servers that do not rename over an existing file: removes that first. For the time of one
 * command there is no file under the final name, and never a part of one.
 */
async function replaceFile(client: SftpClient, temporary: string, target: string): Promise<void> {
  await client.delete(target, true)
  await client.rename(temporary, target)
}

const joinPath = ({ folder }: FeedServer, name: string): string =>
  folder === '' ? name : `${folder.replace(/\/$/, '')}/${name}`

async function removeLeftovers({ client }: Session, server: FeedServer, feed: string) {
  const leftovers = await client.list(server.folder || '.', ({ name }) => isLeftover(name, feed))
  for (const { name } of leftovers) await client.delete(joinPath(server, name), true)
}

/** Removes the temporary file while the connection stands. If it does not, the next run does. */
async function removeAfterFailure(
  { client, socket }: Session,
  server: FeedServer,
  { tempName }: FeedUpload,
): Promise<void> {
  if (socket.destroyed) return
  await client.delete(joinPath(server, tempName), true).catch(() => undefined)
}

/** Passes a stream on; calls `onStall` if nothing passed for a while. */
function watchProgress(stallMs: number, onStall: () => void): Transform {
  const timer = setTimeout(onStall, stallMs)
  const watch = new Transform({
    transform(chunk, _encoding, callback) {
      timer.refresh()
      callback(null, chunk)
    },
  })
  return watch.on('close', () => clearTimeout(timer))
}

const NO_CONNECTION = new RegExp(
  'not connected|no sftp connection|no response|premature close|reset|timed? ?out|handshake|' +
    'connection (closed|ended|lost)|unexpected end',
  'i',
)

/** An error of the library as a sentence: it tells them apart by their texts only. */
function explain(server: FeedServer, session: Session, error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error
  const message = error instanceof Error ? error.message.replace(/^(\w+(->|: ))+/, '') : ''
  if (/private ?key|passphrase/i.test(message))
    return new DeliveryFailure(
      'settings',
      'The private key cannot be read. Enter it without a passphrase, in the format of OpenSSH ' +
        'or PEM.',
      { cause: error },
    )
  if (/authentication methods failed/i.test(message))
    return explainFailure(server, 'sign-in', 'permission denied', error)
  const isOver = session.socket.destroyed || NO_CONNECTION.test(message)
  if (isOver && session.stage !== 'connect') return explainFailure(server, 'transfer', '', error)
  if (session.stage === 'transfer' && getSystemErrorCode(error) === '4')
    return new DeliveryFailure(
      'full',
      `${formatServer(server)} could not store the file. Its disk is probably full.`,
      { cause: error },
    )
  return explainFailure(server, session.stage, message, error)
}
