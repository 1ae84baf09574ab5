import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../database/transaction.ts'

/** The demo's name: as long as it stays, the facts are the demo's. */
const NAME = 'Forecourt Motors'
/** Our number in the demo's feeds: as long as it stays, their settings are the demo's. */
const DEALER_ID = 'DEMO-1000'

/**
 * Enters the facts of an invented dealership, so that feeds, pages for search engines and payments
 * can be tried at once. The feeds are made each day to be fetched; nothing is sent anywhere. Facts
 * that somebody entered stay.
 */
export async function enterDemoDealership(db: Transaction['db']): Promise<void> {
  await db.execute(sql`
    update dealership set name = ${NAME}, phone = '(213) 555-0100',
      email = 'sales@forecourt.example', street = '100 Sample St', city = 'Los Angeles',
      state = 'CA', postal_code = '90012', latitude = 34.0537, longitude = -118.2428,
      website_url = 'https://cars.forecourt.example',
      car_url_template = 'https://cars.forecourt.example/vehicles/{slug}',
      sales_tax_percent = 9.75, document_fee = 85, registration_fee = 420, interest_percent = 6.9
    where name is null and street is null and website_url is null`)
  await db.execute(sql`
    update export_feeds set enabled = true, delivery = 'pull', dealer_id = ${DEALER_ID}
    where not enabled and delivery = 'none' and dealer_id is null
      and exists (select from dealership where name = ${NAME})`)
}

/**
 * Clears the demo's facts, unless the dealership was renamed, and turns off the feeds that still
 * have the demo's number.
 */
export async function clearDemoDealership(db: Pick<Transaction['db'], 'execute'>): Promise<void> {
  await db.execute(sql`
    update dealership set name = null, phone = null, email = null, street = null, city = null,
      state = null, postal_code = null, latitude = null, longitude = null, website_url = null,
      car_url_template = null, sales_tax_percent = null, document_fee = null,
      registration_fee = null, interest_percent = null
    where name = ${NAME}`)
  await db.execute(sql`
    update export_feeds set enabled = false, delivery = 'none', dealer_id = null
    where dealer_id = ${DEALER_ID}`)
}
