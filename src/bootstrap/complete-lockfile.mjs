/**
 * `npm run lockfile`, to run after adding a dependency: adds the optional packages of other
 * platforms to package-lock.json that npm omitted because the current registry does not provide
 * them. If such a name is missing, `npm ci` refuses the whole lockfile; if it is present, the
 * package is skipped on other platforms. The added entries have no integrity hash, because the file
 * was not available.
 */
import { readFileSync, writeFileSync } from 'node:fs'

process.on('uncaughtException', (error) => {
  const reason = String(error.message).split('\n')[0]
  process.stderr.write(
    `package-lock.json cannot be completed: ${reason}. Run npm install to regenerate it, or ` +
      'restore it with git checkout.\n',
  )
  process.exit(1)
})
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const packages = lock.packages
const added = Object.entries(packages).flatMap(([place, one]) =>
  Object.entries(one.optionalDependencies ?? {})
    .filter(([name]) => !isThere(place, name))
    .map(([name, version]) => [name, buildEntry(name, version, one)]),
)
for (const [name, entry] of added) packages[`node_modules/${name}`] = entry
const sorted = Object.entries(packages).sort(([a], [b]) =>
  a === '' ? -1 : b === '' ? 1 : a.localeCompare(b, 'en'),
)
writeFileSync(
  'package-lock.json',
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
)
process.stdout.write(`Optional packages for other platforms: ${added.length} added.\n`)

/**
 * Whether Node's resolution finds another package of this name in the lockfile, starting from the
 * location of a package and going up.
 */
function isThere(place, name) {
  const cut = place.lastIndexOf('/node_modules/')
  if (packages[`${place ? `${place}/` : ''}node_modules/${name}`]) return true
  return place !== '' && isThere(cut < 0 ? '' : place.slice(0, cut), name)
}

/**
 * Builds the entry of such a package. Its platform is at the end of its name: `…-linux-arm64-musl`.
 */
function buildEntry(name, version, parent) {
  const platform =
    /(android|darwin|linux|win32|freebsd|openharmony|wasm32|aix|sunos).*$/.exec(name)?.[0] ?? ''
  const [os, cpu, abi = ''] = platform.split('-')
  return {
    version,
    cpu: [os === 'wasm32' ? os : cpu === 'armv7' ? 'arm' : cpu],
    ...(parent.dev && { dev: true }),
    ...(parent.license && { license: parent.license }),
    optional: true,
    ...(os !== 'wasm32' && { os: [os] }),
    ...(os === 'linux' &&
      /gnu|musl/.test(abi) && { libc: [abi.includes('musl') ? 'musl' : 'glibc'] }),
    ...(parent.engines?.node && { engines: { node: parent.engines.node } }),
  }
}
