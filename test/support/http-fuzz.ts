import fc from 'fast-check'

/** A text as it can be sent: a half of a pair, which has no bytes, replaced. */
export const wellFormed = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text))

const unusualText = fc.constantFrom(
  '',
  '0',
  '-1',
  '1.5',
  '1e99',
  'NaN',
  'null',
  'true',
  'undefined',
  '[]',
  '{}',
  '[object Object]',
  '%',
  '%00',
  '%E0%A4%A',
  '\0',
  'a',
  'abc',
  "'",
  '"',
  '..',
  '../..',
  '/',
  '//',
  '?',
  '#',
  '\\',
  '🚗',
  '\ud83d',
  'x'.repeat(300),
  '00000000-0000-4000-8000-000000000000',
  '2026-13-45',
  '9999999999',
  '-infinity',
  'infinity',
  '0x10',
  '1,2',
  '__proto__',
  'id',
  'createdAt',
  'hash',
  'sessions',
  'sess',
)
const slug = fc.constantFrom(
  'inventory',
  'vehicles',
  'fuel-logs',
  'documents',
  'stations',
  'engines',
  'users',
  'user-profiles',
  'admin-users',
  'media',
  'sessions',
  'activity-logs',
  'competitors',
  'market-price-history',
  'email-templates',
  'backup-settings',
  'payload-preferences',
  'payload-migrations',
  'globals',
  'access',
  'nothing',
  '__proto__',
  'constructor',
  'graphql',
)
const method = fc.constantFrom('get', 'post', 'patch', 'delete', 'put', 'options', 'head')
const key = fc.constantFrom(
  'where',
  'where[id]',
  'where[id][equals]',
  'where[or]',
  'where[and][0][id][in]',
  'where[userId][exists]',
  'where[status][in][]',
  'sort',
  'sort[]',
  'limit',
  'page',
  'depth',
  'select',
  'select[id]',
  'populate',
  'populate[users]',
  'joins',
  'joins[fuelLogs]',
  'joins[fuelLogs][where]',
  'trash',
  'draft',
  'locale',
  'pagination',
  'data',
  'autosave',
  'allSessions',
  'publishAllLocales',
  'unpublishAllLocales',
  '',
  '[]',
  '[',
  'a[b',
)
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(
    fc.constantFrom(
      'vin',
      'make',
      'year',
      'price',
      'vehicle',
      'userId',
      'email',
      'password',
      'id',
      'deletedAt',
      'updatedAt',
      'subtypes',
      'details',
      'images',
      'file',
      'name',
      'role',
      'value',
      'token',
    ),
    fc.oneof(unusualText, fc.jsonValue({ maxDepth: 2 })),
  ),
)
const body = fc.oneof(
  json.map((result) => ({ type: 'application/json', text: JSON.stringify(result) })),
  unusualText.map((text) => ({ type: 'application/json', text })),
  unusualText.map((text) => ({ type: 'application/x-www-form-urlencoded', text: `a=${text}` })),
  json.map((message) => ({
    type: 'multipart/form-data; boundary=b',
    text:
      '--b\r\nContent-Disposition: form-data; ' +
      `name="_payload"\r\n\r\n${JSON.stringify(message)}\r\n--b--\r\n`,
  })),
  unusualText.map((text) => ({
    type: 'multipart/form-data; boundary=b',
    text:
      '--b\r\nContent-Disposition: form-data; name="file"; ' +
      `filename="${text.replaceAll(/["\0]/g, '')}"\r\nContent-Type: ` +
      `image/png\r\n\r\n${text}\r\n--b--\r\n`,
  })),
  unusualText.map((text) => ({ type: 'text/plain', text })),
  unusualText.map((text) => ({ type: text.replaceAll(/[^ -~]/g, '') || 'a', text })),
)
const tail = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '/count',
    '/access',
    '/me',
    '/login',
    '/logout',
    '/unlock',
    '/refresh-token',
    '/versions',
    '/file/a.webp',
    '/file/..%2fa',
  ),
  unusualText.map((reported) => `/${encodeURIComponent(wellFormed(reported))}`),
  unusualText.map((output) => `/${output.replaceAll(/[^!-~]/g, '')}`),
  fc.nat({ max: 2 }).map((i) => `/#${i}`),
  fc
    .tuple(fc.nat({ max: 2 }), fc.constantFrom('duplicate', 'restore', 'access', 'api-key/reveal'))
    .map(([i, end]) => `/#${i}/${end}`),
)
/**
 * Requests of every kind: known and unknown paths, odd values in every part, every body; `#0` to
 * `#2` stand for rows that are there.
 */
export const anyRequest = fc.record({
  method,
  slug,
  tail,
  query: fc.array(fc.tuple(key, unusualText), { maxLength: 3 }),
  body: fc.option(body, { nil: undefined }),
  who: fc.nat({ max: 4 }),
  override: fc.boolean(),
})

/** One of those requests. */
export type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer Value> ? Value : never
