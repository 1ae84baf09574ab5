import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Product, startProduct } from '../drills/product.ts'
import { findProcessesNaming } from '../support/embedded-machine.ts'
import { waitUntil } from '../support/work.ts'

const REQUESTS = 5_000
const AT_ONCE = 100

let folder: string
let product: Product
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt upgrades '))
  product = await startProduct(folder, { METRICS_PORT: '0' })
})
afterAll(async () => {
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const lines = (...parts: string[]) => `${parts.join('\r\n')}\r\n\r\n`
const ask = (first: string, ...more: string[]) =>
  lines(first, `Host: localhost:${getPort()}`, ...more)
const getPort = () => Number(new URL(product.origin).port)
const LIST = 'GET /api/inventory?limit=1 HTTP/1.1'
const WEB_SOCKET = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13']

const forms: Record<string, () => string> = {
  'websocket on the API': () =>
    ask(LIST, 'Upgrade: websocket', 'Connection: Upgrade', ...WEB_SOCKET),
  'websocket on the panel': () =>
    ask('GET /admin/login HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade', ...WEB_SOCKET),
  'websocket on the reload of Next': () =>
    ask('GET /_next/hmr HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade', ...WEB_SOCKET),
  'h2c, as curl --http2': () =>
    ask(LIST, 'Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAMAAABk'),
  'with a body': () =>
    `${ask('POST /api/users/login HTTP/1.1', 'Upgrade: x', 'Connection: Upgrade', 'Content-Length: 2')}{}`,
  'with others behind it': () => ask(LIST, 'Upgrade: h2c', 'Connection: Upgrade') + ask(LIST),
}

/**
 * Sends bytes and answers with the first that come back; '' when the server closes instead. The
 * client then leaves.
 */
function firstAnswer(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(getPort(), '127.0.0.1', () => socket.write(bytes))
    const late = setTimeout(() => reject(new Error('There was no answer within 60 s.')), 30_000)
    const end = (text: string) => {
      clearTimeout(late)
      socket.destroy()
      resolve(text)
    }
    socket.once('data', (chunk) => end(chunk.toString()))
    socket.once('error', reject)
    socket.once('close', () => end(''))
  })
}

/** How many sockets the product has open. */
async function openSockets(): Promise<number> {
  const descriptors = `/proc/${product.process.pid}/fd`
  const targets = await Promise.all(
    (await readdir(descriptors)).map((fd) => readlink(path.join(descriptors, fd)).catch(() => '')),
  )
  return targets.filter((target) => target.startsWith('socket:')).length
}

const untilOpen = (most: number) =>
  waitUntil(async () => (await openSockets()) <= most, `at most ${most} sockets are open`)

describe('a request with an Upgrade header, on the product', () => {
  const isAnswered = it.each(Object.keys(forms))

  isAnswered('is answered before anybody opened the panel: %s', async (form) => {
    expect(await firstAnswer(forms[form]?.() ?? '')).toMatch(/^HTTP\/1\.1 [2-4]\d\d /)
  })

  it('is not taken by Next once somebody opened the panel', async () => {
    const answer = await fetch(`${product.origin}/admin/login`)
    expect(answer.status).toBe(200)
    await answer.text()
  })

  isAnswered('is answered after that: %s', async (form) => {
    expect(await firstAnswer(forms[form]?.() ?? '')).toMatch(/^HTTP\/1\.1 [2-4]\d\d /)
  })

  it('as CONNECT is closed', async () => {
    expect(
      await firstAnswer(lines('CONNECT example.com:443 HTTP/1.1', 'Host: example.com:443')),
    ).toBe('')
  })

  it(`leaves no socket behind, ${REQUESTS} times over, nor a process after a stop`, async () => {
    const before = await openSockets()
    const all = Object.values(forms)
    for (let sent = 0; sent < REQUESTS; sent += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_, n) =>
          n % 2 ? firstAnswer(all[n % all.length]?.() ?? '') : leaveAtOnce(),
        ),
      )
    await untilOpen(before + 20)
    expect((await fetch(`${product.origin}/healthz`)).status).toBe(200)
    expect(await product.stop()).toBe(0)
    expect(await findProcessesNaming(folder)).toEqual([])
  })
})

/** Asks for h2c and leaves without reading anything. */
function leaveAtOnce(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(getPort(), '127.0.0.1', () =>
      socket.end(ask(LIST, 'Upgrade: h2c', 'Connection: Upgrade')),
    )
    socket.resume().on('error', () => undefined)
    socket.once('close', () => resolve())
  })
}
