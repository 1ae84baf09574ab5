import { Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { toAsciiAddress, type MailSender } from '../domain/mail-address.ts'
import type { Deliver, Delivery } from './deliver.ts'
import { findMessageProblem, buildMime } from './message.ts'
import { parseSmtpUrl, type SmtpServer } from './smtp-url.ts'
import { type SmtpFailure, type Progress, classifyFailure } from './smtp-outcome.ts'

/**
 * The time limits of one attempt, in milliseconds: until the greeting is complete, for the greeting
 * itself, without a byte, and in total.
 */
export type SmtpLimits = {
  connectMs: number
  greetingMs: number
  idleMs: number
  totalMs: number
}

const LIMITS: SmtpLimits = {
  connectMs: 10_000,
  greetingMs: 10_000,
  idleMs: 30_000,
  totalMs: 120_000,
}

/**
 * A mail server by its URL, the sender, and optionally the PEM of an authority to trust in addition
 * to those of Node.
 */
export type SmtpOptions = {
  url: string
  from: MailSender
  limits?: Partial<SmtpLimits>
  authority?: string
}

/**
 * Sends mails over SMTP, each to one recipient over a separate connection, which is closed whatever
 * the result. Throws immediately for a URL without a server. Uncertain cases count as `unknown`
 * rather than `later`: a mail should not arrive twice.
 */
export function createSmtpDelivery({ url, from, limits, authority }: SmtpOptions): Deliver {
  const server = parseSmtpUrl(url)
  if ('problem' in server) throw new Error(`SMTP_URL ${server.problem}.`)
  const within = { ...LIMITS, ...limits }
  const options = buildConnectionOptions(server, within, authority)
  return async (message, signal) => {
    const problem = findMessageProblem(message)
    if (problem) return { outcome: 'refused', detail: problem }
    const mail = {
      from: toAsciiAddress(from.address),
      to: toAsciiAddress(message.to),
      bytes: await buildMime(message, from),
    }
    if (signal.aborted)
      return { outcome: 'later', detail: 'The attempt was stopped before it began.' }
    return attemptDelivery(new SMTPConnection(options), server, mail, signal, within.totalMs)
  }
}

function buildConnectionOptions(
  server: SmtpServer,
  within: SmtpLimits,
  authority: string | undefined,
): SMTPConnectionOptions {
  return {
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    connectionTimeout: within.connectMs,
    greetingTimeout: within.greetingMs,
    socketTimeout: within.idleMs,
    ...(authority ? { tls: { ca: [...rootCertificates, authority] } } : {}),
  }
}

type Mail = {
  from: string
  to: string
  bytes: Buffer
}

async function attemptDelivery(
  connection: SMTPConnection,
  server: SmtpServer,
  mail: Mail,
  signal: AbortSignal,
  totalMs: number,
): Promise<Delivery> {
  const progress: Progress = { stage: 'connect', handedOver: false }
  const ended = watchForEnd(connection, signal, totalMs)
  try {
    return await Promise.race([ended.early, runConversation(connection, server, mail, progress)])
  } catch (failure) {
    return classifyFailure(failure as SmtpFailure, progress, server)
  } finally {
    ended.dispose()
    connection.close()
  }
}

async function runConversation(
  connection: SMTPConnection,
  { signIn }: SmtpServer,
  mail: Mail,
  progress: Progress,
): Promise<Delivery> {
  await promisifyStep((done) => connection.connect(done))
  if (signIn) {
    progress.stage = 'sign-in'
    await promisifyStep((done) => connection.login({ ...signIn }, done))
  }
  progress.stage = 'mail'
  return { outcome: 'sent', detail: await handOver(connection, mail, progress) }
}

/**
 * Resolves with the server's response. The mail is sent in slices, so that its end does not count
 * as handed over while the rest still waits.
 */
function handOver(
  connection: SMTPConnection,
  { from, to, bytes }: Mail,
  progress: Progress,
): Promise<string> {
  const source = Readable.from(sliceBytes(bytes), { objectMode: false })
  source.once('end', () => (progress.handedOver = true))
  return new Promise((resolve, reject) => {
    connection.send({ from, to: [to], size: bytes.length }, source, (failure, taken) => {
      if (!failure || failure.response) connection.quit()
      if (failure) reject(failure)
      else if (!progress.handedOver) reject(new Error('it responded before the end of the e-mail'))
      else resolve(taken.response)
    })
  })
}

/**
 * What ends an attempt from outside the conversation: a broken connection, the caller, or a time
 * limit.
 */
function watchForEnd(connection: SMTPConnection, signal: AbortSignal, totalMs: number) {
  const stop = new AbortController()
  const early = new Promise<never>((_resolve, reject) => {
    const because = (why: string) => () => reject(new Error(why))
    const late = setTimeout(because(`it took longer than ${totalMs} ms`), totalMs)
    stop.signal.addEventListener('abort', () => clearTimeout(late))
    signal.addEventListener('abort', because('the attempt was stopped'), { signal: stop.signal })
    connection.on('error', reject)
    /* The error that ended the connection is reported next and is more specific. */
    connection.once('end', () => setImmediate(because('the connection ended')))
  })
  return { early, dispose: () => stop.abort() }
}

function promisifyStep(step: (done: (failure?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) =>
    step((failure) => (failure ? reject(failure) : resolve())),
  )
}

const SLICE = 16_384

function* sliceBytes(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += SLICE) yield bytes.subarray(from, from + SLICE)
}
