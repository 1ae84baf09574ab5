import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { type Product, signIn, startProduct } from '../drills/product.ts'
import { runToEnd } from '../support/start-to-end.ts'

/** Reports every file of a package that is loaded, in a line of stderr. */
const REPORT_LOADS = `
  import { registerHooks } from 'node:module'
  registerHooks({
    load(url, context, nextLoad) {
      const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*node_modules)/.exec(url) ?? []
      if (name) process.stderr.write('loaded ' + name + '\\n')
      return nextLoad(url, context)
    },
  })
`

let folder: string
let product: Product
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt built '))
  product = await startProduct(folder, {
    METRICS_PORT: '0',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REPORT_LOADS)}`,
  })
})
afterAll(async () => {
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The packages that the product has loaded from node_modules so far. */
async function listLoaded(): Promise<Set<string>> {
  const log = await readFile(path.join(folder, 'product.log'), 'utf8')
  return new Set([...log.matchAll(/^loaded (.+)$/gm)].map(([, name = '']) => name))
}

describe('the built server', () => {
  it('serves the API without a file of a package', async () => {
    expect((await fetch(`${product.origin}/api/inventory`)).status).toBe(200)
    expect(await listLoaded()).toEqual(new Set())
  })

  it('loads the image library with the first photo', async () => {
    const body = new FormData()
    const picture = await sharp({
      create: { width: 60, height: 40, channels: 3, background: 'red' },
    })
      .jpeg()
      .toBuffer()
    body.append('_payload', JSON.stringify({ alt: 'A red car' }))
    body.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'car.jpg')
    const { status } = await fetch(`${product.origin}/api/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await signIn(product.origin)}` },
      body,
    })
    expect(status).toBe(201)
    expect(await listLoaded()).toContain('sharp')
  })

  it('shares its copy of Payload with the panel, which is loaded with the first page', async () => {
    expect(await listLoaded()).not.toContain('next')
    const login = await fetch(`${product.origin}/admin/login`)
    expect({ status: login.status, text: await login.text() }).toEqual({
      status: 200,
      text: expect.stringContaining('Forecourt') as unknown,
    })
    const loaded = await listLoaded()
    expect(loaded).toContain('next')
    for (const name of ['payload', '@payloadcms/db-postgres', 'drizzle-orm'])
      expect(loaded).not.toContain(name)
  })

  it('shows the panel to staff', async () => {
    const cookie = `forecourt-token=${await signIn(product.origin)}`
    const page = await fetch(`${product.origin}/admin/collections/inventory`, {
      headers: { cookie },
    })
    expect({ status: page.status, text: await page.text() }).toEqual({
      status: 200,
      text: expect.stringContaining('Inventory') as unknown,
    })
  })
})

describe('the build of the server', () => {
  it('names the sources in stack traces', async () => {
    const { stderr } = await runToEnd(folder, 'main', {
      DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere',
      LOG_LEVEL: 'debug',
      NODE_OPTIONS: '--enable-source-maps',
    })
    expect(stderr).toMatch(/ at async openDatabase \(.*\/src\/database\/open\.ts:\d+/)
  })

  it('has every module of Payload that the panel’s build leaves to Node', async () => {
    const shared = Object.keys(
      JSON.parse(await readFile('src/server/.build/shared.json', 'utf8')) as object,
    )
    const wanted = await listExternals()
    expect(wanted.length).toBeGreaterThan(3)
    for (const name of wanted) {
      const file = path.relative('src/server/.build', new URL(import.meta.resolve(name)).pathname)
      expect({ name, shared }).toEqual({
        name,
        shared: expect.arrayContaining([file]) as unknown,
      })
    }
  })
})

/** The modules of Payload and of PostgreSQL that the chunks of the panel import from outside. */
async function listExternals(): Promise<string[]> {
  const folder = 'src/admin/.next/server'
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'))
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
  const external = /\.y\("((?:payload|@payloadcms\/[\w-]+|pg)-[0-9a-f]{16}(?:\/[^"]+)?)"/g
  return [
    ...new Set(
      texts.flatMap((text) =>
        [...text.matchAll(external)].map(([, name = '']) => name.replace(/-[0-9a-f]{16}/, '')),
      ),
    ),
  ]
}
