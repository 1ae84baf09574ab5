/** The parts of a vehicle that its title consists of. */
export type NamedVehicle = {
  nickname?: unknown
  year?: unknown
  make?: unknown
  model?: unknown
  vin?: unknown
  licensePlate?: unknown
}

/**
 * The title of an owner's vehicle: its nickname, else `2021 Honda Accord`, else its plate or VIN.
 * At most 255 characters.
 */
export function formatVehicleTitle({
  nickname,
  year,
  make,
  model,
  vin,
  licensePlate,
}: NamedVehicle): string {
  const joinParts = (parts: readonly unknown[]) =>
    parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ')
  const title =
    joinParts([nickname]) ||
    joinParts([year, make, model]) ||
    joinParts([licensePlate]) ||
    joinParts([vin])
  return title.replaceAll('\0', '').slice(0, 255)
}

/** What a person calls a vehicle in a sentence: its nickname, else `Accord`, else its title. */
export function formatVehicleName(vehicle: NamedVehicle): string {
  const name = [vehicle.nickname, vehicle.model].find(
    (text): text is string => typeof text === 'string' && text !== '',
  )
  return name ?? formatVehicleTitle(vehicle)
}
