import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { commands } from '../../src/bootstrap/commands.mjs'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { migrations } from '../../src/database/migrations/index.ts'
import { startCommand } from '../support/command.ts'
import { withClient } from '../support/databases.ts'
import {
  type FailingCall,
  type Databases,
  FUTURE,
  buildDatabaseSettings,
  WRONG_CALLS,
  listDatabaseCalls,
} from '../support/failing-calls.ts'
import { createEmptyDatabase, createMigratedDatabase } from '../support/http-database.ts'

/** What the bootstrap says while it builds the panel, where that is not the newest. */
const PROGRESS = /^(Building the admin panel|Process \d+ is building).*\n/gm
/** How many run at the same moment. */
const LANES = 4

let folder: string
let databases: Databases
const heard = new Map<FailingCall, { code: number | null; stdout: string; stderr: string }>()

const at = (name: string) => path.join(folder, name)
async function run(call: FailingCall): Promise<void> {
  const { name, words = [], environment = {} } = call
  const child = startCommand(name, words, {
    DATA_DIR: at('data'),
    MEDIA_DIR: at('media'),
    ...environment,
  })
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  heard.set(call, { code, stdout, stderr: stderr.replace(PROGRESS, '') })
}

const calls: FailingCall[] = [...WRONG_CALLS]
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-failures-'))
  await writeFile(at('file'), '')
  await mkdir(at('data'))
  databases = {
    migrated: await createMigratedDatabase(),
    newer: await createMigratedDatabase(),
    empty: await createEmptyDatabase(),
    foreign: await createEmptyDatabase(),
  }
  await withClient(databases.newer.ownerUrl, (client) =>
    client.query('insert into payload_migrations (name, batch) values ($1, 99)', [FUTURE]),
  )
  await withClient(databases.foreign.ownerUrl, (client) =>
    client.query('create table users (id int)'),
  )
  calls.push(...listDatabaseCalls(databases, at('file'), await findFreePort()))
  const waiting = [...calls]
  const lane = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) await run(call)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}, 240_000)
afterAll(async () => {
  for (const database of Object.values(databases)) await database.drop()
  await rm(folder, { recursive: true })
})

describe('a command that cannot work', () => {
  it('ends with exit code 1, one plain line on stderr, no stack and no secret', () => {
    const unexpected = calls.flatMap((call) => {
      const { code, stderr } = heard.get(call) ?? { code: null, stderr: '' }
      const plain =
        code === 1 &&
        /^[^\n]+\.\n$/.test(stderr) &&
        !/ {2,}at |unexpected|hunter2|undefined|\.\./.test(stderr)
      return plain && call.says.test(stderr.trimEnd())
        ? []
        : [{ name: call.name, words: call.words, says: call.says, ...heard.get(call) }]
    })
    expect(unexpected).toEqual([])
  })

  it('says nothing else that is not so', () => {
    const out = calls.map((call) => heard.get(call)?.stdout ?? '').join('')
    expect(out).not.toMatch(/away|unavailable|"level":(40|50|60)/)
  })

  it('is every command that this table can try', () => {
    const tried = new Set(calls.map(({ name }) => name))
    const others = ['dev', 'build', 'test', 'check'] // test/bootstrap-commands.spec.ts
    expect([...tried, ...others].sort()).toEqual(Object.keys(commands).sort())
  })
})

describe('a command with a wrong setting', () => {
  it('also warns of a variable that is almost one, which may be the reason', async () => {
    const environment = {
      DATABSE_URL: 'hunter2',
      DATABASE_OWNER_URL: 'postgres://o:hunter2@db/lot',
    }
    const call: FailingCall = { name: 'migrate', environment, says: /^$/ }
    await run(call)
    const { code, stderr = '' } = heard.get(call) ?? { code: null }
    expect({
      code,
      lines: stderr.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')),
    }).toEqual({
      code: 1,
      lines: ['Warning: DATABSE_URL', 'DATABASE_OWNER_URL is', ''],
    })
    expect(stderr).not.toContain('hunter2')
  }, 60_000)
})

describe('npm run migrate -- status', () => {
  it(
    'lists the migrations that this version does not know, and warns of a variable that is ' +
      'almost a setting',
    async () => {
      const environment = { ...buildDatabaseSettings(databases.newer), DATABSE_URL: 'hunter2' }
      const call: FailingCall = { name: 'migrate', words: ['status'], environment, says: /^$/ }
      await run(call)
      const { code, stdout, stderr } = heard.get(call) ?? { code: null, stdout: '', stderr: '' }
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(/^Warning: DATABSE_URL .*DATABASE_URL.*\n$/) as unknown,
      })
      expect(stdout).toContain(`applied  ${migrations[0]?.name}\n`)
      expect(stdout).toMatch(
        new RegExp(
          `unknown  ${FUTURE}\\nThis version of Forecourt does not recognize one of them.*` +
            'restore a backup\\.\\n$',
        ),
      )
      expect(stderr).not.toContain('hunter2')
    },
    60_000,
  )
})
