import { describe, expect, it } from '@jest/globals'
import { describeNodeProblem } from '../src/bootstrap/node-version.mjs'
import { read, readJson } from './support/repository-files.ts'

interface Manifest {
  readonly dependencies: Record<string, string>
  readonly devDependencies: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly engines: { readonly node: string }
  readonly allowScripts?: Record<string, boolean>
}
/** One package of the lockfile; its key is its place, `node_modules/a/node_modules/b`. */
interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Record<string, string>
}

const manifest = readJson('package.json') as Manifest
const { packages } = readJson('package-lock.json') as { packages: Record<string, Locked> }
const installed = Object.entries(packages)
  .filter(([place]) => place !== '')
  .map(([place, locked]) => ({
    place,
    name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
    ...locked,
  }))

/** Versions below these have known holes (advisories of 2026). */
const FLOORS: Record<string, string> = {
  payload: '3.90.0',
  'drizzle-orm': '0.45.2',
  next: '16.3.3',
}
/** Holed beyond repair, or too heavy for what it does. */
const BANNED = ['@payloadcms/plugin-form-builder', '@payloadcms/plugin-sentry']

describe('the packages', () => {
  it('are pinned to one version each', () => {
    const ranges = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    })
    expect(ranges.filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([])
  })

  it('are in the lockfile as package.json says', () => {
    const { dependencies, devDependencies, optionalDependencies, engines } = packages[
      ''
    ] as unknown as Manifest
    expect({ dependencies, devDependencies, optionalDependencies, engines }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
      optionalDependencies: manifest.optionalDependencies,
      engines: manifest.engines,
    })
  })

  it('are above the versions with known holes, in every copy', () => {
    for (const [name, floor] of Object.entries(FLOORS)) {
      const versions = installed
        .filter((locked) => locked.name === name)
        .map(({ version = '' }) => version)
      expect({
        name,
        found: versions.length > 0,
        below: versions.filter((version) => isBelow(version, floor)),
      }).toEqual({
        name,
        found: true,
        below: [],
      })
    }
  })

  it('of Payload are all of one version', () => {
    const versions = installed
      .filter(({ name }) => name === 'payload' || name.startsWith('@payloadcms/'))
      .map(({ version }) => version)
    expect([...new Set(versions)]).toEqual([manifest.dependencies['payload']])
  })

  it('leave out what has no place here', () => {
    expect(installed.filter(({ name }) => BANNED.includes(name)).map(({ place }) => place)).toEqual(
      [],
    )
  })

  it('come from the registry that npm is set to, and are what they were when they were locked', () => {
    expect(
      installed
        .filter(({ resolved, link }) => resolved !== undefined || link)
        .map(({ place, resolved }) => `${place} from ${resolved}`),
    ).toEqual([])
    expect(
      installed
        .filter(({ integrity, optional }) => !integrity && !optional)
        .map(({ place }) => place),
    ).toEqual([])
  })

  it('include those for other platforms, without which npm ci refuses the lockfile', () => {
    const missing = installed.flatMap(({ place, optionalDependencies = {} }) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isReachable(place, name))
        .map((name) => `${name} for ${place}`),
    )
    expect(missing).toEqual([])
  })

  it('that run a script at installation are all decided upon in allowScripts', () => {
    const decided = new Set(
      Object.keys(manifest.allowScripts ?? {}).map((key) => key.replace(/(?<=.)@.*$/, '')),
    )
    const scripted = new Set(
      installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name),
    )
    expect([...scripted].filter((name) => !decided.has(name))).toEqual([])
    expect([...decided].filter((name) => !scripted.has(name))).toEqual([])
  })
})

describe('the Node version', () => {
  it('is the same in .nvmrc and in the lockfile of the runtime, for every platform', () => {
    const runtime = readJson('src/bootstrap/runtime/package-lock.json') as {
      packages: Record<string, Locked>
    }
    const locked = Object.values(runtime.packages).filter(({ version }) => version !== undefined)
    expect(locked.map(({ version }) => version?.split('.')[0])).toEqual(
      Array(4).fill(read('.nvmrc').trim()),
    )
    expect(locked.filter(({ integrity }) => !integrity)).toEqual([])
  })

  it('of the bootstrap is the one that package.json requires', () => {
    const required = /^>=(\d+)\.(\d+)\.0$/.exec(manifest.engines.node)?.slice(1).map(Number)
    const [major = 0, minor = 0] = required ?? []
    expect(describeNodeProblem(`${major}.${minor}.0`)).toBeUndefined()
    expect(describeNodeProblem(`${major}.${minor - 1}.9`)).toContain(`${major}.${minor} or newer`)
  })
})

describe('continuous integration', () => {
  it('runs the checks and the README’s test command', () => {
    expect(read('.ci/run')).toMatch(/^npm run .*check/m)
    expect(read('.ci/run')).toMatch(/^npm test/m)
  })
})

/** Whether `version` comes before `floor`; of both, only the three numbers count. */
function isBelow(version: string, floor: string): boolean {
  const [a = [], b = []] = [version, floor].map((text) =>
    text.split('-')[0]?.split('.').map(Number),
  )
  const differing = [0, 1, 2].find((part) => a[part] !== b[part])
  return differing !== undefined && (a[differing] ?? 0) < (b[differing] ?? 0)
}

/** Whether Node would find the package from there: beside it or further up. */
function isReachable(place: string, name: string): boolean {
  const above = place.includes('/node_modules/')
    ? place.slice(0, place.lastIndexOf('/node_modules/'))
    : undefined
  if (packages[`${place}/node_modules/${name}`]) return true
  return above === undefined
    ? packages[`node_modules/${name}`] !== undefined
    : isReachable(above, name)
}
