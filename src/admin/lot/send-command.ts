/** Sends a command about the car. Resolves to whether it was accepted. */
export type SendCommand = (body: object) => Promise<boolean>
