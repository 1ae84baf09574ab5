import { afterEach, describe, expect, it, jest } from '@jest/globals'
import {
  chmod,
  chown,
  cp,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { restrictDataDir } from '../../src/data-dir.ts'
import { findPrograms, locatePackage } from '../../src/database/embedded/binaries.ts'
import { ensureCluster } from '../../src/database/embedded/cluster.ts'
import { findClosedFolder } from '../../src/database/embedded/os-user.ts'
import { resolveDataDir } from '../../src/database/embedded/data-directory.ts'
import {
  queryDatabase,
  eventually,
  isRoot,
  openMachine,
  nobody,
  findProcessesNaming,
} from '../support/embedded-machine.ts'

jest.setTimeout(600_000)

describe('where the embedded PostgreSQL lives', () => {
  const here = openMachine()
  const root = isRoot()
  const silent = () => undefined
  afterEach(() => here.clear())

  it('does not open a cluster of another major version, and says which two they are', async () => {
    const dataDir = join(await here.folder(), 'data')
    await (await here.start(dataDir)).stop()
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
    await expect(here.start(dataDir)).rejects.toThrow(
      /created by PostgreSQL 16, but this version of Forecourt includes PostgreSQL 18/,
    )
    expect(await findProcessesNaming(dataDir)).toEqual([])
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
    expect(await queryDatabase((await here.start(dataDir)).url, 'select 1 as answer')).toEqual([
      { answer: 1 },
    ])
  })

  it('leaves a folder alone that is no cluster', async () => {
    const dataDir = await here.folder()
    await mkdir(join(dataDir, 'postgres'))
    await writeFile(join(dataDir, 'postgres', 'notes.txt'), 'mine')
    await expect(here.start(dataDir)).rejects.toThrow('is not a PostgreSQL cluster')
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['notes.txt'])
  })

  it('keeps nothing of a cluster whose making failed, and makes a whole one the next time', async () => {
    const dataDir = join(await here.folder(), 'data')
    const { place, user } = await resolveDataDir(dataDir, silent)
    const programs = await findPrograms({
      packaged: await locatePackage(),
      user,
      copyTo: dataDir,
      print: silent,
    })
    // initdb that comes as far as the real one does on a full disk: files are there, and then it
    // fails
    const initdb = join(await here.folder(), 'initdb')
    await writeFile(
      initdb,
      '#!/bin/sh\nfor a; do case $a in --pgdata=*) echo 18 > "${a#--pgdata=}/PG_VERSION";; ' +
        'esac; done\necho disk is full >&2; exit 1\n',
    )
    await chmod(initdb, 0o755)
    const making = ensureCluster({ place, user, programs: { ...programs, initdb }, print: silent })
    await expect(making).rejects.toThrow(/was rolled back: [^]*disk is full/)
    expect((await readdir(dataDir)).filter((name) => name !== 'postgres.pgpass')).toEqual([])
    expect(await queryDatabase((await here.start(dataDir)).url, 'select 1 as answer')).toEqual([
      { answer: 1 },
    ])
  })

  it('says which file is missing when the passwords are gone', async () => {
    const dataDir = join(await here.folder(), 'data')
    await (await here.start(dataDir)).stop()
    await rm(join(dataDir, 'postgres.pgpass'))
    await expect(here.start(dataDir)).rejects.toThrow(
      `restore ${join(dataDir, 'postgres.pgpass')} from`,
    )
  })

  it('mends a package whose install script was not run', async () => {
    const packaged = await copyOfPackage(await here.folder())
    const lib = join(packaged.native, 'lib')
    for (const name of await readdir(lib))
      if (await isLink(join(lib, name))) await rm(join(lib, name))
    await chmod(join(packaged.native, 'bin', 'postgres'), 0o644)
    const programs = await findPrograms({
      packaged,
      user: undefined,
      copyTo: 'unused',
      print: silent,
    })
    expect(programs).toMatchObject({
      major: 18,
      postgres: join(packaged.native, 'bin', 'postgres'),
    })
    expect(await readlink(join(lib, 'libicui18n.so.60'))).toBe('libicui18n.so.60.2')
  })

  it('runs a copy of a package that PostgreSQL’s user cannot reach, and copies it once', async () => {
    if (!root) return
    const closed = await here.folder()
    const packaged = await copyOfPackage(closed)
    await chmod(closed, 0o700)
    await chmod(join(packaged.native, 'lib'), 0o700)
    const [copyTo, result] = [await here.folder(), [] as string[]]
    const find = () =>
      findPrograms({ packaged, user: nobody, copyTo, print: (line) => result.push(line) })
    const programs = await find()
    expect(programs).toMatchObject({
      version: '18.4',
      postgres: join(copyTo, `pg-bin-${packaged.version}`, 'bin', 'postgres'),
    })
    expect(await find()).toEqual(programs)
    expect(result).toEqual([expect.stringContaining(`user 65534 has no access to ${closed}`)])
    expect(await readdir(copyTo)).toEqual([`pg-bin-${packaged.version}`])
  })

  it('keeps the cluster inside a data directory that PostgreSQL’s user cannot reach', async () => {
    const closed = await here.folder()
    await chmod(closed, 0o700)
    const dataDir = join(closed, 'data')
    const first = await here.start(dataDir)
    await queryDatabase(first.ownerUrl, 'create table car (number int); insert into car values (7)')
    process.kill(
      Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]),
      'SIGKILL',
    )
    expect(await eventually(() => queryDatabase(first.ownerUrl, 'select number from car'))).toEqual(
      [{ number: 7 }],
    )
    await first.stop()
    expect(
      await queryDatabase((await here.start(dataDir)).ownerUrl, 'select number from car'),
    ).toEqual([{ number: 7 }])
  })

  it('finds a cluster that an earlier version put elsewhere, and says when it is gone', async () => {
    const [dataDir, home] = [join(await here.folder(), 'data'), await here.folder()]
    await (await here.start(dataDir)).stop()
    for (const name of ['postgres', 'postgres.pgpass'])
      await rename(join(dataDir, name), join(home, name))
    await writeFile(
      join(dataDir, 'postgres.location'),
      `${home}\nThe database of this folder lies there.\n`,
    )
    const postgres = await here.start(dataDir)
    expect(await queryDatabase(postgres.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
    await postgres.stop()
    await rm(home, { recursive: true })
    await expect(here.start(dataDir)).rejects.toThrow(`is in ${home}, which no longer exists`)
  })

  it('runs for root as a user of its own, who has no access to the data directory', async () => {
    if (!root) return
    const dataDir = join(await here.folder(), 'data')
    await here.start(dataDir)
    const [folder, cluster] = [await stat(dataDir), await stat(join(dataDir, 'postgres'))]
    expect({ uid: folder.uid, gid: folder.gid, mode: (folder.mode & 0o777).toString(8) }).toEqual({
      uid: 0,
      gid: 0,
      mode: '700',
    })
    expect(cluster.uid).not.toBe(0)
    for (const pid of await findProcessesNaming(dataDir))
      expect((await stat(`/proc/${pid}`)).uid).toBe(cluster.uid)
  })

  it.each([0o710, 0o750, 0o755, 0o777])(
    'closes a data directory that others may enter, and every secret in it: %i',
    async (open) => {
      const dataDir = join(await here.folder(), 'data')
      await (await here.start(dataDir)).stop()
      await chmod(dataDir, open)
      await writeFile(join(dataDir, 'secret'), 'a secret')
      const files = ['secret', 'postgres.pgpass', 'postgres.log']
      for (const name of files) await chmod(join(dataDir, name), 0o644)
      expect(await queryDatabase((await here.start(dataDir)).url, 'select 1 as answer')).toEqual([
        { answer: 1 },
      ])
      const modes = await Promise.all(
        ['.', ...files].map(async (name) => (await stat(join(dataDir, name))).mode & 0o777),
      )
      expect(modes).toEqual([0o700, 0o600, 0o600, 0o600])
      expect(here.said).toContainEqual(expect.stringContaining('its mode is now 0700'))
    },
  )

  it('warns of a folder that serves others too, and leaves it open', async () => {
    const shared = await here.folder()
    await chmod(shared, 0o1777)
    const message: string[] = []
    restrictDataDir(shared, (line) => message.push(line))
    restrictDataDir(process.cwd(), (line) => message.push(line))
    expect((await stat(shared)).mode & 0o7777).toBe(0o1777)
    expect(message[0]).toContain(`other users can access the data directory ${shared} (0777)`)
  })

  it('empties a log of more than 5 MB before it goes on', async () => {
    const dataDir = await here.folder()
    const sizeAfter = async (size: number) => {
      await writeFile(join(dataDir, 'postgres.log'), 'x'.repeat(size))
      const { place } = await resolveDataDir(dataDir, silent)
      return (await stat(place.log)).size
    }
    expect([await sizeAfter(5 * 1024 * 1024), await sizeAfter(5 * 1024 * 1024 + 1)]).toEqual([
      5 * 1024 * 1024,
      0,
    ])
  })

  it(
    'runs as the very user who starts it when that is not root, and refuses another user’s ' +
      'cluster',
    async () => {
      if (!root) return
      const unreachable = await findClosedFolder(process.cwd(), nobody)
      if (unreachable) {
        process.stderr.write(
          `NOT TRIED: a start by another user, who cannot enter ${unreachable}\n`,
        )
        return
      }
      const theirs = await here.folder()
      await chown(theirs, nobody.uid, nobody.gid)
      const product = await here.startProduct(join(theirs, 'data'), nobody)
      expect(await queryDatabase(product.url, 'show server_encoding')).toEqual([
        { server_encoding: 'UTF8' },
      ])
      expect(await stat(join(theirs, 'data', 'postgres'))).toMatchObject(nobody)
      expect(((await stat(join(theirs, 'data'))).mode & 0o777).toString(8)).toBe('700')

      const ours = join(await here.folder(), 'data')
      await (await here.start(ours)).stop()
      await expect(here.startProduct(ours, nobody)).rejects.toThrow(
        /data directory .* cannot be used \(EACCES\)/,
      )
    },
  )

  it('runs for root as the owner of a cluster that another user made', async () => {
    if (!root) return
    const theirs = await here.folder()
    await chown(theirs, nobody.uid, nobody.gid)
    const dataDir = join(theirs, 'data')
    await (await here.startProduct(dataDir, nobody)).end('SIGTERM')
    const postgres = await here.start(dataDir)
    expect(await queryDatabase(postgres.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
    await postgres.stop()
    await (await here.startProduct(dataDir, nobody)).end('SIGTERM')
  })
})

async function copyOfPackage(folder: string): Promise<{ native: string; version: string }> {
  const { native, version } = await locatePackage()
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return { native: join(folder, 'native'), version }
}

async function isLink(path: string): Promise<boolean> {
  return readlink(path).then(
    () => true,
    () => false,
  )
}
