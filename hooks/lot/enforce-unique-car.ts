import { uniqueAmong } from '../constraints/unique-among.ts'

type Car = Readonly<Record<string, unknown>>

const describeCar = ({ title, stock_number: stock, status }: Car) =>
  `${String(title)} (stock number ${String(stock)}, ${String(status)})`

/** A VIN and a stock number belong to one car only; the error names the car that has them. */
export const enforceUniqueCar = uniqueAmong(
  {
    table: 'inventory',
    path: 'vin',
    on: { vin: 'vin' },
    describeDuplicate: (duplicate) =>
      `VIN ${String(duplicate['vin'])} is already on ${describeCar(duplicate)}.`,
  },
  {
    table: 'inventory',
    path: 'stockNumber',
    on: { stockNumber: 'stock_number' },
    describeDuplicate: (duplicate) =>
      `Stock number ${String(duplicate['stock_number'])} is already on ${describeCar(duplicate)}.`,
  },
)
