import { sql } from '@payloadcms/db-postgres'
import { getTransaction } from '../../src/database/transaction.ts'
import { isWrittenAsVin, normalizeVin } from '../../src/domain/vin.ts'
import { isBrandedTitle } from '../../src/domain/branded-title.ts'
import { isNewCondition, type Listing, normalizeName } from '../../plugins/market/domain/listing.ts'
import type { CompetitorStock } from '../../plugins/market/options.ts'

const MAX_LISTINGS = 500

/**
 * Provides the market room with competitors' cars from the scraping room: unsold cars of the years,
 * make and model of a search that were seen at `since` or later, also those without a price.
 * Returns the 500 most recently seen ones if there are more. The two rooms are independent; this is
 * where they exchange data.
 */
export const loadCompetitorStock: CompetitorStock = async (payload, search, since) => {
  const { rows } = await getTransaction({ payload }).db.execute(sql`
    select car.id, car.vin, car.year, car.make, car.model, car.trim, car.drivetrain, car.engine,
      car.condition, (car.price * 100)::float8 as
      cents, car.mileage, car.url,
      car.first_seen_at, car.last_seen_at, car.title, competitors.name as dealer, competitors.city,
      competitors.state, competitors.latitude::float8, competitors.longitude::float8
    from competitor_inventory car join competitors on competitors.id = car.competitor_id
    where car.is_sold is not true and car.year between ${search.fromYear} and ${search.toYear}
      and lower(regexp_replace(car.make, '[^[:alnum:]]', '', 'g')) = ${normalizeName(search.make)}
      and lower(regexp_replace(car.model, '[^[:alnum:]]', '', 'g')) = ${normalizeName(search.model)}
      and (${search.fromMiles}::int is null or car.mileage between ${search.fromMiles}
      and ${search.toMiles})
      and (car.last_seen_at is null or car.last_seen_at >= ${since})
    order by car.last_seen_at desc nulls last, car.id limit ${MAX_LISTINGS + 1}`)
  return {
    listings: rows.slice(0, MAX_LISTINGS).map((row) => toListing(row as StockRow)),
    complete: rows.length <= MAX_LISTINGS,
  }
}

type StockRow = Pick<
  Listing,
  | 'year'
  | 'make'
  | 'model'
  | 'trim'
  | 'drivetrain'
  | 'engine'
  | 'cents'
  | 'dealer'
  | 'city'
  | 'state'
  | 'url'
> & {
  id: string
  condition: string | null
  latitude: number | null
  longitude: number | null
  first_seen_at: string | null
  vin: string | null
  mileage: number | null
  title: string | null
  last_seen_at: string | null
}

function toListing({
  id,
  vin: writtenVin,
  mileage: miles,
  title,
  condition,
  latitude,
  longitude,
  first_seen_at: firstSeenAt,
  last_seen_at: lastSeenAt,
  ...car
}: StockRow): Listing {
  const vin = normalizeVin(writtenVin ?? '')
  return {
    ...car,
    vin: isWrittenAsVin(vin) ? vin : null,
    key: id,
    miles,
    branded: isBrandedTitle(title, car.trim),
    isNew: isNewCondition(condition),
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    listedAt: toInstant(firstSeenAt),
    seenAt: toInstant(lastSeenAt),
  }
}

const toInstant = (time: string | null): string | null =>
  time === null ? null : new Date(time).toISOString()
