import {
  escaped,
  type Provenance,
  provenanceDescription,
  provenanceNamespace,
  provenanceProperties,
} from './provenance.ts';

/** What a document is about, and what may be done with it. */
export interface About {
  subject: string;
  keywords: readonly string[];
  /** Terms of use */
  rights?: string | undefined;
}

/** What a document says of itself. */
export interface DocumentFacts {
  title: string;
  author: string;
  /** ISO 8601, of making and changing it */
  date: string;
  /** Name and version of what laid it out */
  creator: string;
  pages: number;
  /** What tells this document from others, and this state of it from others. */
  documentId: string;
  instanceId: string;
  about?: About | undefined;
}

/**
 * The XMP packet of a PDF/UA-1 file (ISO 14289-1, 5) that is PDF/A-3a too (ISO 19005-3, 6.6.4), with its provenance. What
 * PDF/A does not know beforehand is described by extension schemas (ISO 19005-3, 6.6.2.3).
 */
export const xmpPacket = (facts: DocumentFacts, provenance: Provenance): string =>
  '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  description(facts) +
  provenanceDescription(provenance) +
  descriptions +
  '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>';

const description = ({ title, author, date, creator, pages, documentId, instanceId, about }: DocumentFacts) =>
  '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"' +
  ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:xmpTPg="http://ns.adobe.com/xap/1.0/t/pg/"' +
  ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">' +
  `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>` +
  `<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>` +
  '<dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li></rdf:Bag></dc:language><dc:format>application/pdf</dc:format>' +
  aboutElements(about) +
  `<xmp:CreatorTool>${escaped(creator)}</xmp:CreatorTool><xmp:ModifyDate>${date}</xmp:ModifyDate>` +
  `<xmp:CreateDate>${date}</xmp:CreateDate><pdfuaid:part>1</pdfuaid:part><xmpTPg:NPages>${pages}</xmpTPg:NPages>` +
  `<xmpMM:InstanceID>${instanceId}</xmpMM:InstanceID><xmpMM:DocumentID>${documentId}</xmpMM:DocumentID>` +
  '<xmpMM:RenditionClass>proof</xmpMM:RenditionClass><pdf:PDFVersion>1.7</pdf:PDFVersion></rdf:Description>';

const aboutElements = (about: About | undefined): string => {
  if (!about) return '';
  const { subject, keywords, rights } = about;
  const inWords = (name: string, text: string) =>
    `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt></dc:${name}>`;
  return (
    inWords('description', subject) +
    `<dc:subject><rdf:Bag>${keywords.map((word) => `<rdf:li>${escaped(word)}</rdf:li>`).join('')}</rdf:Bag></dc:subject>` +
    (rights === undefined ? '' : inWords('rights', rights)) +
    `<pdf:Keywords>${escaped(keywords.join(', '))}</pdf:Keywords>`
  );
};

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
