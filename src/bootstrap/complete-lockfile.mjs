/**
 * `npm run lockfile`, after a dependency was added: names in package-lock.json every optional
 * package of another platform that npm left out because the registry in use does not serve it.
 * Without the name `npm ci` refuses the whole lockfile; with it, it is skipped on every platform
 * but its own. Such an entry has no integrity hash, since nobody here has seen the file.
 */
import { readFileSync, writeFileSync } from 'node:fs'

process.on('uncaughtException', (error) => {
  const reason = String(error.message).split('\n')[0]
  process.stderr.write(
    `package-lock.json cannot be completed: ${reason}. Run npm install to write it again, or ` +
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
process.stdout.write(`Added ${added.length} optional packages of other platforms.\n`)

/**
 * Whether node's resolution, from where a package lies upwards, finds another one in the lockfile.
 */
function isThere(place, name) {
  const cut = place.lastIndexOf('/node_modules/')
  if (packages[`${place ? `${place}/` : ''}node_modules/${name}`]) return true
  return place !== '' && isThere(cut < 0 ? '' : place.slice(0, cut), name)
}

/** The platform of such a package stands at the end of its name: `…-linux-arm64-musl`. */
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
