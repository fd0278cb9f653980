import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A measure's file as it is written, read by another way than the program's. */
export interface Written {
  番号: string;
  区分: string;
  取組?: string;
  再掲?: string;
  担当課?: string[];
  スケジュール?: Record<string, { 項目?: string; 内容?: string; 予算額?: unknown; 事業実績?: string }>;
  '現状・実績・目標'?: string;
  関連計画?: string[];
  /** The whole file. */
  text: string;
}

/** All of a content folder, in the order of their numbers. */
export function writtenMeasures(folder: string): Written[] {
  return readdirSync(`${folder}/measures`)
    .map((name) => {
      const text = readFileSync(`${folder}/measures/${name}`, 'utf8');
      return { ...(parse(text) as Omit<Written, 'text'>), text };
    })
    .sort((a, b) => place(a.番号) - place(b.番号));
}

/** What a measure lacks, by the name of the cell, where 事業実績 of `due` is due. */
export const lackingIn = (file: Written, due: readonly string[]): string[] =>
  file.再掲
    ? []
    : [
        ...due
          .filter((year) => {
            const { 項目 = '', 内容 = '—', 予算額, 事業実績 } = file.スケジュール?.[year] ?? {};
            const planned = /[→◎○△]/.test(項目) || (項目 === '' && 内容 !== '—') || amountOf(予算額) > 0;
            return planned && !事業実績;
          })
          .map((year) => `${year} 事業実績`),
        ...(file['現状・実績・目標'] ? [] : ['現状・実績・目標']),
      ];

const place = (number: string) => number.split('-').reduce((sum, part) => sum * 1000 + Number(part), 0);

/** Every whole number in a value of 予算額, however it is written. */
export const amountOf = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, part) => sum + amountOf(part), 0)
      : 0;
