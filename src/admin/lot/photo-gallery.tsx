export const PhotoGallery = () => null
