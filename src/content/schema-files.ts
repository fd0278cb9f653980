export function writeSchemas(_folder: string): string[] {
  return [];
}
