import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Checkout, createCheckout } from './support/repository-checkout.ts'

let checkout: Checkout

beforeEach(() => {
  checkout = createCheckout()
  checkout.installByHand()
})
afterEach(() => checkout.delete())

const REPORTS = `
  const { NODE_ENV, TZ } = process.env
  process.stdout.write(JSON.stringify({ args: process.argv.slice(2), NODE_ENV, TZ }) + '\\n')
  process.exitCode = 7
`
const LIVES_UNTIL_REPORTED = `
  let signals: string[] = []
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signals.push(signal))
  setInterval(() => { if (signals.length > 0) setTimeout(() => { process.stdout.write(signals.join()
    + '\\n'); process.exit(3) }, 300) }, 10)
  process.stdout.write('up ' + process.argv.slice(2).join() + '\\n')
`

describe('a command', () => {
  it('gets the caller’s arguments, and its exit code is the caller’s', async () => {
    checkout.write('src/commands/import.ts', REPORTS)
    const { code, stdout } = await checkout.run(['import', '--from', 'a folder'])
    expect({ code, told: JSON.parse(stdout) as unknown }).toEqual({
      code: 7,
      told: { args: ['--from', 'a folder'], TZ: 'UTC' },
    })
  })

  it('brings an environment of its own where the caller’s is silent, and the clock is always UTC', async () => {
    checkout.write('src/server/main.ts', REPORTS)
    expect((await checkout.run(['start'])).stdout).toContain('"NODE_ENV":"production"')
    expect(
      (await checkout.run(['start'], { NODE_ENV: 'staging', TZ: 'Europe/Berlin' })).stdout,
    ).toContain('"NODE_ENV":"staging","TZ":"UTC"')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is told %s once, however often we are, and ends in its own time',
    async (signal) => {
      checkout.write('src/commands/import.ts', LIVES_UNTIL_REPORTED)
      const running = checkout.start(['import'])
      await running.waitForOutput('up ')
      running.process.kill(signal)
      await new Promise((resolve) => setTimeout(resolve, 50))
      running.process.kill(signal)
      expect(await running.outcome).toMatchObject({ code: 3, stdout: `up \n${signal}\n` })
    },
  )

  it('that dies of a signal gives the shell’s code for it', async () => {
    checkout.write('src/commands/import.ts', `process.kill(process.pid, 'SIGKILL')`)
    expect((await checkout.run(['import'])).code).toBe(137)
  })

  it('that does not exist is answered with those that do', async () => {
    const { code, stderr } = await checkout.run(['strat'])
    expect(code).toBe(1)
    expect(stderr).toContain('There is no command strat.')
    expect(stderr).toContain('  start ')
    expect((await checkout.run(['st\nrat\u202e'])).stderr).toContain(
      'There is no command st\\u000arat\\u202e. The',
    )
  })

  it('is refused by an older Node in a sentence', async () => {
    const older = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.4'}})`
    const { code, stderr } = await checkout.run(['start'], {
      NODE_OPTIONS: `--import=data:text/javascript,${older}`,
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^Forecourt needs Node 20\.20 or newer; this is Node 20\.19\.4\. Install/,
    )
  })
})

describe('a call that cannot work', () => {
  it.each([
    [['build', 'now'], 'npm run build does not accept "now". Usage: npm run build.'],
    [
      ['check', '--no-test'],
      'npm run check has no option --no-test. Usage: npm run check, or npm run check -- ' +
        '--no-tests,',
    ],
    [['check', 'eslint', 'lint'], 'npm run check has no step "lint". The steps are prettier, '],
    [
      ['test', 'test/nowhere.spec.ts'],
      'No spec has test/nowhere.spec.ts in its path. Specify a file or folder in test/',
    ],
  ])('%j is refused in one line', async (args, says) => {
    const { code, stderr } = await checkout.run(args)
    expect({ code, lines: stderr.split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining(says), ''],
    })
  })

  it('is refused where a file is in the place of .data, or a file of the checkout is missing', async () => {
    checkout.remove('.data')
    checkout.remove('node_modules')
    checkout.write('.data', 'a file')
    const taken = await checkout.run(['import'])
    expect(taken).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^npm run import could not start: [^\n]*\.data[^\n]*\.\n$/,
      ) as unknown,
    })
    checkout.remove('src/bootstrap/tasks.mjs')
    const broken = await checkout.run(['import'])
    expect(broken).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^Some Forecourt files are missing: [^\n]*tasks[^\n]*\.\n$/,
      ) as unknown,
    })
  })
})

