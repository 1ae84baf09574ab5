export const ThumbnailCell = () => null
