/** A field that the form leaves out, because the review above it shows the value. */
export const NotShown = () => null
