import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

/** The files of modules in node_modules and in the bundle, relative to the bundle. */
const SHARED = z.record(z.string(), z.string())

/**
 * Lets the panel's build use the copies of Payload and its database adapter that the bundle of this
 * program contains: with a second copy, `instanceof` would fail between the two, and the panel's
 * first page would take seconds longer. Does nothing if the program runs from its sources, which
 * import the same files as the panel.
 */
export function shareModules(): void {
  const bundle = path.dirname(process.argv[1] ?? '')
  const list = path.join(bundle, 'shared.json')
  if (!existsSync(list)) return
  const shared = new Map(
    Object.entries(SHARED.parse(JSON.parse(readFileSync(list, 'utf8')))).map(([file, built]) => [
      pathToFileURL(realpathSync(path.join(bundle, file))).href,
      pathToFileURL(path.join(bundle, built)).href,
    ]),
  )
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const found = nextResolve(specifier, context)
      const url = shared.get(found.url)
      return url === undefined ? found : { url, format: 'module', shortCircuit: true }
    },
  })
}
