import { performance } from 'node:perf_hooks'
import { startServer } from './measure.ts'
import { withEmptyDatabase } from './databases.ts'
import { seedCars } from './seed.ts'

/** How this bench is named on the command line. */
export const QUERIES = 'queries'

/** As many cars as 25,000 of are available, and how long the worst question about them may take. */
const CARS = 31_250
const MAX_MS = 1_000
const ROUNDS = 3

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; min: number }
/**
 * One query, different in each round so that no cached answer serves it: `n` is another number each
 * time.
 */
type Query = { name: string; buildRequest: (n: number) => { path: string; body?: object } }

const repeatPart = (count: number, part: (i: number) => string, between = '&') =>
  Array.from({ length: count }, (_, i) => part(i)).join(between)
const buildListRequest = (query: string) => ({ path: `/api/inventory?${query}` })
const matchAny =
  (count: number, columns: readonly string[], operator: string, value: string) => (n: number) =>
    buildListRequest(
      repeatPart(
        count,
        (i) =>
          `where[or][${i}][${columns[i % columns.length] ?? ''}][${operator}]=${value}${n}${i}`,
      ),
    )
const buildListsRequest =
  (count: number, args: (i: number, n: number) => string, select = 'totalDocs') =>
  (n: number) => ({
    path: '/api/graphql',
    body: {
      query: `{ ${repeatPart(count, (i) => `a${i}: Inventories(${args(i, n)}) { ${select} }`, ' ')} }`,
    },
  })

const WORDS = 'well kept one owner all services on time in a'.split(' ')
const SHORT = ['make', 'model', 'trim', 'engine', 'condition', 'title', 'vin', 'stockNumber']

/**
 * The dearest questions that somebody who is not signed in can think of: some are answered, others
 * are refused.
 */
