import { fileURLToPath } from 'node:url'
import type { PayloadRequest } from 'payload'
import { inspectFile } from '../../documents/inspect-file.ts'
import { attachFile, saveVehicleImage } from '../../documents/save-file.ts'

/** Makes a picture of the demo cars the photo of a vehicle. */
export async function setVehiclePicture(
  tx: PayloadRequest,
  vehicle: string,
  picture: string,
): Promise<void> {
  const file = new URL(`../pictures/${picture}.webp`, import.meta.url)
  const { preview } = await inspectFile(tx, fileURLToPath(file))
  if (!preview) throw new Error(`${picture}.webp is not an image.`)
  await saveVehicleImage(tx, vehicle, preview)
}

/** Adds a file of the folder `files` to a document, as an upload would. */
export async function attachDocumentFile(
  tx: PayloadRequest,
  document: string,
  name: string,
): Promise<void> {
  const inspected = await inspectFile(tx, fileURLToPath(getDemoFile(name)))
  await attachFile(tx, { collection: 'documents', id: document }, name, inspected)
}

/** A file of the demo: `files/insurance-card.pdf`. */
export const getDemoFile = (name: string): URL => new URL(`files/${name}`, import.meta.url)
