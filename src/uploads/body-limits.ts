import { match } from 'path-to-regexp'
import type { SanitizedConfig } from 'payload'
import { findOperationSpec } from '../api/openapi/operation.ts'

/**
 * The maximum number of bytes of a body, unless its route has a lower limit. Applies to the panel's
 * multipart forms, too.
 */
export const BODY_BYTES = 1_000_000
/** The maximum number of bytes of an uploaded file, including the form around it. */
export const FILE_BYTES = 20_000_000
const UPLOAD_BYTES = FILE_BYTES + 1_000_000
/** The maximum number of bytes of a file to import into a vehicle, including the form around it. */
const IMPORT_BYTES = 6_000_000
/** The maximum number of bytes of an account's export that is imported again. */
export const ARCHIVE_BYTES = 200_000_000
/**
 * The maximum number of bytes of a sign-in or sign-out, and of a body that writes no row: an
 * action, or a query too long for a URL.
 */
const SIGN_IN_BYTES = 16_000
const ACTION_BYTES = 64_000

/**
 * The parts of a request that determine its limit: method, path without the query, and headers by
 * lower-case name.
 */
export type RequestTarget = {
  method: string
  path: string
  header: (name: string) => string | undefined
}

/**
 * Payload's routes of accounts, below the path of their collection: each takes an address and a
 * password, or less.
 */
export const SIGN_IN_PATHS = [
  'login',
  'logout',
  'refresh-token',
  'first-register',
  'forgot-password',
  'reset-password',
  'unlock',
  'verify',
] as const

/**
 * Returns a function from a request to the maximum size of its body, derived from the collections.
 * Files are only accepted by the route that creates a row of a collection with uploads, and by our
 * endpoints that take one.
 */
export function buildBodyLimits(
  config: Pick<SanitizedConfig, 'collections' | 'endpoints' | 'routes'>,
) {
  const { collections, routes } = config
  const listSlugs = (kind?: 'upload' | 'auth') =>
    new Set<string>(collections.filter((one) => !kind || one[kind]).map(({ slug }) => slug))
  const [all, uploads, accounts] = [listSlugs(), listSlugs('upload'), listSlugs('auth')]
  const takesFile = buildFileMatcher(config)
  return ({ method, path, header }: RequestTarget): number => {
    if (takesFile(method, path.slice(routes.api.length))) return UPLOAD_BYTES
    const parts = path
      .slice(routes.api.length + 1)
      .split('/')
      .filter(Boolean)
    const [slug = '', action] = parts
    const imported = method === 'POST' ? getImportLimit(parts) : null
    if (imported !== null) return imported
    if (!all.has(slug) || (method === 'POST' && hasQueryInBody(header))) return ACTION_BYTES
    if (
      method === 'POST' &&
      action === undefined &&
      uploads.has(slug) &&
      isMultipart(header('content-type'))
    )
      return UPLOAD_BYTES
    return method === 'POST' && accounts.has(slug) && isSignInPath(action)
      ? SIGN_IN_BYTES
      : BODY_BYTES
  }
}

/** Returns a function that finds out whether one of our endpoints takes a file. */
function buildFileMatcher({
  collections,
  endpoints,
}: Pick<SanitizedConfig, 'collections' | 'endpoints'>) {
  const ofCollections = collections.flatMap(({ slug, endpoints: own }) =>
    (own || []).map((endpoint) => ({ ...endpoint, path: `/${slug}${endpoint.path}` })),
  )
  const found = [...endpoints, ...ofCollections]
    .filter((endpoint) => findOperationSpec(endpoint)?.takesFile)
    .map(({ method, path }) => ({ method: method.toUpperCase(), matches: match(path) }))
  return (method: string, path: string): boolean =>
    found.some((one) => one.method === method && one.matches(path) !== false)
}

/** The limit of an endpoint that imports a file; null for any other. */
function getImportLimit(parts: readonly string[]): number | null {
  if (parts.join('/') === 'me/import') return ARCHIVE_BYTES
  return parts[0] === 'vehicles' && parts.length === 3 && parts[2] === 'import'
    ? IMPORT_BYTES
    : null
}

/** Whether a body is a multipart form, by Payload's rule. */
export const isMultipart = (contentType: string | null | undefined): boolean =>
  (contentType ?? '').split(';', 1)[0]?.includes('multipart/') === true

/** Formats a number of bytes, rounded down: `16 KB`, `1 MB`. */
export const formatSize = (bytes: number): string =>
  bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1_000)} KB`

const isSignInPath = (action: string | undefined) =>
  (SIGN_IN_PATHS as readonly (string | undefined)[]).includes(action)

/** Whether a POST is a read with its query in the body, by Payload's rule. */
const hasQueryInBody = (header: RequestTarget['header']) =>
  ['x-payload-http-method-override', 'x-http-method-override'].some(
    (name) => header(name) === 'GET',
  )
