import {
  bigserial,
  integer,
  numeric,
  pgTable,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'
import { MAX_HIGHLIGHT } from './domain/highlight.ts'

/** These tables are Payload's; here they only have a name and a key. */
const media = pgTable('media', { id: uuid('id').primaryKey() })
const inventory = pgTable('inventory', { id: uuid('id').primaryKey() })

const instant = (name: string) => timestamp(name, { withTimezone: true })

/**
 * The sizes of the photos of the lot, one row for each width and format. Their bytes are in the
 * storage of photos, in the folder `sizes`. Triggers (src/database/photo-triggers.ts) note those
 * whose row is gone.
 */
const photoSizes = pgTable(
  'photo_sizes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    media: uuid('media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    format: varchar('format', { length: 4 }).notNull(),
    fileSize: integer('file_size').notNull(),
    storageKey: varchar('storage_key', { length: 255 }).notNull(),
  },
  (columns) => [
    uniqueIndex('photo_sizes_media_idx').on(columns.media, columns.format, columns.width),
    uniqueIndex('photo_sizes_storage_key_idx').on(columns.storageKey),
  ],
)

/**
 * Which photos were prepared: `placeholder` is a tiny picture as a data URL, and `problem` is why
 * the sizes could not be made. A photo without a row is prepared by the next sweep.
 */
const photoPreparations = pgTable('photo_preparations', {
  media: uuid('media_id')
    .primaryKey()
    .references(() => media.id, { onDelete: 'cascade' }),
  placeholder: varchar('placeholder', { length: 2000 }),
  problem: varchar('problem', { length: 500 }),
  preparedAt: instant('prepared_at').notNull(),
})

/**
 * The first photo of each available car with its price and highlight on it. `price`, `photo` and
 * `highlight` are what the picture shows; it is out of date when the car has other ones.
 */
const carBanners = pgTable(
  'car_banners',
  {
    car: uuid('car_id')
      .primaryKey()
      .references(() => inventory.id, { onDelete: 'cascade' }),
    price: numeric('price', { precision: 10, scale: 2, mode: 'number' }).notNull(),
    photo: varchar('photo', { length: 500 }).notNull(),
    highlight: varchar('highlight', { length: MAX_HIGHLIGHT }).notNull(),
    storageKey: varchar('storage_key', { length: 255 }).notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (columns) => [uniqueIndex('car_banners_storage_key_idx').on(columns.storageKey)],
)

/**
 * The last check of the address of a photo that a car has: the status of the response, or why there
 * was none. `failures` counts the failed checks in a row; from two on the photo is dead.
 */
const photoChecks = pgTable('photo_checks', {
  url: varchar('url', { length: 500 }).primaryKey(),
  status: integer('status'),
  problem: varchar('problem', { length: 300 }),
  failures: integer('failures').notNull().default(0),
  failingSince: instant('failing_since'),
  checkedAt: instant('checked_at').notNull(),
})

/**
 * Bytes of sizes and banners whose row was deleted or replaced, in whatever way; triggers add them.
 * The task `sweep-files` removes the bytes, then the entry.
 */
const removedPhotoFiles = pgTable('removed_photo_files', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  key: varchar('key', { length: 255 }).notNull(),
})

/** The tables of photos that have no collection. */
export const photoTables = {
  photo_sizes: photoSizes,
  photo_preparations: photoPreparations,
  car_banners: carBanners,
  photo_checks: photoChecks,
  removed_photo_files: removedPhotoFiles,
}
