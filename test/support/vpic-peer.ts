import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { REAL_VINS, type RealVin } from './real-vins.ts'

/**
 * An answer that the peer gives in the place of its own. `silent` says nothing for ever; `cut`
 * breaks the connection off.
 */
type Canned =
  { status: number; headers?: Record<string, string> } | { text: string } | 'silent' | 'cut'

/** vPIC, NHTSA’s recalls and fueleconomy.gov as their pages describe them, on loopback. */
export type VpicPeer = {
  /** What VPIC_URL, NHTSA_RECALLS_URL and FUEL_ECONOMY_URL are. */
  readonly settings: { VPIC_URL: string; NHTSA_RECALLS_URL: string; FUEL_ECONOMY_URL: string }
  /** The paths that were asked for. */
  readonly requests: string[]
  /** Answers more requests than this with 403, as vPIC does with a batch; null for no limit. */
  limit: number | null
  /** Every request is answered so; null for its own answers again. */
  always: (canned: Canned | null) => void
  stop: () => Promise<void>
}

/** The words of vPIC for a body and a fuel. */
const BODIES: Readonly<Record<string, string>> = {
  SUV: 'Sport Utility Vehicle (SUV)/Multi-Purpose Vehicle (MPV)',
  Sedan: 'Sedan/Saloon',
  Convertible: 'Convertible/Cabriolet',
  Hatchback: 'Hatchback/Liftback/Notchback',
  Truck: 'Truck-Tractor',
}

/** Nobody ever recalled or measured anything else. */
const RECALLS = {
  Count: 1,
  Message: 'Results returned successfully',
  results: [
    {
      Manufacturer: 'Honda (American Honda Motor Co.)',
      NHTSACampaignNumber: '19V182000',
      ReportReceivedDate: '28/02/2019',
      Component: 'AIR BAGS:FRONTAL:DRIVER SIDE:INFLATOR MODULE',
      Summary: 'The inflator may explode.',
      Consequence: 'Sharp metal fragments may strike the driver.',
      Remedy: 'Dealers will replace the inflator.',
    },
    { Component: 'A row without a number cannot be read.' },
  ],
}

export async function startVpicPeer(): Promise<VpicPeer> {
  const requests: string[] = []
  let usual: Canned | null = null
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://peer')
    requests.push(url.pathname + url.search)
    if (peer.limit !== null && requests.length > peer.limit)
      return sendCanned(response, { status: 403 })
    if (usual) return sendCanned(response, usual)
    response.setHeader('content-type', 'application/json')
    const body = buildAnswer(url)
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const peer: VpicPeer = {
    settings: {
      VPIC_URL: `${origin}/api/vehicles`,
      NHTSA_RECALLS_URL: origin,
      FUEL_ECONOMY_URL: `${origin}/ws/rest`,
    },
    requests,
    limit: null,
    always: (canned) => void (usual = canned),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return peer
}

function sendCanned(response: ServerResponse, canned: Canned): void {
  if (canned === 'silent') return
  if (canned === 'cut') return void response.socket?.destroy()
  if ('text' in canned) return void response.end(canned.text)
  response.writeHead(canned.status, canned.headers).end('<html>Too many requests</html>')
}

function buildAnswer({ pathname, searchParams }: URL): unknown {
  const vin = /^\/api\/vehicles\/DecodeVinValuesExtended\/(\w+)$/.exec(pathname)?.[1]
  if (vin !== undefined) return buildDecoded(vin, searchParams.get('modelyear'))
  if (pathname === '/recalls/recallsByVehicle') return RECALLS
  if (pathname === '/ws/rest/vehicle/menu/model')
    return {
      menuItem: [
        { text: 'Accord', value: 'Accord' },
        { text: 'Civic', value: 'Civic' },
      ],
    }
  if (pathname === '/ws/rest/vehicle/menu/options')
    return { menuItem: { text: 'Auto 5-spd, 6 cyl, 3.0 L', value: '18513' } }
  if (pathname === '/ws/rest/vehicle/18513')
    return { city08: '18', highway08: '26', pv2: '93', pv4: '0', lv2: '13', lv4: '0' }
  return undefined
}

/** All values are texts, and empty ones are unknown. */
function buildDecoded(vin: string, modelYear: string | null): object {
  const car = REAL_VINS.find((known) => known.vin === vin)
  const result = car ? describeCar(car, modelYear) : describeUnknown(modelYear)
  return {
    Count: 1,
    Message: 'Results returned successfully. NOTE: Any missing decoded values are unknown.',
    SearchCriteria: `VIN(s): ${vin}`,
    Results: [{ VIN: vin, ...result }],
  }
}

function describeCar(car: RealVin, modelYear: string | null) {
  const liters = /([\d.]+)L/.exec(car.engine ?? '')?.[1] ?? ''
  const [, letter = '', count = ''] =
    /\b([IV]?)(\d{1,2})(?:-Cylinder)?(?= |$)/.exec(car.engine ?? '') ?? []
  const configurations: Record<string, string> = { I: 'In-Line', V: 'V-Shaped' }
  return {
    Make: car.make.toUpperCase(),
    Model: car.model,
    ModelYear: modelYear ?? String(car.year),
    Trim: car.trim ?? '',
    BodyClass: BODIES[car.bodyStyle] ?? car.bodyStyle,
    Doors: car.doors === undefined ? '' : String(car.doors),
    DisplacementL: liters,
    EngineCylinders: count,
    EngineConfiguration: configurations[letter] ?? '',
    Turbo: car.engine?.includes('Turbo') ? 'Yes' : '',
    FuelTypePrimary: car.fuelType === 'Hybrid' ? 'Gasoline' : car.fuelType,
    FuelTypeSecondary: car.fuelType === 'Hybrid' ? 'Electric' : '',
    DriveType: car.bodyStyle === 'SUV' ? 'AWD/All-Wheel Drive' : 'RWD/Rear-Wheel Drive',
    TransmissionStyle: 'Automatic',
    TransmissionSpeeds: '8',
    VehicleType: 'PASSENGER CAR',
    ErrorCode: '0',
    ErrorText: '0 - VIN decoded clean. Check Digit (9th position) is correct',
  }
}

const describeUnknown = (modelYear: string | null) => ({
  Make: '',
  Model: '',
  ModelYear: modelYear ?? '',
  ErrorCode: '7,400',
  ErrorText: '7 - Manufacturer is not registered with NHTSA for sale or importation in the U.S.',
})
