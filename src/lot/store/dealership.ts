import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

const TEXT = z.string().nullable()
const NUMBER = z.coerce.number().nullable()
const DEALERSHIP = z.object({
  name: TEXT,
  phone: TEXT,
  email: TEXT,
  street: TEXT,
  city: TEXT,
  state: TEXT,
  postalCode: TEXT,
  latitude: NUMBER,
  longitude: NUMBER,
  websiteUrl: TEXT,
  carUrlTemplate: TEXT,
  salesTaxPercent: NUMBER,
  documentFee: NUMBER,
  registrationFee: NUMBER,
  interestPercent: NUMBER,
  loanMonths: NUMBER,
  downPaymentPercent: NUMBER,
  leadsEmail: TEXT,
})

/** The facts of the dealership; null where nothing was entered. Amounts are in dollars. */
export type DealershipFacts = z.infer<typeof DEALERSHIP>

/** Loads the facts of the dealership. */
export async function loadDealership(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
): Promise<DealershipFacts> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    select name, phone, email, street, city, state, postal_code as "postalCode", latitude,
      longitude, website_url as "websiteUrl", car_url_template as "carUrlTemplate",
      sales_tax_percent as "salesTaxPercent", document_fee as "documentFee",
      registration_fee as "registrationFee", interest_percent as "interestPercent",
      loan_months as "loanMonths", down_payment_percent as "downPaymentPercent",
      leads_email as "leadsEmail"
    from dealership order by created_at, id limit 1`)
  return DEALERSHIP.parse(rows[0])
}