describe('dev', () => {
  it('starts the server again when a source changed, and ends when it is told to', async () => {
    checkout.write('src/server/main.ts', `import '../domain/vin.ts'\n${LIVES_UNTIL_REPORTED}`)
    checkout.write('src/domain/vin.ts', `process.stdout.write('first\\n')`)
    const running = checkout.start(['dev'])
    await running.waitForOutput('first\nup --dev\n')
    checkout.write('src/domain/vin.ts', `process.stdout.write('second\\n')`)
    await running.waitForOutput('second\nup --dev\n')
    running.process.kill('SIGTERM')
    const { code, stdout, stderr } = await running.outcome
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: 'first\nup --dev\nSIGTERM\nsecond\nup --dev\nSIGTERM\n',
    })
    expect(stderr).toBe('src/domain/vin.ts changed: restarting.\n')
  })

  it('waits for the next change after a crash, and sees files in new folders', async () => {
    checkout.write('src/server/main.ts', `throw new Error('a slip')`)
    const running = checkout.start(['dev'])
    await running.waitForOutput(
      'The program exited with code 1. It restarts when a source file changes.',
    )
    checkout.write('plugins/market/index.ts', 'export const market = 1')
    await running.waitForOutput('a slip')
    checkout.write('src/server/main.ts', LIVES_UNTIL_REPORTED)
    await running.waitForOutput('up ')
    running.process.kill('SIGTERM')
    expect((await running.outcome).code).toBe(3)
  })
})

describe('test', () => {
  it('closes with the real counts, a file that cannot run among the failures', async () => {
    checkout.writeSpec(
      'good',
      `it('adds', () => expect(1 + 1).toBe(2)); xit('rests', () => undefined)`.replace(
        'xit',
        'it[`skip`]',
      ),
    )
    checkout.writeSpec('bad', `it('errs', () => expect(1).toBe(2))`)
    checkout.writeSpec('broken', `import './nowhere.mjs'`)
    const { code, stdout } = await checkout.run(['test'])
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 1,
      last: '1 passed, 2 failed, 1 skipped',
    })
  })

  it('runs only the files that are named', async () => {
    for (const name of ['one', 'two'])
      checkout.writeSpec(name, `it('is', () => expect('${name}').toBeTruthy())`)
    const { code, stdout } = await checkout.run(['test', 'test/two.mjs'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 passed, 0 failed\n' })
  })
})

describe('check', () => {
  it('stops at the first step that is not in order, and names it', async () => {
    checkout.write('eslint.finds-fault', '')
    const { code, stderr } = await checkout.run(['check'])
    expect(code).toBe(2)
    expect(checkout.lines('gate.log')).toEqual(['prettier', 'tsc', 'eslint'])
    expect(stderr).toMatch(/eslint: failed \(exit code 2, \d+ s\)/)
  })

  it('goes through all steps, or only those that are named', async () => {
    expect((await checkout.run(['check', '--no-tests'])).code).toBe(0)
    expect((await checkout.run(['check', 'knip'])).code).toBe(0)
    expect(checkout.lines('gate.log')).toEqual([
      'prettier',
      'tsc',
      'eslint',
      'depcruise',
      'knip',
      'figures',
      'knip',
    ])
  })
})
