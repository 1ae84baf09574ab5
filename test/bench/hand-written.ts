import express, { type Express } from 'express'
import pg from 'pg'

/** The columns that the public sees, by the names of the API. */
const COLUMNS = `id, title, vin, stock_number as "stockNumber", year, make, model, trim, body_style as "bodyStyle", doors,
  exterior_color as "exteriorColor", interior_color as "interiorColor", engine, transmission, fuel_type as "fuelType", drivetrain, mileage,
  mpg_city as "mpgCity", mpg_highway as "mpgHighway", condition, price::float8 as price, msrp::float8 as msrp, featured, images, thumbnail,
  description, features, title_status as "titleStatus", owners, accidents, service_records as "serviceRecords", warranty,
  carfax_url as "carfaxUrl", autocheck_url as "autocheckUrl", listed_at as "listedAt", sold_at as "soldAt", status,
  updated_at as "updatedAt", created_at as "createdAt"`

const ROWS =
  `select ${COLUMNS} from inventory where status = 'available'
    order by listed_at desc, ` + 'created_at desc limit $1 offset $2'
const COUNT = `select count(*)::int as total from inventory where status = 'available'`

/**
 * What somebody would write for this one listing: Express, pg, prepared statements, rows and count
 * at once; its body cached on demand.
 */
export function createHandWritten(url: string, { cached }: { cached: boolean }): Express {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const cache = new Map<string, Buffer>()
  const app = express()
  app.get('/api/inventory', async (req, res) => {
    const body =
      cache.get(req.originalUrl) ??
      (await loadListing(pool, Number(req.query['limit'] ?? 10), Number(req.query['page'] ?? 1)))
    if (cached) cache.set(req.originalUrl, body)
    res.type('json').send(body)
  })
  return app
}

async function loadListing(pool: pg.Pool, limit: number, page: number): Promise<Buffer> {
  const [rows, counted] = await Promise.all([
    pool.query({ name: 'rows', text: ROWS, values: [limit, (page - 1) * limit] }),
    pool.query<{ total: number }>({ name: 'count', text: COUNT }),
  ])
  const totalDocs = counted.rows[0]?.total ?? 0
  const totalPages = Math.ceil(totalDocs / limit) || 1
  const [hasNextPage, hasPrevPage] = [totalPages > page, page > 1]
  const [nextPage, prevPage] = [hasNextPage ? page + 1 : null, hasPrevPage ? page - 1 : null]
  const pagingCounter = (page - 1) * limit + 1
  return Buffer.from(
    JSON.stringify({
      docs: rows.rows,
      hasNextPage,
      hasPrevPage,
      limit,
      nextPage,
      page,
      pagingCounter,
      prevPage,
      totalDocs,
      totalPages,
    }),
  )
}
