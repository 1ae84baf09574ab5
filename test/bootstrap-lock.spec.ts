import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { findHolders, tryLock } from '../src/bootstrap/lock.mjs'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'forecourt-lock-'))))
afterEach(() => rm(folder, { recursive: true }))

/** A process that takes the lock and does some work, such as `keep` or an expression. */
const startHolder = (work: string, rounds = 1) =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { appendFileSync } from 'node:fs'
      import { spawn } from 'node:child_process'
      import { setTimeout as pause } from 'node:timers/promises'
      import { withLock } from './src/bootstrap/lock.mjs'
      const [folder, log] = process.argv.slice(1)
      const work = async (register) => { ${work} }
      for (let round = 0; round < ${rounds}; round++)
        await withLock(folder, { doing: 'testing', work })`,
      path.join(folder, 'lock'),
      path.join(folder, 'log'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
const keep = `console.log('held'); await pause(60_000)`

describe('a lock', () => {
  it('is held by one process at a time, however many try at once', async () => {
    const work = `appendFileSync(log, 'in '); await pause(5); appendFileSync(log, 'out ')`
    const holders = Array.from({ length: 6 }, () => startHolder(work, 4))
    await Promise.all(holders.map((holder) => once(holder, 'exit')))
    expect(await readFile(path.join(folder, 'log'), 'utf8')).toBe('in out '.repeat(24))
    expect(await readdir(path.join(folder, 'lock'))).toEqual([])
  })

  it('stays with a process that is suspended, and is free as soon as it is killed', async () => {
    const holder = startHolder(keep)
    await once(holder.stdout, 'data')
    holder.kill('SIGSTOP')
    expect(tryLock(path.join(folder, 'lock'))).toEqual({ holder: holder.pid })
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const lock = tryLock(path.join(folder, 'lock'))
    expect(lock).toHaveProperty('release')
    expect(tryLock(path.join(folder, 'lock'))).toEqual({ holder: process.pid })
  })

  it('is held by a child that outlives its parent', async () => {
    const parent = startHolder(
      `const child = spawn('sleep', ['60']); register(child); console.log(child.pid)
      await pause(60_000)`,
    )
    const [line] = await once(parent.stdout, 'data')
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    expect(findHolders(path.join(folder, 'lock'))).toEqual([Number(line)])
    process.kill(Number(line))
  })

  it('is free if another process now has the ID of its holder', async () => {
    await writeFile(path.join(folder, `${process.pid}-1`), '')
    expect(findHolders(folder)).toEqual([])
    expect(tryLock(folder)).toHaveProperty('release')
  })
})
