// One small file a country, made by tools/basemap: a new one needs no code.
const files = import.meta.glob<string>('./data/*.json', { query: '?url', import: 'default', eager: true })

/** Where the packed map of a country is fetched (ISO 3166-1 alpha-2); null where none was made. */
export const mapAddress = (country: string): string | null => files[`./data/${country.toLowerCase()}.json`] ?? null
