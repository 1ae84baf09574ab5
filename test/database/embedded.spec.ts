import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findRunningEmbedded } from '../../src/database/embedded.ts'
import { isAlive } from '../../src/database/embedded/processes.ts'
import {
  queryDatabase,
  eventually,
  openMachine,
  findProcessesNaming,
} from '../support/embedded-machine.ts'

jest.setTimeout(600_000)

describe('the embedded PostgreSQL', () => {
  const here = openMachine()
  afterEach(() => here.clear())

  async function pidOf(dataDir: string): Promise<number> {
    return Number(
      (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
    )
  }

  it(
    'makes a UTF8 database on loopback only, also where LANG is C, for a role that is no ' +
      'superuser and owns nothing',
    async () => {
      const dataDir = join(await here.folder(), 'data')
      const { url, adopted } = await here.startProduct(dataDir)
      const [facts] = await queryDatabase(
        url,
        `select current_database() as database, current_setting('server_encoding') as encoding,
        datlocale, rolsuper, rolname, upper('žluťoučký') as upper,
        current_setting('fsync') as fsync, pg_get_userbyid(datdba) as owner
          from pg_database, pg_roles where datname = current_database() and rolname = current_user`,
      )
      expect(adopted).toBe(false)
      expect(facts).toEqual({
        database: 'forecourt',
        encoding: 'UTF8',
        datlocale: 'C.UTF-8',
        rolsuper: false,
        rolname: 'forecourt',
        upper: 'ŽLUŤOUČKÝ',
        fsync: 'on',
        owner: 'forecourt_owner',
      })
      const { hostname, port } = new URL(url)
      const [socketFolder, address] = (
        await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
      )
        .split('\n')
        .slice(4)
      expect({ hostname, socketFolder, address }).toEqual({
        hostname: '127.0.0.1',
        socketFolder: '',
        address: '127.0.0.1',
      })
      expect(port).not.toBe('5432')
    },
  )

  it('keeps its secrets to itself: modes 0600 and 0700, and a wrong password is refused', async () => {
    const dataDir = join(await here.folder(), 'data')
    const { url } = await here.start(dataDir)
    const mode = async (name: string) =>
      ((await stat(join(dataDir, name))).mode & 0o777).toString(8)
    expect([
      await mode('postgres.pgpass'),
      await mode('postgres.log'),
      await mode('postgres'),
    ]).toEqual(['600', '600', '700'])
    expect(await mode('.')).toBe('700')
    const wrong = new URL(url)
    wrong.password = 'wrong'
    await expect(queryDatabase(wrong.href, 'select 1')).rejects.toThrow(
      'password authentication failed',
    )
  })

  it('keeps its data over a stop, leaves no process behind, and may be stopped twice', async () => {
    const dataDir = join(await here.folder(), 'data')
    const first = await here.start(dataDir)
    await queryDatabase(
      first.ownerUrl,
      "create table car (vin text); insert into car values ('1HGCM82633A004352')",
    )
    await Promise.all([first.stop(), first.stop()])
    expect(await findProcessesNaming(dataDir)).toEqual([])
    const second = await here.start(dataDir)
    expect(second.adopted).toBe(false)
    expect(await queryDatabase(second.ownerUrl, 'select vin from car')).toEqual([
      { vin: '1HGCM82633A004352' },
    ])
  })

  it(
    'adopts the server of a killed product, with every row that was acknowledged, and stops it ' +
      'too',
    async () => {
      const dataDir = join(await here.folder(), 'data')
      const killed = await here.startProduct(dataDir)
      await queryDatabase(killed.ownerUrl, 'create table car (number int)')
      for (let number = 1; number <= 50; number++)
        await queryDatabase(killed.ownerUrl, `insert into car values (${number})`)
      const server = await pidOf(dataDir)
      await killed.end('SIGKILL')
      const next = await here.start(dataDir)
      expect(next).toMatchObject({ adopted: true, url: killed.url })
      expect(await pidOf(dataDir)).toBe(server)
      expect(await queryDatabase(next.ownerUrl, 'select count(*)::int as cars from car')).toEqual([
        { cars: 50 },
      ])
      await next.stop()
      expect(isAlive(server)).toBe(false)
      expect(await findProcessesNaming(dataDir)).toEqual([])
    },
  )

  it('is not ended by a Ctrl-C that reaches the whole process group of the product', async () => {
    const dataDir = join(await here.folder(), 'data')
    const product = await here.startProduct(dataDir)
    const server = await pidOf(dataDir)
    const [, , group, session] =
      (await readFile(`/proc/${server}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
    // a terminal's Ctrl-C goes to a process group
    expect([group, session]).toEqual([String(server), String(server)])
    product.interrupt()
    expect(await queryDatabase(product.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
    await product.end('SIGTERM')
    expect(isAlive(server)).toBe(false)
  })

  it('starts over a pid file whose process is dead, or is another program of the same user now', async () => {
    const dataDir = join(await here.folder(), 'data')
    await (await here.start(dataDir)).stop()
    const cluster = join(dataDir, 'postgres')
    const { uid, gid } = await stat(cluster)
    const stranger = spawn('sleep', ['300'], process.geteuid?.() === 0 ? { uid, gid } : {})
    const dead = spawn('true')
    await once(dead, 'exit')
    for (const pid of [dead.pid, stranger.pid]) {
      await writeFile(
        join(cluster, 'postmaster.pid'),
        `${pid}\n${cluster}\n1700000000\n54321\n\n127.0.0.1\n`,
      )
      const postgres = await here.start(dataDir)
      expect(postgres.adopted).toBe(false)
      expect(await queryDatabase(postgres.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
      await postgres.stop()
    }
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
    stranger.kill()
    await writeFile(join(cluster, 'postmaster.pid'), '')
    expect(await queryDatabase((await here.start(dataDir)).url, 'select 2 as answer')).toEqual([
      { answer: 2 },
    ])
  })

  it('refuses a second product on the same data directory, naming the process that has it', async () => {
    const dataDir = join(await here.folder(), 'data')
    const first = await here.startProduct(dataDir)
    await expect(here.start(dataDir)).rejects.toThrow(
      `${dataDir} is in use by process ${first.pid}`,
    )
    expect(await queryDatabase(first.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
  })

  it(
    'tells a command beside a running product where that product’s database is, and nothing ' +
      'otherwise',
    async () => {
      const dataDir = join(await here.folder(), 'data')
      expect(await findRunningEmbedded({ dataDir })).toBeNull()
      const product = await here.startProduct(dataDir)
      const { url, ownerUrl } = product
      expect(await findRunningEmbedded({ dataDir })).toEqual({ url, ownerUrl })
      await product.end('SIGKILL')
      expect(await findRunningEmbedded({ dataDir })).toBeNull()
      expect(await findProcessesNaming(dataDir)).toHaveLength(1)
      await (await here.start(dataDir)).stop()
      expect(await findRunningEmbedded({ dataDir })).toBeNull()
    },
  )

  it('lets one of several products that start at once have a new data directory', async () => {
    const dataDir = join(await here.folder(), 'data')
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => here.start(dataDir)))
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [String(outcome.reason)] : [],
    )
    expect(refusals).toHaveLength(3)
    for (const refusal of refusals) expect(refusal).toContain(`in use by process ${process.pid}`)
    expect(await findProcessesNaming(dataDir)).toHaveLength(1)
  })

  it('takes over the lock of a process that has ended, also when a living one has its number', async () => {
    const dataDir = join(await here.folder(), 'data')
    await (await here.start(dataDir)).stop()
    // this process was not born at tick 1
    await writeFile(join(dataDir, 'locks', 'postgres', `${process.pid}-1`), '')
    const postgres = await here.start(dataDir)
    expect(await queryDatabase(postgres.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
  })

  it('is started again on the same port when it dies', async () => {
    const dataDir = join(await here.folder(), 'data')
    const postgres = await here.start(dataDir)
    await queryDatabase(
      postgres.ownerUrl,
      'create table car (number int); insert into car values (7)',
    )
    for (const _ of [1, 2]) {
      const server = await pidOf(dataDir)
      process.kill(server, 'SIGKILL')
      await eventually(async () => expect(await pidOf(dataDir)).not.toBe(server))
      expect(
        await eventually(() => queryDatabase(postgres.ownerUrl, 'select number from car')),
      ).toEqual([{ number: 7 }])
    }
    expect(here.said.filter((line) => line.includes('exited unexpectedly'))).toHaveLength(2)
    process.kill(await pidOf(dataDir), 'SIGKILL')
    await postgres.stop()
    expect(await findProcessesNaming(dataDir)).toEqual([])
  })
})
