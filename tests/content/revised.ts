/** 改定 of an edition.yaml as its digits are expected elsewhere, by another way than the program's: year, month, and day where it is written. */
export function revisedDate(written: string): string[] {
  const [, year = '', month = '', day] = /^令和(\d+|元)年(\d+)月(?:(\d+)日)?$/.exec(written) ?? [];
  return [
    String(2018 + (year === '元' ? 1 : Number(year))),
    month.padStart(2, '0'),
    ...(day ? [day.padStart(2, '0')] : []),
  ];
}
