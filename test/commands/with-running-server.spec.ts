import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { commands } from '../../src/bootstrap/commands.mjs'
import { ADMIN, type Product, startProduct } from '../drills/product.ts'
import { startCommand } from '../support/command.ts'
import { findProcessesNaming } from '../support/embedded-machine.ts'

/** Far more than any command takes on a busy machine. */
const ENDS_WITHIN_MS = 120_000

/** Every command with the words it is tried with, and the exit code it ends with. */
const ENDS: Record<string, { words: string[]; code: number }[]> = {
  migrate: [
    { words: [], code: 0 },
    { words: ['status'], code: 0 },
    { words: ['create', 'nothing_to_write'], code: 0 },
    { words: ['nonsense'], code: 1 },
  ],
  'migrate:all': [{ words: [], code: 0 }],
  admin: [
    { words: ['create', 'second@forecourt.example'], code: 0 },
    { words: ['reset-password', ADMIN.email], code: 0 },
    { words: ['reset-password', 'nobody@forecourt.example'], code: 1 },
    { words: ['invite', ADMIN.email], code: 1 },
    { words: [], code: 1 },
  ],
  audit: [
    { words: ['verify'], code: 0 },
    { words: [], code: 1 },
  ],
  import: [
    { words: ['jekyll', 'test/fixtures/jekyll', '--dry-run'], code: 0 },
    { words: ['jekyll', '/nonexistent'], code: 1 },
    { words: ['catalog', 'test/fixtures/catalog/models.csv'], code: 0 },
    { words: [], code: 1 },
  ],
  storage: [
    { words: ['move', 's3'], code: 1 },
    { words: ['move', 'disk'], code: 1 },
    { words: [], code: 1 },
  ],
  'verify-history': [
    { words: ['/nonexistent'], code: 1 },
    { words: [], code: 1 },
  ],
  'demo:reset': [{ words: [], code: 0 }],
  generate: [{ words: [], code: 0 }],
}
/** Those that go on until they are told to stop. */
const LIVES = ['worker']
/** Those that are not tried here, and why. */
const NOT_TRIED: Record<string, string> = {
  start: 'the product that the others are tried beside is one, and is stopped at the end',
  dev: 'a server as well; test/bootstrap-commands.spec.ts ends it',
  build: 'runs nothing; test/bootstrap.spec.ts',
  test: 'is what runs this',
  check: 'runs the linters and then the tests; test/bootstrap-commands.spec.ts',
  bench: 'takes minutes, and ends by process.exit',
  drill: 'takes minutes, and ends by process.exit',
  lockfile: 'reads and writes package-lock.json alone, without a connection',
  format: 'prettier itself',
}

let folder: string
let product: Product
let reload: Reload
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt beside '))
  product = await startProduct(folder, { METRICS_PORT: '0' })
  reload = await openReload()
})
afterAll(async () => {
  await reload.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A development server's end of Payload's web socket: takes every one, and closes none. */
type Reload = { port: number; taken: () => number; close: () => Promise<void> }

async function openReload(): Promise<Reload> {
  const sockets = new Set<Socket>()
  const server = createServer().on('upgrade', (req, socket: Socket) => {
    sockets.add(socket.on('error', () => undefined))
    const accept = createHash('sha1').update(
      `${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
    )
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: ' +
        `Upgrade\r\nSec-WebSocket-Accept: ${accept.digest('base64')}\r\n\r\n`,
    )
  })
  if (!(await listens(server, 3000))) await listens(server, 0)
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port: (server.address() as AddressInfo).port, taken: () => sockets.size, close }
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
}

type Ended = { code: number | null; output: string }

/** Starts a command on the product's own data. */
function start(name: string, words: readonly string[], port?: number): ChildProcess {
  return startCommand(name, words, {
    METRICS_PORT: '0',
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    ...(port !== undefined && { PORT: String(port) }),
  })
}

async function ended(child: ChildProcess): Promise<Ended> {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (output += String(chunk)))
  const late = setTimeout(() => {
    output += `\nIt did not end within ${ENDS_WITHIN_MS} ms.`
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  }, ENDS_WITHIN_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(late)
  return { code, output }
}

const tries = Object.entries(ENDS).flatMap(([name, all]) => all.map((one) => ({ name, ...one })))

describe('a command beside a running product', () => {
  it('is one that is tried here, or has a reason not to be', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    const all = new Set([...Object.keys(scripts), ...Object.keys(commands)])
    expect([...all].toSorted()).toEqual(
      [...Object.keys(ENDS), ...LIVES, ...Object.keys(NOT_TRIED)].toSorted(),
    )
  })

  it.each(tries)(
    'ends with its exit code, while a web socket of Payload would stay open: $name $words',
    async ({ name, words, code }) => {
      const outcome = await ended(
        start(name, words, reload.port === 3000 ? undefined : reload.port),
      )
      expect(outcome).toMatchObject({
        code,
        output: expect.not.stringContaining('did not end') as unknown,
      })
      expect(reload.taken()).toBe(0)
    },
  )

  it('ends on the port of the product itself', async () => {
    expect(
      await ended(start('migrate', ['status'], Number(new URL(product.origin).port))),
    ).toMatchObject({ code: 0 })
  })

  it('ends when nobody reads what it says', async () => {
    const child = start('migrate', ['status'], reload.port)
    child.stdout?.destroy()
    expect((await ended(child)).code).toBe(0)
  })

  it.each(LIVES)('ends on SIGTERM: %s', async (name) => {
    const child = start(name, [], reload.port)
    const over = ended(child)
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (chunk) => String(chunk).includes('Working as') && resolve()),
    )
    child.kill('SIGTERM')
    expect(await over).toMatchObject({ code: 0 })
    expect(reload.taken()).toBe(0)
  })

  it('leaves the product and its database running; they end on SIGTERM, both', async () => {
    expect((await fetch(`${product.origin}/readyz`)).status).toBe(200)
    expect(await product.stop()).toBe(0)
    expect(await findProcessesNaming(folder)).toEqual([])
  })

  it('that starts PostgreSQL itself ends it too', async () => {
    expect(await ended(start('migrate', ['status'], reload.port))).toMatchObject({ code: 0 })
    expect(await findProcessesNaming(folder)).toEqual([])
  })
})
