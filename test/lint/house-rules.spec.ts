import { describe, expect, it } from '@jest/globals'
import { ESLint } from 'eslint'
import { ROOT } from '../support/repository-files.ts'

const eslint = new ESLint({ cwd: ROOT })

/**
 * The rules that a text breaks in a file of that name; plain JavaScript, so that no types have to
 * be worked out.
 */
async function broken(text: string, file = 'src/sample.mjs'): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: file })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId)
}

describe('the house rules refuse', () => {
  it.each([
    [
      'a variable that lives with the module',
      'let count = 0\nexport const next = () => (count += 1)',
    ],
    ['an exported one', 'export let count = 0'],
    [
      'a collection that starts empty with the module',
      'const seen = new Map()\nexport const has = (id) => seen.has(id)',
    ],
    [
      'an empty catch',
      'export const f = () => {\n  try {\n    g()\n  } catch {\n    // never mind\n  ' +
        '}\n}\nconst g = () => 1',
    ],
    ['a promise whose failure is dropped', 'export const f = (p) => p.catch(() => {})'],
    ['a default export', 'export default 1'],
    ['untyped services', `export const jobs = (payload) => payload.config.custom['jobs']`],
    ['untyped services of a configuration', `export const jobs = (config) => config.custom.jobs`],
  ])('%s', async (_what, text) => {
    expect(await broken(text)).toContain('no-restricted-syntax')
  })

  it('the environment outside src/env.ts', async () => {
    expect(await broken('export const port = process.env.PORT')).toEqual([
      'no-restricted-properties',
    ])
    expect(await broken('export const { env } = process')).toEqual(['no-restricted-properties'])
    expect(
      await broken(`import { env } from 'node:process'\nexport const port = env.PORT`),
    ).toEqual(['no-restricted-imports'])
    expect(
      await broken('export const port = process.env.PORT', 'src/bootstrap/sample.mjs'),
    ).toEqual([])
  })

  it('requests to other servers that do not go through src/egress', async () => {
    const text = `export const load = () => fetch('https://example.com')`
    expect(await broken(text)).toEqual(['no-restricted-globals'])
    expect(await broken(text, 'plugins/market/adapters/sample.mjs')).toEqual([
      'no-restricted-globals',
    ])
    expect(await broken(text, 'src/egress/sample.mjs')).toEqual([])
    expect(await broken(text, 'src/admin/sample.mjs')).toEqual([])
    expect(await broken(text.replace('fetch', 'globalThis.fetch'))).toEqual([
      'no-restricted-properties',
    ])
    for (const imported of ['{ request }', '* as request', 'request'])
      expect(
        await broken(`import ${imported} from 'node:http'\nexport const load = request`),
      ).toEqual(['no-restricted-imports'])
    expect(
      await broken(`import { createServer } from 'node:http'\nexport const open = createServer`),
    ).toEqual([])
  })

  it('the console', async () => {
    expect(await broken(`console.log('here')`)).toEqual(['no-console'])
  })

  it.each([
    ['a duration', 'export const f = (began) => performance.now() - began'],
    ['the age of something', 'export const f = (began) => Date.now() - began'],
    ['the time that is left', 'export const f = (end) => end - Date.now()'],
    ['a deadline of its own', 'export const f = (end) => Date.now() > end'],
    ['what a delay of the event loop is', 'export const f = () => monitorEventLoopDelay()'],
    ['the time that a page needs', 'export const f = (page) => page.waitForTimeout(500)'],
  ])('a test that judges by the clock: %s', async (_what, text) => {
    expect(await broken(text, 'test/sample.spec.mjs')).toContain('no-restricted-syntax')
    expect(await broken(text, 'test/support/sample.mjs')).toEqual([])
  })

  it('to be switched off from inside a file', async () => {
    const comment = ['eslint', 'disable'].join('-')
    expect(await broken(`/* ${comment} no-console */\nconsole.log('here')`)).toContain('no-console')
  })
})

describe('the house rules accept', () => {
  it('an instant in a test: what is long past, still to come, or not later than now', async () => {
    const text =
      'export const past = Date.now() - 60_000\nexport const next = Date.now() + 60_000\n' +
      'export const f = (noted) => expect(noted).toBeLessThanOrEqual(Date.now())'
    expect(await broken(text, 'test/sample.spec.mjs')).toEqual([])
  })

  it.each([
    [
      'constants, filled tables, and variables inside functions',
      `const RED = new Set(['a'])\nexport const f = () => {\n  let n = 0\n  n += RED.size\n  ` +
        'return n\n}',
    ],
    [
      'a catch that answers a value',
      'export const f = () => {\n  try {\n    return g()\n  } catch {\n    return undefined\n ' +
        ' }\n}\nconst g = () => 1',
    ],
  ])('%s', async (_what, text) => {
    expect(await broken(text)).toEqual([])
  })
})
