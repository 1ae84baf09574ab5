import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Checkout, createCheckout, waitUntil } from './support/repository-checkout.ts'

let checkout: Checkout

beforeEach(() => {
  checkout = createCheckout()
  checkout.write(
    'src/server/main.ts',
    `const greeting: string = 'at your service'\nprocess.stdout.write(greeting + '\\n')`,
  )
  checkout.write('src/commands/import.ts', `process.stdout.write('imported\\n')`)
})
afterEach(() => checkout.delete())

describe('a fresh checkout', () => {
  it('is installed and built, then the command runs', async () => {
    const { code, stdout, stderr } = await checkout.run(['start'])
    expect(stderr).toMatch(
      new RegExp(
        '^Installing the dependencies \\(npm ci\\)…\n.*: done in \\d+ s\\.\n' +
          'Building the server \\(esbuild\\)…\n.*: done in \\d+ s\\.\n' +
          'Building the admin panel \\(next build\\)…\n.*: done in \\d+ s\\.\n$',
      ),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'at your service\n' })
    expect(checkout.lines('builds.log')).toEqual([
      expect.stringMatching(/^\d+ production build src\/admin$/),
    ])
  })

  it('is left alone the second time', async () => {
    await checkout.run(['start'])
    const { code, stderr } = await checkout.run(['start'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(checkout.lines('installs.log')).toHaveLength(1)
    expect(checkout.lines('builds.log')).toHaveLength(1)
    expect(checkout.lines('server-builds.log')).toHaveLength(1)
  })

  it('needs no built panel for a worker', async () => {
    checkout.installByHand()
    checkout.write('src/server/worker.ts', `process.stdout.write('working\\n')`)
    expect((await checkout.run(['worker'])).stdout).toBe('working\n')
    expect(checkout.lines('builds.log')).toEqual([])
  })

  it('needs no built admin for a command that has no screens', async () => {
    checkout.installByHand()
    expect((await checkout.run(['import'])).stdout).toBe('imported\n')
    expect(checkout.lines('builds.log')).toEqual([])
    expect(checkout.lines('server-builds.log')).toEqual([])
  })

  it('is installed although HOME is empty or cannot be written', async () => {
    for (const HOME of ['', '/dev/null/nobody']) {
      checkout.remove('node_modules')
      expect((await checkout.run(['import'], { HOME })).stdout).toBe('imported\n')
      expect(checkout.has('.data/npm-cache')).toBe(true)
    }
  })
})

describe('dependencies', () => {
  it('are installed again when the lockfile changed', async () => {
    await checkout.run(['import'])
    checkout.addDependency('extra')
    await checkout.run(['import'])
    expect(checkout.lines('installs.log')).toHaveLength(2)
    expect(checkout.has('node_modules/extra/package.json')).toBe(true)
  })

  it('are installed again for another Node', async () => {
    await checkout.run(['import'])
    checkout.write(
      'node_modules/.forecourt-stamp',
      checkout.read('node_modules/.forecourt-stamp').replace(/node \d+/, 'node 19'),
    )
    await checkout.run(['import'])
    expect(checkout.lines('installs.log')).toHaveLength(2)
  })

  it('are installed again after an install that was killed', async () => {
    await checkout.run(['import'])
    checkout.addDependency('extra')
    checkout.write('slow', '')
    const killed = checkout.start(['import'])
    await waitUntil(
      () => checkout.lines('installs.log').length === 2,
      'the second install to begin',
    )
    killed.process.kill('SIGTERM')
    expect((await killed.outcome).code).toBe(143)
    expect(checkout.has('node_modules/.forecourt-stamp')).toBe(false)
    checkout.remove('slow')
    expect((await checkout.run(['import'])).code).toBe(0)
    expect(checkout.lines('installs.log')).toHaveLength(3)
  })

  it('that somebody installed by hand are good enough', async () => {
    checkout.installByHand()
    expect((await checkout.run(['import'])).code).toBe(0)
    expect(checkout.lines('installs.log')).toEqual([])
  })

  it('are installed once when two commands begin together', async () => {
    const outcomes = await Promise.all([
      checkout.run(['import']),
      checkout.run(['import']),
      checkout.run(['import']),
    ])
    expect(outcomes.map(({ stdout }) => stdout)).toEqual(['imported\n', 'imported\n', 'imported\n'])
    expect(checkout.lines('installs.log')).toHaveLength(1)
  })

  it('are installed again if the note about them is damaged', async () => {
    checkout.installByHand()
    checkout.write('node_modules/.package-lock.json', '{"packages":')
    expect((await checkout.run(['import'])).stdout).toBe('imported\n')
    expect(checkout.lines('installs.log')).toHaveLength(1)
  })

  it('are not installed from a lockfile with a merge conflict, which is named', async () => {
    checkout.installByHand()
    checkout.write('package-lock.json', '<<<<<<< HEAD')
    const { code, stderr } = await checkout.run(['import'])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^.*package-lock\.json is damaged: .* Resolve the merge conflict .*\n$/,
      ) as unknown,
    })
  })

  it('that cannot be installed stop the command with the reason and the way out', async () => {
    checkout.write('unreachable', '')
    const { code, stdout, stderr } = await checkout.run(['import'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('  | npm error ENETUNREACH\n')
    expect(stderr).toContain('run the same command again')
  })

  it('that cannot be installed give the reason to a silent npm, too', async () => {
    checkout.write('unreachable', '')
    const { stderr } = await checkout.run(['import'], { npm_config_loglevel: 'silent' })
    expect(stderr).toContain('  | npm error ENETUNREACH\n')
  })
})

