import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { lockNode, ON_NODE_20, packNode } from './support/node-package.ts'
import { type Checkout, createCheckout } from './support/repository-checkout.ts'

let checkout: Checkout
let tarball: string

beforeEach(() => {
  checkout = createCheckout()
  checkout.installByHand()
  tarball = packNode(checkout, '24.99.1')
  checkout.write('src/commands/import.ts', REPORTS)
})
afterEach(() => checkout.delete())

const REPORTS = `
  import { execFileSync } from 'node:child_process'
  const byName: string = execFileSync('node', ['-p', 'process.env.PACKED_NODE']).toString().trim()
  const args = process.argv.slice(2)
  process.stdout.write(JSON.stringify({ args, byName, packed: process.env.PACKED_NODE }))
  process.exitCode = 7
`
const LIVES_UNTIL_REPORTED = `
  let signals: string[] = []
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signals.push(signal))
  setInterval(() => { if (signals.length > 0) setTimeout(() => { process.stdout.write(signals.join()
    + '\\n'); process.exit(3) }, 300) }, 10)
  process.stdout.write('up\\n')
`
const INSTALLED = /^Installing Node 24\.99\.1 \(npm ci\)…\n.*: done in \d+ s\.\n$/

const runImport = (env: Record<string, string> = {}) =>
  checkout.run(['import', '--from', 'a folder'], { ...ON_NODE_20, ...env })

describe('an older Node', () => {
  it('installs the locked one, and the command and what it calls by name run on that', async () => {
    const { code, stdout, stderr } = await runImport()
    expect(stderr).toMatch(INSTALLED)
    expect({ code, printed: JSON.parse(stdout) as unknown }).toEqual({
      code: 7,
      printed: { args: ['--from', 'a folder'], byName: '24.99.1', packed: '24.99.1' },
    })
  })

  it('installs nothing the second time, and needs no registry', async () => {
    await runImport()
    checkout.remove(tarball)
    const { code, stderr } = await runImport({ npm_config_offline: 'true' })
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' })
  })

  it('installs it although HOME is empty or cannot be written', async () => {
    for (const HOME of ['', '/dev/null/nobody']) {
      checkout.remove('.data')
      expect((await runImport({ HOME })).stderr).toMatch(INSTALLED)
    }
  })

  it('installs the dependencies with the new one', async () => {
    checkout.remove('node_modules')
    expect((await runImport()).code).toBe(7)
    const { node } = process.versions
    expect(checkout.read('node_modules/.forecourt-stamp')).toContain(`node ${node.split('.')[0]} `)
  })

  it('leaves npm the configuration of the machine, also if npm did not start the command', async () => {
    checkout.write(
      'src/commands/import.ts',
      `process.stdout.write(String(process.env.npm_config_globalconfig))`,
    )
    const { stdout } = await runImport()
    expect(stdout).toBe(path.resolve(process.execPath, '../../etc/npmrc'))
    const set = await runImport({ npm_config_globalconfig: '/etc/npmrc' })
    expect(set.stdout).toBe('/etc/npmrc')
  })

  it('installs another one when the lockfile names another', async () => {
    await runImport()
    packNode(checkout, '24.99.2')
    expect(JSON.parse((await runImport()).stdout)).toMatchObject({ packed: '24.99.2' })
  })

  it('installs it once when two commands begin together, and again after a broken install', async () => {
    const outcomes = await Promise.all([runImport(), runImport(), runImport()])
    expect(outcomes.map(({ code }) => code)).toEqual([7, 7, 7])
    const installs = outcomes.filter(({ stderr }) => INSTALLED.test(stderr))
    expect(installs).toHaveLength(1)
    checkout.remove('.data/node/node_modules/.package-lock.json')
    expect((await runImport()).stderr).toMatch(INSTALLED)
  })

  it('installs it again if its program or the note about it is damaged', async () => {
    await runImport()
    for (const file of ['.package-lock.json', `node-${process.platform}-${process.arch}/bin/node`])
      for (const text of ['', '{']) {
        checkout.write(`.data/node/node_modules/${file}`, text)
        const { code, stderr } = await runImport()
        expect({ file, text, code, stderr }).toEqual({
          file,
          text,
          code: 7,
          stderr: expect.stringMatching(INSTALLED) as unknown,
        })
      }
  })

  it('says so if the installed one cannot run on this machine', async () => {
    packNode(checkout, '24.99.1', `#!/bin/sh\necho 'GLIBC_2.28 not found' >&2\nexit 1\n`)
    const { code, stderr } = await runImport()
    expect(code).toBe(1)
    expect(stderr).toContain('cannot run on this machine: GLIBC_2.28 not found. Install Node 24')
  })

  it('names a program that is missing', async () => {
    const { code, stderr } = await runImport({ PATH: '/nowhere' })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(
        'npm was not found. Install it, or add its folder',
      ) as unknown,
    })
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('hands %s on once', async (signal) => {
    checkout.write('src/commands/import.ts', LIVES_UNTIL_REPORTED)
    const running = checkout.start(['import'], ON_NODE_20)
    await running.waitForOutput('up')
    running.process.kill(signal)
    await new Promise((resolve) => setTimeout(resolve, 50))
    running.process.kill(signal)
    expect(await running.outcome).toMatchObject({ code: 3, stdout: `up\n${signal}\n` })
  })

  it('stops with the reason and the way out when the package is not what was locked', async () => {
    const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`
    lockNode(checkout, { integrity })
    const { code, stdout, stderr } = await runImport()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('EINTEGRITY')
    expect(stderr).toMatch(/install Node 24 yourself \(`nvm install` reads \.nvmrc\)\.\n$/)
  })

  it('says so in one line where npm has no Node for the platform', async () => {
    lockNode(checkout, { cpu: 'a future one' })
    const { code, stdout, stderr } = await runImport()
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `Forecourt runs on Node 24; this is Node 20.20.2, and npm has no Node 24 for ` +
        `${process.platform} ${process.arch}. Install it yourself (\`nvm install\` reads ` +
        '.nvmrc) and run the command again.\n',
    })
  })

  it('answers a call that cannot work before anything is installed', async () => {
    expect((await checkout.run(['build', 'now'], ON_NODE_20)).code).toBe(1)
    expect(checkout.has('.data/node')).toBe(false)
  })
})

describe('a current Node', () => {
  it('runs the command itself and installs no other', async () => {
    const { code, stdout, stderr } = await checkout.run(['import'])
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' })
    expect(JSON.parse(stdout)).not.toHaveProperty('packed')
    expect(checkout.has('.data/node')).toBe(false)
  })
})
