import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import type { Prospect, ProspectCustomer, ProspectVehicle } from './domain/prospect.ts'

/** The media type of ADF. */
export const ADF_TYPE = 'application/x-adf+xml'

/**
 * Writes a lead as ADF 1.0, the format that CRMs of dealerships read. Characters that XML does not
 * have are dropped. Elements that ADF requires are there even if they are empty.
 */
export function buildAdf(prospect: Prospect): string {
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' })
  document.ins('adf', 'version="1.0"')
  const root = document.ele('adf').ele('prospect', { status: 'new' })
  root.ele('id', { sequence: '1', source: prospect.source }).txt(prospect.id)
  root.ele('requestdate').txt(prospect.requestedAt)
  addVehicle(root, prospect.vehicle)
  addCustomer(root, prospect.customer)
  addVendor(root, prospect.vendor ?? '')
  root.ele('provider').ele('name', { part: 'full' }).txt(prospect.source)
  return document.end({ prettyPrint: true })
}

function addVehicle(root: XMLBuilder, vehicle: ProspectVehicle): void {
  const { interest, condition, mileage, price } = vehicle
  const element = root.ele('vehicle', { interest, status: 'used' })
  element.ele('year').txt(String(vehicle.year))
  element.ele('make').txt(vehicle.make)
  element.ele('model').txt(vehicle.model)
  addText(element, 'vin', vehicle.vin)
  addText(element, 'stock', vehicle.stockNumber)
  addText(element, 'trim', vehicle.trim)
  addText(element, 'transmission', vehicle.transmission)
  if (mileage !== null)
    element.ele('odometer', { status: 'unknown', units: 'miles' }).txt(String(mileage))
  addText(element, 'condition', condition?.toLowerCase() ?? null)
  addColors(element, vehicle)
  if (price)
    element.ele('price', { type: 'asking', currency: price.currency }).txt(price.amount.toFixed(2))
}

function addColors(
  element: XMLBuilder,
  { exteriorColor, interiorColor }: Pick<ProspectVehicle, 'exteriorColor' | 'interiorColor'>,
): void {
  if (!exteriorColor && !interiorColor) return
  const colors = element.ele('colorcombination')
  addText(colors, 'interiorcolor', interiorColor)
  addText(colors, 'exteriorcolor', exteriorColor)
}

function addCustomer(root: XMLBuilder, { name, email, phone, comments }: ProspectCustomer): void {
  const customer = root.ele('customer')
  const contact = customer.ele('contact')
  contact.ele('name', { part: 'full' }).txt(name ?? '')
  addText(contact, 'email', email)
  addText(contact, 'phone', phone)
  addText(customer, 'comments', comments)
}

function addVendor(root: XMLBuilder, name: string): void {
  const vendor = root.ele('vendor')
  vendor.ele('vendorname').txt(name)
  vendor.ele('contact').ele('name', { part: 'full' }).txt(name)
}

function addText(parent: XMLBuilder, name: string, text: string | null): void {
  if (text) parent.ele(name).txt(text)
}
