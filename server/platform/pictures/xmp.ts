import type { Texts } from '../../../shared/basics.ts'
import { PictureRefused } from './header.ts'

/** What a released file says of itself: IPTC Photo Metadata 2025.1, as XMP. An empty text leaves its field out. */
export type ReleaseFields = {
  /** One of the keys of the texts: the one for readers that know none. */
  language: string
  headline: string
  description: Texts
  descriptionWriter: string
  altText: Texts
  /** The organisation, never a person. */
  creator: string
  creditLine: string
  copyrightNotice: string
  /** Local day, `2027-02-28`, or local hour, `2027-02-28T14`. */
  dateCreated: string
  location: { municipality: string; department: string; country: string; countryCode: string }
  usageTerms: Texts
  instructions: string
  /** The release's public id. */
  jobId: string
}

const vocabulary = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

/** A JPEG segment holds 65,533 bytes, 29 of them the name of what follows. */
const mostBytes = 65_000

/** Builds the packet. Throws PictureRefused `invalid_input` when it does not fit into a JPEG, or the date says more than the hour. */
export function releaseXmp(fields: ReleaseFields, isCovered: boolean): string {
  if (!/^\d{4}-\d\d-\d\d(T\d\d)?$/.test(fields.dateCreated)) throw new PictureRefused('invalid_input', { fields: [{ path: 'dateCreated', reason: 'format' }] })
  const { municipality, department, country, countryCode } = fields.location
  const xmp = [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"',
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
    plain('photoshop:Headline', fields.headline),
    inLanguages('dc:description', fields.description[fields.language], fields.description),
    plain('photoshop:CaptionWriter', fields.descriptionWriter),
    inLanguages('Iptc4xmpCore:AltTextAccessibility', fields.altText[fields.language], fields.altText),
    element('dc:creator', list('Seq', plain('rdf:li', fields.creator))),
    plain('photoshop:Credit', fields.creditLine),
    inLanguages('dc:rights', fields.copyrightNotice, {}),
    // XMP has no hour without minutes; the zone is left open, as it is the place's own.
    plain('photoshop:DateCreated', fields.dateCreated.replace(/T\d\d$/, '$&:00')),
    element('Iptc4xmpExt:LocationCreated', list('Bag', structure(
      plain('Iptc4xmpExt:City', municipality) + plain('Iptc4xmpExt:ProvinceState', department) +
      plain('Iptc4xmpExt:CountryName', country) + plain('Iptc4xmpExt:CountryCode', countryCode)))),
    inLanguages('xmpRights:UsageTerms', fields.usageTerms[fields.language], fields.usageTerms),
    plain('photoshop:Instructions', fields.instructions),
    plain('photoshop:TransmissionReference', fields.jobId),
    plain('Iptc4xmpExt:DigitalSourceType', vocabulary + (isCovered ? 'humanEdits' : 'digitalCapture')),
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  ].join('')
  if (Buffer.byteLength(xmp) > mostBytes) throw new PictureRefused('invalid_input', { limit: mostBytes, fields: [{ path: 'description', reason: 'too_long' }] })
  return xmp
}

const element = (name: string, content: string) => (content === '' ? '' : `<${name}>${content}</${name}>`)
const plain = (name: string, text: string) => element(name, escaped(text))
const list = (kind: 'Seq' | 'Bag' | 'Alt', items: string) => element(`rdf:${kind}`, items)
const structure = (content: string) => (content === '' ? '' : `<rdf:li rdf:parseType="Resource">${content}</rdf:li>`)

/** A list of alternatives begins with the one for readers of no listed language. */
function inLanguages(name: string, fallback: string | undefined, texts: Texts): string {
  const item = (key: string, text: string) => (text === '' ? '' : `<rdf:li xml:lang="${escaped(key)}">${escaped(text)}</rdf:li>`)
  const items = Object.entries(texts).map(([key, text]) => item(key, text))
  return element(name, list('Alt', item('x-default', fallback ?? '') + items.join('')))
}

/** XML text of what a person typed; characters that XML cannot hold, or that only a terminal reads, are dropped. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
