export const funnel = {}
