import type { Page } from 'playwright-core'
import type { Browser } from '../support/browser.ts'
import type { DealerCar, World } from '../support/dealer-sites/world.ts'
import type { Role, TestForecourt } from '../support/forecourt.ts'
import type { PanelForecourt } from '../support/panel.ts'
import { signedIn } from './screens.ts'
import { SCRIPTS } from './script-strings.ts'

export const SCREENSHOTS = '.test/screenshots'

/**
 * What a spec of these screens has open; created for each spec, as it is not there before the
 * spec begins.
 */
type Stage = { forecourt: PanelForecourt; browser: Browser; competitor: string }

/**
 * Looks at competitors' screens: opens one as a role, keeps a picture, counts the rows of a table.
 */
export function competitorScreens(stage: () => Stage) {
  const open = async (role: Role, id = stage().competitor, on = stage().browser): Promise<Page> => {
    const page = await signedIn(stage().forecourt, on, role, `/collections/competitors/${id}`)
    await badgeOf(page).waitFor()
    return page
  }
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: `${SCREENSHOTS}/scraping-${name}.png`, fullPage: true })
  const counted = async (table: string, where = 'true') =>
    Number(
      (await stage().forecourt.sql(`select count(*)::int as count from ${table} where ${where}`))
        .rows[0]?.count,
    )
  return { open, picture, counted }
}

/** One part of what is known of a competitor. */
export const openPart = (page: Page, name: string) =>
  page.getByRole('group', { name: 'View' }).getByRole('button', { name, exact: true }).click()

/** The badge at the head of a competitor's screen. */
export const badgeOf = (page: Page) => page.locator('.watch__state .status-pill')

/**
 * Asks for a run and waits until the screen says how it went: the badge that is expected, and
 * nothing under way any more.
 */
export async function scrapeNow(page: Page, badge: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Scrape now' }).click()
  await page.locator('.watch__under-way').waitFor()
  await page.locator('.watch__under-way').waitFor({ state: 'detached', timeout: 120_000 })
  await badgeOf(page).filter({ hasText: badge }).waitFor()
}

/** A world whose every car says scripts where a dealer writes what he likes. */
export function hostile({ days }: World): World {
  const scripted = (car: DealerCar, index: number): DealerCar => ({
    ...car,
    trim: (SCRIPTS[index] ?? '').slice(0, 100),
    exteriorColor: (SCRIPTS[index + 30] ?? '').slice(0, 100),
  })
  return { days: days.map((cars) => cars.map(scripted)), happenings: [] }
}

/**
 * A quarter of a year of figures and of prices, as runs would have left them; they lead to the
 * figures that are there.
 */
export async function saveQuarter({ sql }: TestForecourt, competitor: string): Promise<void> {
  await sql(
    `insert into competitor_metrics (competitor_id, calculated_at, total_inventory, avg_price,
      avg_days_on_market, vehicles_sold_30d,
       price_changes_30d, new_listings_30d)
     select $1, now() - make_interval(days => ago), total_inventory + round(9 * sin(ago / 9.0)),
       avg_price + 25 * ago + 400 * sin(ago / 5.0),
       41 + 6 * sin(ago / 14.0), 14 + round(5 * sin(ago / 11.0)), 22 + round(8 * sin(ago / 8.0)), 15
         + round(4 * sin(ago / 13.0))
     from generate_series(1, 89) as ago,
       (select * from competitor_metrics where competitor_id = $1
         order by calculated_at desc limit 1) as latest`,
    [competitor],
  )
  await sql(
    `insert into competitor_price_history (competitor_inventory_id, recorded_at, price, min_price)
     select id, now() - make_interval(days => 20 * step), price + 450 * step * (1 +
       (ascii(right(stock_number, 1)) % 3)), price
     from competitor_inventory, generate_series(1, 3) as step
     where competitor_id = $1 and price is not null and stock_number ~ '[02468]$'`,
    [competitor],
  )
  await sql(
    `update competitor_inventory set first_seen_at = now() - interval '60 days', days_on_market = 60
     where competitor_id = $1 and stock_number ~ '[02468]$'`,
    [competitor],
  )
}
