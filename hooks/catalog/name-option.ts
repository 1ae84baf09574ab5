import type { CollectionBeforeChangeHook } from 'payload'

/**
 * The name of a vehicle option on every screen: `2021 Honda Accord EX-L`. What it is made of may
 * still be refused by its field.
 */
export const nameOption: CollectionBeforeChangeHook = ({ data }) => {
  const title = ['year', 'make', 'model', 'trim']
    .map((field) => String(data[field] ?? ''))
    .join(' ')
  return { ...data, title: title.replaceAll('\0', '').trim().slice(0, 255) }
}
