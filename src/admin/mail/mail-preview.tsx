'use client'
/** A mail as whoever gets it sees it. */
export const MailPreview = () => null
