import { homedir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import type { CollectionConfig } from 'payload'
import { collections } from '../collections/index.ts'
import { commands } from '../src/bootstrap/commands.mjs'
import { readSettings } from '../src/env.ts'
import {
  exists,
  filesUnder,
  isCode,
  isText,
  isWritten,
  namesIn,
  read,
  readJson,
  ROOT,
  rooms,
} from './support/repository-files.ts'
import { testSettings } from './support/settings.ts'

interface Table {
  readonly file: string
  readonly config: CollectionConfig
}

/**
 * Every file of a table: those in collections/ and those of the rooms. A file of a table exports
 * its configuration and nothing else that has a slug.
 */
async function tables(): Promise<Table[]> {
  const files = ['collections', ...rooms().map((room) => `${room}/collections`)]
    .flatMap(filesUnder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('/index.ts'))
  const found = files.map(async (file) => {
    const exported = Object.values((await import(path.join(ROOT, file))) as Record<string, unknown>)
    const [config] = exported.filter(
      (value): value is CollectionConfig =>
        typeof value === 'object' && value !== null && 'slug' in value,
    )
    if (!config)
      throw new Error(
        `${file} exports no collection; what collections share lives in src/fields, ` +
          'src/access or hooks',
      )
    return { file, config }
  })
  return Promise.all(found)
}

describe('a table', () => {
  it('is named as its file', async () => {
    const unexpected = (await tables()).filter(
      ({ file, config }) => path.basename(file, '.ts') !== config.slug,
    )
    expect(unexpected.map(({ file, config }) => `${file} has the slug ${config.slug}`)).toEqual([])
  })

  it('stands in the index of its room', async () => {
    const missing = (await tables()).filter(({ file, config }) =>
      file.startsWith('plugins/')
        ? !read(path.posix.join(file, '../../index.ts')).includes(
            `./collections/${path.basename(file)}`,
          )
        : !collections.includes(config),
    )
    expect(missing.map(({ file }) => file)).toEqual([])
  })

  it(
    'states who may create, read, update and delete, and when people sign in with it, who may ' +
      'unlock and enter the panel',
    async () => {
      const silent = (await tables()).flatMap(({ file, config }) => {
        const actions = [
          'create',
          'read',
          'update',
          'delete',
          ...(config.auth ? ['unlock', 'admin'] : []),
        ]
        return actions
          .filter((action) => !Object.hasOwn(config.access ?? {}, action))
          .map((action) => `${file} does not state access.${action}`)
      })
      expect(silent).toEqual([])
    },
  )

  it('has its place in the configuration, which knows no others but Payload’s own', async () => {
    const { buildForecourtConfig } = await import('../payload.config.ts')
    const { collections } = await buildForecourtConfig(testSettings({}))
    const known = collections
      .map(({ slug }) => String(slug))
      .filter((slug) => !slug.startsWith('payload-'))
    expect(known.sort()).toEqual((await tables()).map(({ config: { slug } }) => slug).sort())
  })
})

describe('a plugin room', () => {
  const PLAN = [
    'README.md',
    'index.ts',
    'options.ts',
    'collections',
    'fields',
    'tables.ts',
    'tasks',
    'endpoints',
    'domain',
    'runs',
    'adapters',
    'store.ts',
    'store',
    'admin',
    'extend-inventory.ts', // what a room adds to the cars on the lot
    'extend-submissions.ts', // and to the submissions
    'generate-feed.ts', // what a room offers to its delivery
  ]
  /** Where a room talks to many of one kind, each has a folder. */
  const MANY: Record<string, string> = {
    'plugins/scraping': 'platforms',
    'plugins/exports': 'feeds',
  }

  it('has the floor plan and only it', () => {
    const unexpected = rooms().flatMap((room) =>
      namesIn(room)
        .filter((name) => !PLAN.includes(name) && name !== MANY[room])
        .map((name) => `${room}/${name}`),
    )
    expect(unexpected).toEqual([])
  })

  it('has a README and an index of at most 100 lines', () => {
    const lacking = rooms().flatMap((room) =>
      ['README.md', 'index.ts'].map((name) => `${room}/${name}`).filter((file) => !exists(file)),
    )
    const long = rooms()
      .map((room) => `${room}/index.ts`)
      .filter((file) => exists(file) && linesOf(file) > 100)
    expect({ lacking, long }).toEqual({ lacking: [], long: [] })
  })
})

describe('a rule', () => {
  it('has a spec of its name', () => {
    const specs = new Set(filesUnder('test').map((file) => path.basename(file)))
    const isRule = (file: string) => /^(src|plugins)\/([^/]+\/){0,2}domain\//.test(file)
    const rules = ['src', 'plugins']
      .flatMap(filesUnder)
      .filter((file) => isRule(file) && isCode(file) && hasBehaviour(file))
    expect(rules.filter((file) => !specs.has(`${path.basename(file, '.ts')}.spec.ts`))).toEqual([])
  })
})

describe('a currency', () => {
  /** A currency, or the format of an amount in one. Names of the API and comments are not meant. */
  const NAMED = [
    /['"`]USD['"`]/,
    /style: 'currency'/,
    /['"`]\$['"`]/,
    /`[^`]*\$\$\{/,
    /['"`>][^'"`<{]*\bdollars?\b/i,
  ]

  it('is named and formatted only in src/domain/money.ts', () => {
    const lines = ['src', 'plugins', 'collections', 'hooks', 'jobs', 'payload.config.ts']
      .flatMap((folder) => (folder.endsWith('.ts') ? [folder] : filesUnder(folder)))
      .filter((file) => isCode(file) && isWritten(file) && !file.startsWith('src/demo/'))
      .filter((file) => file !== 'src/domain/money.ts')
      .flatMap((file) =>
        read(file)
          .split('\n')
          .filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line))
          .filter((line) => NAMED.some((pattern) => pattern.test(line)))
          .map((line) => `${file}: ${line.trim()}`),
      )
    expect(lines).toEqual([])
  })
})

describe('a patch of Payload', () => {
  const PATCHES = 'src/database/payload-patches'

  it('states what Payload does, in which version, and when it can be removed', () => {
    const silent = filesUnder(PATCHES).filter((file) => {
      const text = read(file).replace(/\n \*/g, '')
      return !/Payload \d+\.\d+\.\d+/.test(text) || !text.includes('Can be removed when')
    })
    expect(silent).toEqual([])
  })

  it('has a spec of its name, which fails when Payload no longer needs it', () => {
    const lacking = filesUnder(PATCHES).filter((file) => {
      const spec = `test/database/payload-patches/${path.basename(file, '.ts')}.spec.ts`
      return !exists(spec) || !read(spec).includes("'is needed while ")
    })
    expect(lacking).toEqual([])
  })
})

describe('the README', () => {
  const scripts = Object.keys(
    (readJson('package.json') as { scripts?: Record<string, string> }).scripts ?? {},
  )

  it('names the two commands that are enough', () => {
    expect(read('README.md')).toContain('npm start')
    expect(read('README.md')).toContain('npm test')
  })

  it('and every other text name only scripts that exist', () => {
    const named = filesUnder('.')
      .filter((file) => isWritten(file) && isText(file) && !file.startsWith('test/'))
      .flatMap((file) =>
        [...read(file).matchAll(/npm run ([a-z][\w:-]*\w)/g)].map(([, script = '']) => ({
          file,
          script,
        })),
      )
    expect(
      named
        .filter(({ script }) => !scripts.includes(script))
        .map(({ file, script }) => `${file}: npm run ${script}`),
    ).toEqual([])
  })
})

describe('the commands', () => {
  it('are the scripts of package.json, each through the bootstrap', () => {
    const { scripts = {} } = readJson('package.json') as { scripts?: Record<string, string> }
    expect(scripts).toMatchObject(
      Object.fromEntries(
        Object.keys(commands).map((name) => [name, `node src/bootstrap.mjs ${name}`]),
      ),
    )
  })

  it('run files that exist', () => {
    const entries = Object.values(commands).flatMap(({ entry }) => entry ?? [])
    expect(entries.filter((entry) => !exists(entry))).toEqual([])
  })
})

describe('the settings', () => {
  const written =
    read('src/env.ts') +
    read('src/settings/room-settings.ts') +
    read('src/settings/schedule-settings.ts')
  const known = [...written.matchAll(/^ {2}'?([A-Z][A-Z0-9_]+)'?: /gm)].flatMap(
    ([, name]) => name ?? [],
  )
  const example = parseEnv(read('.env.example'))

  it('are all in .env.example, and nothing else is', () => {
    expect(known.length).toBeGreaterThan(0)
    expect(Object.keys(example).sort()).toEqual(known.sort())
  })

  it('have the defaults that .env.example says', () => {
    expect(readSettings(example)).toEqual(readSettings({}))
  })
})

describe('the list of slow specs', () => {
  it('names files that exist', () => {
    const slow = Object.keys(readJson('test/runtime/slow-specs.json') as object)
    expect(slow.filter((file) => !exists(file))).toEqual([])
  })
})

describe('a file', () => {
  const written = filesUnder('.').filter((file) => isWritten(file) && isText(file))

  it('names no path of the machine it was written on, and no package registry', () => {
    const places = [ROOT, path.dirname(ROOT), homedir()]
      .filter((place) => place !== '/')
      .map((place) => `(?<![\\w.\\-/])${place.replaceAll(/[^\w/]/g, '\\$&')}/`)
    const leak = new RegExp(
      [...places, '/(home|Users)/[a-z]\\w*/', '\\bregistry\\.[a-z-]+\\.[a-z]+'].join('|'),
    )
    const leaks = [...written, 'package-lock.json'].flatMap((file) =>
      (leak.exec(read(file)) ?? []).slice(0, 1).map((found) => `${file}: ${found}`),
    )
    expect(leaks).toEqual([])
  })
})

function linesOf(file: string): number {
  return read(file).trimEnd().split('\n').length
}

/** A file of types only has nothing to test. */
function hasBehaviour(file: string): boolean {
  return /^export (default |async )*(const|function|class)/m.test(read(file))
}