const WORST: readonly Query[] = [
  { name: '49 descriptions', buildRequest: matchAny(49, ['description'], 'contains', 'zq') },
  { name: '50 short columns', buildRequest: matchAny(50, SHORT, 'contains', 'zq') },
  { name: '45 short columns', buildRequest: matchAny(45, SHORT, 'contains', 'zq') },
  {
    name: '3 descriptions and 12 short',
    buildRequest: (n) =>
      buildListRequest(
        `${matchAny(3, ['description'], 'contains', 'zq')(n).path.split('?')[1] ?? ''}&${repeatPart(12, (i) => `where[or][${i + 3}][${SHORT[i % SHORT.length] ?? ''}][contains]=zq${n}`)}`,
      ),
  },
  {
    name: '3 descriptions with 5 wildcards',
    buildRequest: matchAny(3, ['description'], 'contains', 'a%25e%25i%25o%25u%25zq'),
  },
  {
    name: '3 descriptions in a late page',
    buildRequest: (n) =>
      buildListRequest(
        `${repeatPart(3, (i) => `where[and][${i}][description][contains]=${WORDS[i] ?? ''}`)}&page=240&limit=100&where[price][greater_than]=${n}`,
      ),
  },
  {
    name: '10 words in a description',
    buildRequest: (n) =>
      buildListRequest(
        `where[description][like]=${WORDS.join('+')}&where[price][greater_than]=${n}`,
      ),
  },
  {
    name: '3 words that every description has',
    buildRequest: (n) =>
      buildListRequest(
        `where[description][like]=${WORDS.slice(0, 3).join('+')}&where[price][greater_than]=${n}`,
      ),
  },
  {
    name: 'a description without 3 words',
    buildRequest: (n) => buildListRequest(`where[description][not_like]=zq+zw+z${n}`),
  },
  {
    name: '40 without a short text',
    buildRequest: (n) =>
      buildListRequest(
        repeatPart(
          40,
          (i) => `where[and][${i}][${SHORT[i % SHORT.length] ?? ''}][not_like]=zq${n}${i}`,
        ),
      ),
  },
  {
    name: '12 lists of 100',
    buildRequest: (n) =>
      buildListRequest(
        repeatPart(
          12,
          (i) => `where[or][${i}][vin][in]=${repeatPart(100, (j) => `${n}${i}${j}`, ',')}`,
        ).slice(0, 15_000),
      ),
  },
  {
    name: '50 numbers',
    buildRequest: (n) =>
      buildListRequest(
        repeatPart(50, (i) => `where[or][${i}][price][greater_than]=${900_000 + n + i}`),
      ),
  },
  {
    name: '50 columns not equal',
    buildRequest: (n) =>
      buildListRequest(
        repeatPart(
          50,
          (i) => `where[and][${i}][${SHORT[i % SHORT.length] ?? ''}][not_equals]=zq${n}${i}`,
        ),
      ),
  },
  {
    name: 'by description, last page',
    buildRequest: (n) =>
      buildListRequest(`sort=-description&page=249&limit=100&where[price][greater_than]=${n}`),
  },
  {
    name: 'by five columns, last page',
    buildRequest: (n) =>
      buildListRequest(
        `sort=description,title,-model,mileage,-msrp&page=249&limit=100&where[price][greater_than]=${n}`,
      ),
  },
  {
    name: 'page 1,000,000',
    buildRequest: (n) => buildListRequest(`page=1000000&limit=100&where[price][greater_than]=${n}`),
  },
  {
    name: '100 whole rows',
    buildRequest: (n) => buildListRequest(`limit=100&page=20&where[price][greater_than]=${n}`),
  },
  {
    name: 'GraphQL, 15 x 3 descriptions',
    buildRequest: buildListsRequest(
      15,
      (i, n) =>
        'where: { OR: ' +
        `[${repeatPart(3, (j) => `{ description: { contains: "zq${n}${i}${j}" } }`, ', ')}] }`,
    ),
  },
  {
    name: 'GraphQL, 15 sorted',
    buildRequest: buildListsRequest(
      15,
      (_i, n) => `sort: "mileage", limit: 1, where: { price: { greater_than: ${n} } }`,
      'docs { id }',
    ),
  },
  {
    name: 'GraphQL, 15 late pages',
    buildRequest: buildListsRequest(
      15,
      (i, n) => `limit: 100, page: ${200 + i}, where: { price: { greater_than: ${n} } }`,
      'docs { id }',
    ),
  },
  {
    name: 'GraphQL, 15 x 3 short columns',
    buildRequest: buildListsRequest(
      15,
      (i, n) =>
        'where: { OR: ' +
        `[${repeatPart(3, (j) => `{ ${SHORT[j] ?? ''}: { contains: "zq${n}${i}${j}" } }`, ', ')}] ` +
        '}',
    ),
  },
]

/**
 * Sends each of the worst queries in three rounds and reports the quickest answer: the machine may
 * be busy with something else.
 */
export async function benchQueries(print: Print): Promise<Figure[]> {
  return withEmptyDatabase(print, async (url, ownerUrl) => {
    print(`Filling ${CARS} cars.`)
    await seedCars(ownerUrl, 1, CARS)
    const { url: origin, stop } = await startServer('cached', url, '')
    try {
      const figures: Figure[] = []
      for (const query of WORST) figures.push(await measureQuery(origin, query, print))
      return figures
    } finally {
      stop()
    }
  })
}

async function measureQuery(
  origin: string,
  { name, buildRequest }: Query,
  print: Print,
): Promise<Figure> {
  const millis: number[] = []
  let answer = ''
  for (let round = 1; round <= ROUNDS; round++) {
    const { path, body } = buildRequest(round)
    const began = performance.now()
    const response = await fetch(
      origin + path,
      body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    )
    const text = await response.text()
    millis.push(performance.now() - began)
    if (response.status >= 500)
      throw new Error(`${name} is answered with ${response.status}: ${text.slice(0, 200)}`)
    answer = response.status === 200 && !text.includes('"errors"') ? 'answered' : 'refused'
  }
  const quickest = Math.min(...millis)
  print(`quickest ${name.padEnd(36)} ${quickest.toFixed(0).padStart(6)} ms  ${answer}`)
  return {
    name: `${name}: ${MAX_MS} ms / it`,
    of: name,
    to: name,
    figure: MAX_MS / quickest,
    min: 1,
  }
}