describe('the built server', () => {
  beforeEach(() => {
    checkout.installByHand()
    checkout.write('src/server/worker.ts', `process.stdout.write('working\\n')`)
  })

  it('is built again when one of its sources changed', async () => {
    await checkout.run(['worker'])
    for (const file of ['src/server/app.ts', 'plugins/market/index.ts', 'payload.config.ts']) {
      checkout.write(file, 'export const changed = true')
      await checkout.run(['worker'])
    }
    expect(checkout.lines('server-builds.log')).toHaveLength(4)
  })

  it('is built again when one of its files is missing or empty', async () => {
    await checkout.run(['worker'])
    checkout.remove('src/server/.build/worker.js')
    expect((await checkout.run(['worker'])).stdout).toBe('working\n')
    checkout.write('src/server/.build/worker.js', '')
    expect((await checkout.run(['worker'])).stdout).toBe('working\n')
    expect(checkout.lines('server-builds.log')).toHaveLength(3)
  })

  it('stays when only a screen, a command or a text changed', async () => {
    await checkout.run(['worker'])
    for (const file of [
      'src/admin/page.tsx',
      'plugins/market/admin/chart.tsx',
      'src/commands/x.ts',
    ])
      checkout.write(file, 'export const changed = true')
    checkout.write('plugins/README.md', 'changed')
    await checkout.run(['worker'])
    expect(checkout.lines('server-builds.log')).toHaveLength(1)
  })
})

describe('the built admin', () => {
  beforeEach(() => checkout.installByHand())

  it('is built again when one of its sources changed', async () => {
    await checkout.run(['build'])
    for (const file of [
      'src/admin/page.tsx',
      'collections/lot/inventory.ts',
      'plugins/market/admin/chart.tsx',
      'payload.config.ts',
    ]) {
      checkout.write(file, 'export const changed = true')
      await checkout.run(['build'])
      checkout.remove(file)
      await checkout.run(['build'])
    }
    expect(checkout.lines('builds.log')).toHaveLength(9)
  })

  it('is built again when one of its files is missing', async () => {
    await checkout.run(['build'])
    checkout.remove('src/admin/.next/BUILD_ID')
    await checkout.run(['build'])
    expect(checkout.lines('builds.log')).toHaveLength(2)
  })

  it('stays when Next has removed a file of its cache', async () => {
    checkout.write('src/admin/.next/cache/page', 'cached')
    await checkout.run(['build'])
    checkout.remove('src/admin/.next/cache')
    await checkout.run(['build'])
    expect(checkout.lines('builds.log')).toHaveLength(1)
  })

  it('stays when only something else changed', async () => {
    await checkout.run(['build'])
    for (const file of [
      'src/server/app.ts',
      'src/commands/admin.ts',
      'plugins/README.md',
      'test/x.spec.ts',
      'src/admin/next-env.d.ts',
    ]) {
      checkout.write(file, 'export const changed = true')
    }
    await checkout.run(['build'])
    expect(checkout.lines('builds.log')).toHaveLength(1)
  })

  it('that was killed halfway does not count as finished', async () => {
    checkout.write('slow', '')
    const killed = checkout.start(['build'])
    await waitUntil(() => checkout.has('src/admin/.next'), 'the build to begin')
    killed.process.kill('SIGTERM')
    expect((await killed.outcome).code).toBe(143)
    checkout.remove('slow')
    expect((await checkout.run(['build'])).code).toBe(0)
    expect(checkout.read('src/admin/.next/BUILD_ID')).toBe('built')
  })

  it('is waited for while a build runs on whose starter was killed', async () => {
    checkout.write('slow', '')
    const killed = checkout.start(['build'])
    await waitUntil(() => checkout.has('src/admin/.next'), 'the build to begin')
    killed.process.kill('SIGKILL')
    const orphan = Number(checkout.lines('builds.log')[0]?.split(' ')[0])
    checkout.remove('slow')
    const second = checkout.start(['build'])
    await second.waitForOutput(`Waiting for process ${orphan}, building the admin panel…`)
    expect(checkout.lines('builds.log')).toHaveLength(1)
    process.kill(orphan)
    expect((await second.outcome).code).toBe(0)
    expect(checkout.lines('builds.log')).toHaveLength(2)
  })

  it('that fails stops the command with the end of its log and the way out', async () => {
    checkout.write('broken', '')
    const { code, stdout, stderr } = await checkout.run(['start'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('  | Type error in lot.tsx\n')
    expect(stderr).toContain('npm run check -- tsc')
    expect(checkout.read('.data/logs/admin-build.log')).toBe('Type error in lot.tsx\n')
  })
})
