/** What of the browser decides how an observer joins. */
export type Device = { agent: string; touchPoints: number; standalone: boolean }

/** An iPhone or iPad; the latter says that it is a Mac, but Macs have no touch screen. */
export const isApplePhone = ({ agent, touchPoints }: Device): boolean => /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)

/**
 * On an iPhone the home screen's app shares no storage with Safari, and Safari clears what was not opened for seven days: an observer joins there and not in Safari.
 */
export const needsHomeScreen = (device: Device): boolean => isApplePhone(device) && !device.standalone

export const thisDevice = (): Device => ({ agent: navigator.userAgent, touchPoints: navigator.maxTouchPoints, standalone: matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true) })
