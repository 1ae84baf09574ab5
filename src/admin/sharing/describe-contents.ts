type Terms = { withCosts: boolean; withDocuments: boolean }

/** What goes to the next owner of a vehicle with an offer. */
export function describeContents({ withCosts, withDocuments }: Terms): string {
  if (withCosts && withDocuments) return 'With its history, costs, documents and receipts'
  if (withCosts) return 'With its history and costs, without documents and receipts'
  if (withDocuments) return 'With its history and documents, without costs and receipts'
  return 'With its history only: no costs, documents or receipts'
}
