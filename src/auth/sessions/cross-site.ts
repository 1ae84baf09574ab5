import { APIError, type CollectionBeforeOperationHook, type CollectionConfig } from 'payload'

/**
 * How a browser describes the page that a request comes from: its `Origin` and `Sec-Fetch-Site`
 * headers.
 */
export type PageHeaders = { origin?: string | null | undefined; site?: string | null | undefined }

/**
 * Whether a request comes from a web page of an origin that is not trusted. A sibling domain
 * (`same-site`) is foreign, too. Programs send neither header and are not pages.
 */
export function isCrossSite({ origin, site }: PageHeaders, trusted: readonly string[]): boolean {
  if (origin) return !trusted.includes(origin)
  return ['cross-site', 'same-site'].includes(site?.toLowerCase() ?? '')
}

/**
 * Whether an `Authorization` header holds one of our tokens or an owner's token. Browsers add Basic
 * and similar schemes automatically.
 */
export const isTokenHeader = (authorization: string | null | undefined): boolean =>
  /^(?:bearer|jwt) /i.test(authorization ?? '')

const SIGN_IN_OPERATIONS = ['login', 'refresh', 'forgotPassword', 'resetPassword', 'unlock']

/**
 * Refuses sign-ins and related operations to pages of other sites. REST refuses them earlier
 * (src/auth/sessions/reject-cross-site.ts); GraphQL serves public data to any page, so its
 * operation is only known here.
 */
export const refuseCrossSiteSignIn: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (
    !SIGN_IN_OPERATIONS.includes(operation) ||
    req.payloadAPI === 'local' ||
    isTokenHeader(req.headers.get('authorization'))
  )
    return args
  const page = { origin: req.headers.get('origin'), site: req.headers.get('sec-fetch-site') }
  if (!isCrossSite(page, req.payload.config.csrf)) return args
  throw new APIError(
    'This request came from a page on another site. To allow that site, add it to CORS_ORIGINS.',
    403,
    undefined,
    true,
  )
}

/**
 * A collection that people sign in to, guarded against pages of other sites. Other collections are
 * returned unchanged.
 */
export function withCrossSiteGuard(collection: CollectionConfig): CollectionConfig {
  if (!collection.auth) return collection
  const { beforeOperation = [] } = collection.hooks ?? {}
  return {
    ...collection,
    hooks: { ...collection.hooks, beforeOperation: [refuseCrossSiteSignIn, ...beforeOperation] },
  }
}
