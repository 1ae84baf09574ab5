import { refuseTwin } from '../answers/refuse-twin.ts'

type Car = Readonly<Record<string, unknown>>

const named = ({ title, stock_number: stock, status }: Car) =>
  `${String(title)} (stock number ${String(stock)}, ${String(status)})`

/** A VIN and a stock number are on one car each; the refusal names the car that has them. */
export const refuseTwins = refuseTwin(
  {
    table: 'inventory',
    path: 'vin',
    on: { vin: 'vin' },
    words: (twin) => `VIN ${String(twin['vin'])} is already on ${named(twin)}.`,
  },
  {
    table: 'inventory',
    path: 'stockNumber',
    on: { stockNumber: 'stock_number' },
    words: (twin) => `Stock number ${String(twin['stock_number'])} is already on ${named(twin)}.`,
  },
)
