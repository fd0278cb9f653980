import { type Provenance, provenanceDescription, provenanceNamespace, provenanceProperties } from './provenance.ts';

/**
 * The XMP packet of Typst's PDF/UA-1 file, declared to be PDF/A-3a too (ISO 19005-3, 6.6.4), with its provenance. What
 * PDF/A does not know beforehand is described by extension schemas (ISO 19005-3, 6.6.2.3).
 */
export function declareArchivable(packet: string, provenance: Provenance): string {
  const end = packet.lastIndexOf('</rdf:RDF>');
  if (end < 0 || !packet.includes('<pdfuaid:part>1</pdfuaid:part>'))
    throw new Error('no PDF/UA-1 identification in the XMP where Typst is known to write one');
  return packet.slice(0, end) + provenanceDescription(provenance) + descriptions + packet.slice(end);
}

const property = (name: string, type: string, description: string) =>
  `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name>` +
  `<pdfaProperty:valueType>${type}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
  `<pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`;

const schema = (name: string, uri: string, prefix: string, ...properties: string[]) =>
  `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>${name}</pdfaSchema:schema>` +
  `<pdfaSchema:namespaceURI>${uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>${prefix}</pdfaSchema:prefix>` +
  `<pdfaSchema:property><rdf:Seq>${properties.join('')}</rdf:Seq></pdfaSchema:property></rdf:li>`;

const descriptions =
  '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">' +
  '<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>' +
  '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"' +
  ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">' +
  `<pdfaExtension:schemas><rdf:Bag>${schema(
    'PDF/UA identification schema',
    'http://www.aiim.org/pdfua/ns/id/',
    'pdfuaid',
    property('part', 'Integer', 'Part of ISO 14289 to which the file conforms'),
  )}${schema(
    'Shisakushu provenance schema',
    provenanceNamespace,
    'shisakushu',
    ...Object.entries(provenanceProperties).map(([name, description]) => property(name, 'Text', description)),
  )}</rdf:Bag></pdfaExtension:schemas></rdf:Description>`;
