// Apart from the contracts, so that the room can ask before it has read any.

/** So few reports of a filter come as quickly as their count by area would. */
export const fewOnMap = 500

/** What a screen asks first, before it knows what its map shows: everything, in cells small enough to be drawn as the marks of a country. */
export const wholeMap = { south: -90, west: -180, north: 90, east: 180, zoom: 10 }
