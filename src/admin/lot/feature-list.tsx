export const FeatureList = () => null
