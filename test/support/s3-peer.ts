import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { startFauxqs } from 'fauxqs'

/** What goes wrong with one request to S3. */
export type Fault =
  | { kind: 'status'; status: number }
  /** The connection breaks before the request reaches S3. */
  | { kind: 'reset' }
  /** S3 handles the request and the connection breaks instead of its answer. */
  | { kind: 'lost answer' }
  /** Half of the body arrives, then the connection breaks. */
  | { kind: 'short body' }
  /** The ETag of the answer is that of other bytes. */
  | { kind: 'wrong ETag' }
  /** There is never an answer. */
  | { kind: 'silence' }

/** A real S3 on loopback behind a proxy that injects faults. */
export type S3Peer = {
  /** The settings of a Forecourt that uses it. */
  settings: Record<string, string>
  url: string
  bucket: string
  /** The requests since the last call of `clear`, such as `PUT media/a.webp`. */
  requests: string[]
  clear: () => void
  /** The uploads in parts that were begun, and neither completed nor aborted. */
  openUploads: ReadonlyMap<string, OpenUpload>
  /** Injects a fault into every request that `matches`, `times` at most. */
  fail: (fault: Fault, matches: (request: string) => boolean, times?: number) => void
  /** Takes no connection until `resume`, as a server that was stopped. */
  cut: () => void
  /** Ends all faults. */
  resume: () => void
  close: () => Promise<void>
}

type Rule = { fault: Fault; matches: (request: string) => boolean; left: number }

type OpenUpload = { key: string; begun: Date }

const BUCKET = 'forecourt-files'
const WRONG_ETAG = `"${'0'.repeat(32)}"`

export async function openS3Peer(): Promise<S3Peer> {
  const s3 = await startFauxqs({ port: 0, logger: false })
  s3.createBucket(BUCKET)
  const requests: string[] = []
  const uploads = new Map<string, OpenUpload>()
  let rules: Rule[] = []
  let isCut = false
  const sockets = new Set<Socket>()
  const proxy = createServer((near, answer) => {
    const name = describeRequest(near)
    requests.push(name)
    const rule = rules.find(({ matches, left }) => left > 0 && matches(name))
    if (rule) rule.left--
    const fault = rule?.fault
    if (fault?.kind === 'silence') return void near.resume()
    if (fault?.kind === 'reset') return void near.socket.destroy()
    if (fault?.kind === 'status') {
      near.resume()
      return void answer.writeHead(fault.status).end()
    }
    if (isListOfUploads(near)) return void answer.end(formatUploads(uploads))
    const { method, url, headers } = near
    const far = request({ port: s3.port, host: '127.0.0.1', method, path: url, headers }, (res) => {
      if (fault?.kind === 'lost answer') return void near.socket.destroy()
      noteUpload(uploads, near, res)
      const etag = fault?.kind === 'wrong ETag' ? { etag: WRONG_ETAG } : {}
      answer.writeHead(res.statusCode ?? 500, { ...res.headers, ...etag })
      if (fault?.kind !== 'short body') return void res.pipe(answer)
      res.once('data', (bytes: Buffer) => {
        answer.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => near.socket.destroy())
      })
    })
    far.on('error', () => near.socket.destroy())
    near.pipe(far)
  })
  proxy.on('connection', (socket) => {
    if (isCut) return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(proxy)
  const url = `http://127.0.0.1:${port}`
  const dropAll = () => sockets.forEach((socket) => socket.destroy())
  return {
    settings: buildS3Settings(url),
    url,
    bucket: BUCKET,
    requests,
    clear: () => void requests.splice(0),
    openUploads: uploads,
    fail: (fault, matches, times = Infinity) => void rules.push({ fault, matches, left: times }),
    cut: () => {
      isCut = true
      dropAll()
    },
    resume: () => {
      isCut = false
      rules = []
    },
    close: async () => {
      dropAll()
      await new Promise((resolve) => proxy.close(resolve))
      await s3.stop()
    },
  }
}

const buildS3Settings = (url: string) => ({
  STORAGE: 's3',
  S3_ENDPOINT: url,
  S3_BUCKET: BUCKET,
  S3_ACCESS_KEY_ID: 'forecourt',
  S3_SECRET_ACCESS_KEY: 'a-secret-of-S3',
})

/** Whether a request lists the uploads in parts, which this S3 cannot. */
const isListOfUploads = ({ method, url = '' }: IncomingMessage) =>
  method === 'GET' && readQuery(url).has('uploads')

/** Keeps account of the uploads in parts. */
function noteUpload(
  uploads: Map<string, OpenUpload>,
  { method, url = '' }: IncomingMessage,
  answer: IncomingMessage,
): void {
  const query = readQuery(url)
  if (method === 'POST' && query.has('uploads'))
    answer.on('data', (bytes: Buffer) => {
      const id = /<UploadId>([^<]+)/.exec(bytes.toString())?.[1] ?? ''
      const key = decodeURIComponent(new URL(url, 'http://s3').pathname.slice(BUCKET.length + 2))
      uploads.set(id, { key, begun: new Date() })
    })
  const ends = method === 'DELETE' || method === 'POST'
  if (ends && (answer.statusCode ?? 500) < 300) uploads.delete(query.get('uploadId') ?? '')
}

function formatUploads(uploads: ReadonlyMap<string, OpenUpload>): string {
  const entries = [...uploads].map(
    ([id, { key, begun }]) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId>` +
      `<Initiated>${begun.toISOString()}</Initiated></Upload>`,
  )
  return (
    '<?xml version="1.0"?><ListMultipartUploadsResult><IsTruncated>false</IsTruncated>' +
    `${entries.join('')}</ListMultipartUploadsResult>`
  )
}

const readQuery = (url: string) => new URL(url, 'http://s3').searchParams

/** The method, and the key with the query: `PUT media/a.webp?partNumber=1`. */
function describeRequest({ method, url = '' }: IncomingMessage): string {
  const shown = url.replace(`/${BUCKET}`, '').replace(/^\//, '')
  return `${method} ${decodeURIComponent(shown.replace(/[?&]x-id=\w+/, ''))}`
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
