import { Readable } from 'node:stream'
import { getDayInZone } from '../../src/garage/domain/days.ts'
import { type ZippedFile, zipFiles } from '../../src/storage/zip-files.ts'
import { writeCsvCars, writeCsvHeader } from './adapters/write-csv.ts'
import { writeJekyllCar } from './adapters/write-jekyll.ts'
import { writeXmlCars, writeXmlEnd, writeXmlStart } from './adapters/write-xml.ts'
import type { FeedCar } from './domain/feed-car.ts'
import type { FeedName } from './domain/feed-names.ts'
import { isListed } from './domain/feed-problem.ts'
import type { FeedFormat } from './domain/feed.ts'
import type { FeedContents, ListedCar } from './domain/generated-feed.ts'
import { mapColumns } from './domain/mapping.ts'
import { buildShortName } from './feeds/jekyll/file-name.ts'
import { type FeedRun, openFeeds, readFeedCars } from './runs/load-feed-cars.ts'
import type { QueryContext } from './store/feed-cars.ts'

/** One file of a feed while it is generated. */
export type GeneratedFeed = {
  /** Its name at the receiver: `1234_20261130.csv`. */
  fileName: string
  contentType: string
  body: Readable
  /** Resolves after `body` has ended; rejects with the error of `body`. */
  contents: Promise<FeedContents>
}

/**
 * Starts to generate the file of a feed; it is written while it is read. Cars that break a rule of
 * the feed are left out.
 */
export async function generateFeed(
  req: QueryContext,
  name: FeedName,
  { now }: { now: Date },
): Promise<GeneratedFeed> {
  const run = (await openFeeds(req, { now }))(name)
  const { feed, context } = run
  const counter = new ContentsCounter()
  const chunks = counter.watch(writeChunks(req, run, counter))
  return {
    fileName: feed.buildFileName({
      dealerId: context.dealerId,
      day: getDayInZone(now, context.timeZone),
    }),
    contentType: feed.contentType,
    body: Readable.from(chunks, { objectMode: false }),
    contents: counter.contents,
  }
}

function writeChunks(
  req: QueryContext,
  run: FeedRun,
  counter: ContentsCounter,
): AsyncIterable<string | Buffer> {
  const { format } = run.feed
  return format.kind === 'folder'
    ? zipFiles(writeFiles(req, run, counter))
    : writeText(req, run, counter, format)
}

async function* writeText(
  req: QueryContext,
  run: FeedRun,
  counter: ContentsCounter,
  format: Exclude<FeedFormat, { kind: 'folder' }>,
): AsyncGenerator<string> {
  const { context, feed } = run
  const columns = mapColumns(feed.columns, context.mapping)
  if (format.kind === 'xml') yield writeXmlStart(format.layout, context)
  else if (format.header) yield writeCsvHeader(columns)
  for await (const cars of readListedCars(req, run, counter))
    yield format.kind === 'xml'
      ? writeXmlCars(cars, columns, context, format.layout)
      : writeCsvCars(cars, columns, context, format)
  if (format.kind === 'xml') yield writeXmlEnd(format.layout)
}

async function* writeFiles(
  req: QueryContext,
  run: FeedRun,
  counter: ContentsCounter,
): AsyncGenerator<ZippedFile> {
  const columns = mapColumns(run.feed.columns, run.context.mapping)
  for await (const cars of readListedCars(req, run, counter))
    for (const car of cars)
      yield {
        path: `_vehicles/${buildShortName(car)}.md`,
        bytes: Buffer.from(writeJekyllCar(car, columns, run.context)),
        modified: car.updatedAt,
      }
}

async function* readListedCars(
  req: QueryContext,
  run: FeedRun,
  counter: ContentsCounter,
): AsyncGenerator<FeedCar[]> {
  for await (const checked of readFeedCars(req, run)) {
    const cars = checked.filter(({ problems }) => isListed(problems)).map(({ car }) => car)
    counter.add(cars, checked.length - cars.length)
    if (cars.length > 0) yield cars
  }
}

/** Counts what a file contains while it is written. */
class ContentsCounter {
  readonly contents: Promise<FeedContents>
  readonly #listed: ListedCar[] = []
  #leftOut = 0
  #resolve: (contents: FeedContents) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined

  constructor() {
    this.contents = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // A reader that only needs the file does not have to handle its error twice.
    this.contents.catch(() => undefined)
  }

  add(cars: readonly FeedCar[], leftOut: number): void {
    for (const { id, vin, price, status } of cars)
      this.#listed.push({ carId: id, vin, price, status })
    this.#leftOut += leftOut
  }

  /** Passes the chunks of a file on, and settles `contents` at its end. */
  async *watch<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    try {
      yield* chunks
      this.#resolve({ listed: this.#listed, leftOut: this.#leftOut })
    } catch (error) {
      this.#reject(error)
      throw error
    } finally {
      this.#reject(new Error('The reader of the feed stopped before its end.'))
    }
  }
}
