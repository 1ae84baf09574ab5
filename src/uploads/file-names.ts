const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const STORED = new RegExp(`^${UUID}(?:-[a-z]+)?\\.[a-z0-9]{2,5}$`)

/** Whether a name is one that Forecourt gives to uploaded files, and not that of another file. */
export const isUploadName = (name: string): boolean => STORED.test(name)
