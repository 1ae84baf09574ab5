import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { createFolder, findFolderProblems } from '../../src/folders.ts'
import { findGeneratedAdmin } from '../../src/server/first-admin.ts'
import { loadOrCreateSecret } from '../../src/auth/sessions/stored-secret.ts'
import { refuseWrongSettings } from '../../src/server/start/check-settings.ts'
import {
  findHostProblem,
  findListenProblem,
  isReachableByOthers,
} from '../../src/server/start/listen-problem.ts'
import { findRedisProblem } from '../../src/server/start/redis-problem.ts'
import { findUnreachable } from '../../src/server/start/unreachable.ts'
import { findRedis, openRedis } from '../support/redis-peer.ts'
import { testSettings } from '../support/settings.ts'

let folder: string
let silent: Server
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-checks-'))
  await writeFile(path.join(folder, 'file'), '')
  silent = createServer((socket) => socket.on('error', () => undefined).resume()).listen(
    0,
    '127.0.0.1',
  )
  await once(silent, 'listening')
})
afterAll(async () => {
  silent.close()
  await rm(folder, { recursive: true })
})

const at = (...names: string[]) => path.join(folder, ...names)
const taken = () => (silent.address() as AddressInfo).port

describe('a folder of the settings', () => {
  const problems = (dataDir: string, mediaDir = at('media')) =>
    findFolderProblems({ DATA_DIR: dataDir, MEDIA_DIR: mediaDir }, { writes: true })

  it('is created with those above it, and nothing stays in it', async () => {
    expect(problems(at('new', 'data'))).toEqual([])
    expect(await readdir(at('new', 'data'))).toEqual([])
  })

  it.each(['file', 'file/below'])('is refused where it is a file, or behind one: %s', (name) => {
    for (const writes of [true, false])
      expect(findFolderProblems({ DATA_DIR: at(name), MEDIA_DIR: at(name) }, { writes })).toEqual(
        ['DATA_DIR', 'MEDIA_DIR'].map((setting) =>
          expect.stringMatching(
            new RegExp(
              `^${setting} is ".*", but that folder cannot be used: it is a file, ` +
                `.*${setting}=\\S+\\.$`,
            ),
          ),
        ),
      )
  })

  it.each(['/proc/nowhere/data', '/dev/null/data', '/sys/data'])(
    'is refused at once where none can be: %s',
    (name) => {
      expect(problems(name)).toEqual([
        expect.stringMatching(/^DATA_DIR is ".*", but that folder cannot be used: .*\.$/),
      ])
    },
  )

  it('is refused behind a link that leads nowhere', async () => {
    await symlink(at('gone'), at('link'))
    expect(problems(at('link', 'data'))).toHaveLength(1)
    expect(() => createFolder(at('link', 'data'))).toThrow()
  })

  it('without writing is only looked at', async () => {
    expect(
      findFolderProblems(
        { DATA_DIR: at('other', 'data'), MEDIA_DIR: at('other') },
        { writes: false },
      ),
    ).toEqual([])
    expect(await readdir(folder)).not.toContain('other')
  })
})

describe('the secret in DATA_DIR', () => {
  const secret = (DATA_DIR: string) => loadOrCreateSecret({ DATA_DIR } as never)

  it('is created once, and refused with the way out where it is damaged', async () => {
    const first = secret(at('signed'))
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(secret(at('signed'))).toBe(first)
    for (const text of ['', 'short']) {
      await writeFile(at('signed', 'secret'), text)
      expect(() => secret(at('signed'))).toThrow(
        /secret, cannot be used: it has fewer than 32 characters\. Restore it/,
      )
    }
    await rm(at('signed', 'secret'))
    await mkdir(at('signed', 'secret'))
    expect(() => secret(at('signed'))).toThrow(
      /secret, cannot be used: it is a folder, not a file \(EISDIR\)\. Restore it/,
    )
  })
})

describe('the note about a generated password', () => {
  it.each(['', '{', '[]', '{"email":1}'])(
    'is named with the way out where it is damaged: %j',
    async (text) => {
      await mkdir(at('noted'), { recursive: true })
      await writeFile(at('noted', 'generated-password.json'), text)
      await expect(
        findGeneratedAdmin({} as never, { DATA_DIR: at('noted') } as never),
      ).rejects.toThrow(
        /generated-password\.json, which records .* cannot be read\. .*reset-password EMAIL, then remove the file\.$/,
      )
    },
  )
})

describe('where the product listens', () => {
  const problem = (HOST: string, PORT: number) => findListenProblem({ HOST, PORT })

  it.each(['127.0.0.1', 'localhost', '0.0.0.0'])(
    'may be %s, whose port is free again afterwards',
    async (HOST) => {
      const PORT = await findFreePort()
      expect(await problem(HOST, PORT)).toBeNull()
      expect(await problem(HOST, PORT)).toBeNull()
    },
  )

  it('is named with the way out where the port is taken, or the host is not one of this machine', async () => {
    const PORT = taken()
    expect(await problem('127.0.0.1', PORT)).toBe(
      `Port ${PORT} is already in use. Stop the program that uses it, or start on another port: ` +
        `PORT=${PORT === 65_535 ? PORT - 1 : PORT + 1} npm start.`,
    )
    expect(await problem('192.0.2.1', 3000)).toMatch(
      /^HOST is "192\.0\.2\.1", which is not an address of this machine\. .*127/,
    )
    expect(await problem('not_a_host', 3000)).toMatch(
      /^HOST is "not_a_host", which this machine cannot listen on: .*127\.0\.0\.1/,
    )
    expect(await findHostProblem('METRICS_HOST', 'not_a_host')).toMatch(
      /^METRICS_HOST is "not_a_host", which this machine cannot listen on: /,
    )
    expect(await findHostProblem('METRICS_HOST', 'localhost')).toBeNull()
    for (const host of ['192.0.2.1', '0x10'])
      expect(await findHostProblem('METRICS_HOST', host)).toMatch(
        /^METRICS_HOST is ".*", which is not an address of this machine\. /,
      )
  })

  it.each([
    ['127.0.0.1', false],
    ['127.8.8.8', false],
    ['::1', false],
    ['0:0:0:0:0:0:0:1', false],
    ['::ffff:127.0.0.1', false],
    ['localhost', false],
    ['LOCALHOST', false],
    ['0.0.0.0', true],
    ['::', true],
    ['192.168.1.20', true],
    ['10.0.0.1', true],
    ['fe80::1', true],
  ])('%s can be reached by others: %s', async (host, reachable) => {
    expect(await isReachableByOthers(host)).toBe(reachable)
  })
})

