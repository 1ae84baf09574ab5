import { chmodSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Checkout, createCheckout } from './support/repository-checkout.ts'

let checkout: Checkout

beforeEach(() => {
  checkout = createCheckout()
  checkout.installByHand()
  for (const peer of [
    'chromium',
    'redis-server',
    'vsftpd',
    'sshd',
    'clamd',
    'xmllint',
    'openssl',
  ]) {
    checkout.write(`bin/${peer}`, '#!/bin/sh\n')
    chmodSync(path.join(checkout.root, 'bin', peer), 0o755)
  }
  checkout.writeSpec('good', `it('adds', () => expect(1 + 1).toBe(2))`)
})
afterEach(() => checkout.delete())

async function run() {
  const { code, stdout, stderr } = await checkout.startProgram(['.ci/run']).outcome
  return { code, last: stdout.trimEnd().split('\n').at(-1), stderr }
}

describe('.ci/run', () => {
  it('ends well with the counts when the checks and the tests are in order', async () => {
    expect(await run()).toMatchObject({ code: 0, last: '1 passed, 0 failed' })
    expect(checkout.lines('gate.log')).toEqual([
      'prettier',
      'tsc',
      'eslint',
      'depcruise',
      'knip',
      'figures',
    ])
  })

  it('fails, with the counts, when a test fails', async () => {
    checkout.writeSpec('bad', `it('errs', () => expect(1).toBe(2))`)
    expect(await run()).toMatchObject({ code: 1, last: '1 passed, 1 failed' })
  })

  it('fails, with the counts, when only a check is not in order', async () => {
    checkout.write('tsc.finds-fault', '')
    expect(await run()).toMatchObject({
      code: 2,
      last: '1 passed, 0 failed',
      stderr: expect.stringContaining('tsc: failed'),
    })
  })

  it('names and ends what a test leaves running', async () => {
    const leaves =
      `spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000) // straggler'], { detached: ` +
      `true, stdio: 'ignore' })`
    checkout.writeSpec(
      'messy',
      `import { spawn } from 'node:child_process'\nimport { writeFileSync } from 'node:fs'
      it('leaves', () => { const child = ${leaves}; child.unref(); writeFileSync('pid',
        String(child.pid)) })`,
    )
    const { code, last, stderr } = await run()
    expect({ code, last }).toEqual({ code: 0, last: '2 passed, 0 failed' })
    expect(stderr).toMatch(/^left behind: .*straggler/m)
    expect(() => process.kill(Number(checkout.read('pid')), 0)).toThrow('ESRCH')
  })
})
