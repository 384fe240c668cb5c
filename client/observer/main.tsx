import { begin } from './begin.tsx'

const place = document.getElementById('app')
if (place) void begin(place)
