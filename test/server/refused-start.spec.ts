import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findProcessesNaming } from '../support/embedded-machine.ts'
import { type Ended, runToEnd } from '../support/start-to-end.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt refused '))
  await writeFile(path.join(folder, 'file'), '')
})
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }))

/**
 * Log lines and reports of a lost database in the output: a refused or stopped start must have
 * none.
 */
const logLines = ({ stdout }: Ended) =>
  stdout.split('\n').filter((line) => /^\{|unavailable|exited unexpectedly|unhandled/i.test(line))

describe('a start', () => {
  it('that is refused late says why in one line, and logs nothing that is not so', async () => {
    const ended = await runToEnd(folder, 'main', { HOST: '0.0.0.0' })
    expect(ended).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('PostgreSQL') as unknown,
    })
    expect(ended.stderr).toMatch(
      /^HOST is 0\.0\.0\.0, so others can reach Forecourt at every address of this machine, [^\n]*\n$/,
    )
    expect(logLines(ended)).toEqual([])
    expect(await findProcessesNaming(folder)).toEqual([])
  }, 120_000)

  it.each(['is listening on', 'PostgreSQL'])(
    'that is stopped in the middle ends in good order: at "%s"',
    async (moment) => {
      let received = false
      const onText = (text: string, child: ChildProcess) => {
        if (received || !text.includes(moment)) return
        received = true
        setTimeout(() => child.kill('SIGTERM'), moment === 'is listening on' ? 1_500 : 0)
      }
      const ended = await runToEnd(folder, 'main', {}, { onText })
      expect(ended).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/SIGTERM: stopping\.\n[^]*Stopped\.\n$/) as unknown,
      })
      expect(logLines(ended)).toEqual([])
      expect(await findProcessesNaming(folder)).toEqual([])
    },
    120_000,
  )

  it(
    'that cannot listen, run a browser, or write is refused before it opens anything, with a ' +
      'line for each',
    async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as { port: number }
      const wrong = {
        MEDIA_DIR: path.join(folder, 'file'),
        CHROMIUM_PATH: '/nonexistent',
        REDIS_URL: 'redis://127.0.0.1:9',
        PROT: '1',
      }
      const ended = await runToEnd(folder, 'main', { PORT: String(port), ...wrong })
      other.close()
      expect(ended.code).toBe(1)
      expect(ended.stderr.split('\n').map((line) => line.split(' ')[0])).toEqual([
        'MEDIA_DIR',
        'CHROMIUM_PATH',
        'Port',
        'REDIS_URL',
        '',
      ])
      expect(ended.stdout).toMatch(/^Warning: PROT is set, [^\n]*PORT[^\n]*\n$/)
    },
    60_000,
  )

  it('whose folder can never be there ends at once', async () => {
    const { code, stderr } = await runToEnd(folder, 'main', { DATA_DIR: '/proc/nowhere/data' })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^DATA_DIR is "\/proc\/nowhere\/data", but [^\n]*\n$/,
      ) as unknown,
    })
  }, 60_000)

  it('of a worker on a lane that no task runs in is refused in one line', async () => {
    const ended = await runToEnd(folder, 'worker', {}, { words: ['nonsense'] })
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^No task runs in the queue nonsense\.[^\n]*\n$/) as unknown,
    })
    expect(logLines(ended)).toEqual([])
    expect(await findProcessesNaming(folder)).toEqual([])
  }, 120_000)
})