describe('a Redis', () => {
  it('that nothing answers for is refused within seconds, without its password', async () => {
    const text = await findRedisProblem('redis://user:hunter2@127.0.0.1:9/0')
    expect(text).toMatch(
      /^REDIS_URL points to 127\.0\.0\.1:9, but no Redis responds there: nothing is listening there .*leave it empty.*\.$/,
    )
    expect(text).not.toContain('hunter2')
  })

  it('that is another server, silent or not, is refused, too', async () => {
    expect(await findRedisProblem(`redis://127.0.0.1:${taken()}`)).toMatch(
      /but no Redis responds there: .+\. Start it/,
    )
    const web = createServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    )
    await once(web.listen(0, '127.0.0.1'), 'listening')
    const { port } = web.address() as AddressInfo
    expect(await findRedisProblem(`redis://127.0.0.1:${port}`)).toMatch(
      /but no Redis responds there: .+\. Start it/,
    )
    web.close()
  })

  const onRedis = findRedis() ? it : it.skip
  onRedis('that answers is taken', async () => {
    const redis = await openRedis()
    expect(await findRedisProblem(redis.url)).toBeNull()
    await redis.kill()
  })
})

describe('another server of the settings', () => {
  it('that is away is a warning that says what happens without it', async () => {
    const away = 'http://127.0.0.1:9'
    const found = await findUnreachable(
      testSettings({
        SMTP_URL: 'smtp://ann:hunter2@127.0.0.1:9',
        OWNERS_ISSUER: away,
        OWNERS_AUDIENCE: 'x',
        OWNERS_MANAGEMENT_URL: away,
        OWNERS_MANAGEMENT_TOKEN: 'hunter2',
        OIDC_HOUSE_ISSUER: away,
        OIDC_HOUSE_CLIENT_ID: 'x',
        OIDC_HOUSE_CLIENT_SECRET: 'hunter2',
        AUTODEV_URL: away,
        AUTODEV_API_KEY: 'hunter2',
        PLACES_URL: away,
        PLACES_API_KEY: 'hunter2',
        STORAGE: 's3',
        S3_ENDPOINT: away,
        S3_BUCKET: 'forecourt-files',
        S3_ACCESS_KEY_ID: 'x',
        S3_SECRET_ACCESS_KEY: 'hunter2',
      }),
    )
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      'SMTP_URL',
      'OWNERS_ISSUER',
      'OWNERS_MANAGEMENT_URL',
      'OIDC_HOUSE_ISSUER',
      'AUTODEV_URL',
      'PLACES_URL',
      'S3_ENDPOINT',
    ])
    for (const line of found)
      expect(line).toMatch(
        /^\S+ points to 127\.0\.0\.1:9, which does not accept connections: nothing .* can be reached\.$/,
      )
    expect(found.join()).not.toContain('hunter2')
  })

  it('is none where no setting names one, and none where it answers', async () => {
    expect(await findUnreachable(testSettings({}))).toEqual([])
    expect(
      await findUnreachable(testSettings({ SMTP_URL: `smtp://127.0.0.1:${taken()}` })),
    ).toEqual([])
  })
})

describe('the settings of a start', () => {
  const start = (environment: Record<string, string>, listens = true) => {
    const folders = { DATA_DIR: at('data'), MEDIA_DIR: at('media') }
    return refuseWrongSettings(testSettings({ METRICS_PORT: '0', ...folders, ...environment }), {
      listens,
    })
  }

  it('are refused with a sentence for each thing that is not there', async () => {
    const wrong = {
      MEDIA_DIR: at('file'),
      CHROMIUM_PATH: '/nonexistent',
      HOST: 'not_a_host',
      REDIS_URL: 'redis://127.0.0.1:9',
    }
    const error = await start(wrong).catch((one: Error) => one)
    expect(error).toMatchObject({ name: 'WrongSetting' })
    expect((error as Error).message.split('\n').map((line) => line.split(' ')[0])).toEqual(
      Object.keys(wrong),
    )
  })

  it('name a Chromium that can be run', async () => {
    await mkdir(at('browser'))
    await writeFile(at('program'), '')
    await chmod(at('program'), 0o644)
    for (const name of ['browser', 'program', 'nothing'])
      await expect(start({ CHROMIUM_PATH: at(name) }, false)).rejects.toThrow(
        /^CHROMIUM_PATH is ".*, which (is not|cannot be) .*leave it empty\.$/,
      )
    await expect(start({ CHROMIUM_PATH: process.execPath }, false)).resolves.toBeUndefined()
  })

  it('of a worker say nothing about a port', async () => {
    await expect(start({ PORT: String(taken()) }, false)).resolves.toBeUndefined()
    await expect(start({ PORT: String(taken()) })).rejects.toThrow(/^Port \d+ is already in use\./)
  })
})
