import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { demoDealers } from './dealers.ts'
import { buildDealerCars, listShownCars, type DealerCar, type DealerName } from './stock.ts'

const HOST = '127.0.0.1'
const CARS_PER_PAGE = 60

/** The sites of the demo dealers, on one port of loopback. */
export type DemoSite = {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string
  /** Shows the pages of another day. */
  showDay: (day: number) => void
  close: () => Promise<void>
}

/** The path of a dealer's inventory page. */
export const getInventoryPath = (dealer: DealerName): string => `/${dealer}/used-cars`

/** Serves the pages of the demo dealers on a free port, which only this machine can reach. */
export async function openDemoSite(): Promise<DemoSite> {
  const cars = buildDealerCars()
  let day = 0
  const answer: RequestListener = ({ url = '/' }, response) => {
    const body = renderRequestedPage(cars, day, new URL(url, `http://${HOST}`))
    if (body === null) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body)
  }
  const server = createServer(answer)
  server.listen(0, HOST)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('The site of the demo dealers has no port.')
  return {
    origin: `http://${HOST}:${address.port}`,
    showDay: (next) => (day = next),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Renders a page of a dealer's inventory; null if there is no such page. */
function renderRequestedPage(
  cars: readonly DealerCar[],
  day: number,
  { pathname, searchParams }: URL,
): string | null {
  const dealer = demoDealers.find(({ name }) => getInventoryPath(name) === pathname)
  if (!dealer) return null
  const shown = listShownCars(cars, dealer.name, day)
  const page = Number(searchParams.get('page') ?? 1)
  const [from, to] = [(page - 1) * CARS_PER_PAGE, page * CARS_PER_PAGE]
  const next = to < shown.length ? `${pathname}?page=${page + 1}` : null
  return dealer.render({ cars: shown.slice(from, to), total: shown.length, next })
}
