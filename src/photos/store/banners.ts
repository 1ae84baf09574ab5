import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { findUploadName } from '../../domain/photo-url.ts'
import { buildBannerUrl } from '../domain/banner-files.ts'
import { buildHighlight } from '../domain/highlight.ts'

type Database = Transaction['db']
type Context = Pick<PayloadRequest, 'payload'> & Partial<Pick<PayloadRequest, 'transactionID'>>

const NUMBER = z.coerce.number().nullable()
const TEXT = z.string().nullable()
const ROWS = z.array(
  z.object({
    id: z.string(),
    isAvailable: z.boolean(),
    price: z.coerce.number(),
    firstPhoto: TEXT,
    isBroken: z.boolean(),
    entered: TEXT,
    owners: NUMBER,
    titleStatus: TEXT,
    accidents: NUMBER,
    serviceRecords: z.boolean().nullable(),
    storageKey: TEXT,
    shownPrice: NUMBER,
    shownPhoto: TEXT,
    shownHighlight: TEXT,
  }),
)

/** What the banner of a car shows: `photo` is the file of its first photo. */
export type BannerFacts = {
  price: number
  photo: string
  highlight: string
}

/**
 * A car and its banner: what it has to show, null if the car has none because it is not available,
 * or its first photo is not one of ours or damaged; and the stored one.
 */
export type CarBanner = {
  car: string
  wanted: BannerFacts | null
  stored: (BannerFacts & { storageKey: string }) | null
}

const COLUMNS = sql`car.id, car.status = 'available' as "isAvailable", car.price,
  car.images ->> 0 as "firstPhoto",
  exists (select from media photo join photo_preparations p on p.media_id = photo.id
    where photo.filename = regexp_replace(car.images ->> 0, '^.*/', '')
      and p.problem is not null) as "isBroken", car.highlight as entered, car.owners,
  car.title_status as "titleStatus", car.accidents, car.service_records as "serviceRecords",
  banner.storage_key as "storageKey", banner.price as "shownPrice",
  banner.photo as "shownPhoto", banner.highlight as "shownHighlight"`

const JOINED = sql`inventory car left join car_banners banner on banner.car_id = car.id`

/** Loads the banners of cars; those that do not exist are left out. */
export async function loadCarBanners(
  context: Context,
  cars: readonly string[],
): Promise<CarBanner[]> {
  const { db } = getTransaction(context)
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from ${JOINED} where car.id = any(${sql.param([...cars])}::uuid[])`)
  return toBanners(context, rows)
}

/** Lists the cars whose banner is missing, out of date or no longer wanted. */
export async function listOutdatedBanners(context: Context): Promise<string[]> {
  const { db } = getTransaction(context)
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from ${JOINED}
    where car.status = 'available' or banner.car_id is not null order by car.updated_at desc`)
  return toBanners(context, rows)
    .filter((banner) => !isCurrent(banner))
    .map(({ car }) => car)
}

/** Whether a car has exactly the banner that it has to have, or needs none and has none. */
export const isCurrent = ({ wanted, stored }: CarBanner): boolean =>
  wanted === null || stored === null
    ? wanted === stored
    : wanted.price === stored.price &&
      wanted.photo === stored.photo &&
      wanted.highlight === stored.highlight

/**
 * The public addresses of the banners of cars, by their IDs. A car without a banner that shows its
 * price of now is left out: its first photo is used as it is.
 */
export async function loadBannerUrls(
  req: Context,
  carIds: readonly string[],
): Promise<Map<string, string>> {
  const origin = req.payload.config.serverURL
  const banners = await loadCarBanners(req, carIds)
  return new Map(
    banners.flatMap((banner) =>
      banner.stored && isCurrent(banner)
        ? [[banner.car, buildBannerUrl(origin, banner.stored.storageKey)] as const]
        : [],
    ),
  )
}

/** Stores the banner of a car, or removes it. The trigger notes the bytes of the old one. */
export async function saveBanner(
  db: Database,
  car: string,
  banner: { facts: BannerFacts; storageKey: string; now: Date } | null,
): Promise<void> {
  if (!banner) {
    await db.execute(sql`delete from car_banners where car_id = ${car}`)
    return
  }
  const { facts, storageKey, now } = banner
  await db.execute(sql`
    insert into car_banners (car_id, price, photo, highlight, storage_key, made_at)
    select id, ${facts.price}, ${facts.photo}, ${facts.highlight}, ${storageKey},
      ${now.toISOString()}::timestamptz from inventory where id = ${car} for key share
    on conflict (car_id) do update set price = excluded.price, photo = excluded.photo,
      highlight = excluded.highlight, storage_key = excluded.storage_key,
      made_at = excluded.made_at`)
}

function toBanners({ payload }: Context, rows: unknown): CarBanner[] {
  const origin = payload.config.serverURL
  return ROWS.parse(rows).map((row) => {
    const photo = row.firstPhoto === null ? null : findUploadName(row.firstPhoto, [origin])
    return {
      car: row.id,
      wanted:
        row.isAvailable && photo !== null && !row.isBroken
          ? { price: row.price, photo, highlight: buildHighlight(row) }
          : null,
      stored: toStored(row),
    }
  })
}

function toStored(row: z.infer<typeof ROWS>[number]): CarBanner['stored'] {
  const { storageKey, shownPrice, shownPhoto, shownHighlight } = row
  if (storageKey === null || shownPrice === null) return null
  return {
    storageKey,
    price: shownPrice,
    photo: shownPhoto ?? '',
    highlight: shownHighlight ?? '',
  }
}
