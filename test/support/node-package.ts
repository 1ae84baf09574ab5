import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Checkout } from './repository-checkout.ts'

const NAME = `node-${process.platform}-${process.arch}`
const LOCKFILE = 'src/bootstrap/runtime/package-lock.json'

/** Makes the bootstrap take the Node that runs it for Node 20; the packed Node undoes that. */
export const ON_NODE_20 = {
  NODE_OPTIONS:
    '--import=data:text/javascript,' +
    "Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})",
}

/**
 * Stands in for the package of Node for this platform, without a registry: a tarball in the
 * checkout, with this process's Node behind a script. What it runs finds PACKED_NODE set. `program`
 * replaces that script. Returns the tarball's path in the checkout.
 */
export function packNode(
  checkout: Checkout,
  version: string,
  program = `#!/bin/sh\nunset NODE_OPTIONS\nPACKED_NODE=${version} exec ${process.execPath} "$@"\n`,
): string {
  const place = `vendor/${NAME}/package/bin/node`
  checkout.write(`vendor/${NAME}/package/package.json`, JSON.stringify({ name: NAME, version }))
  checkout.write(place, program)
  chmodSync(path.join(checkout.root, place), 0o755)
  const tarball = `vendor/${NAME}-${version}.tgz`
  const file = path.join(checkout.root, tarball)
  execFileSync('tar', ['czf', file, '-C', path.join(checkout.root, 'vendor', NAME), 'package'])
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
  lockNode(checkout, { version, integrity, resolved: `file:${file}` })
  return tarball
}

/** Changes the entry of this platform's package in the lockfile of the runtime. */
export function lockNode(checkout: Checkout, changes: Readonly<Record<string, string>>): void {
  const lockfile = JSON.parse(checkout.read(LOCKFILE)) as {
    packages: Record<string, Record<string, unknown>>
  }
  Object.assign(lockfile.packages[`node_modules/${NAME}`] ?? {}, changes)
  checkout.write(LOCKFILE, JSON.stringify(lockfile))
}
