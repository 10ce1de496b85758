// What a record is called on Đồng bộ: its kind and the name that people know it by.
import type { NamedRecord } from '#lib/app/records/outbox.ts';
import type { Language } from '#lib/ui/language.svelte.ts';

/** "Khảo sát Cá cơm sấy mẫu 09"; "… (đã xóa)". */
export function recordName(
  { kind, name, isDeleted = false }: Pick<NamedRecord, 'kind' | 'name'> & Partial<Pick<NamedRecord, 'isDeleted'>>,
  lang: Language
): string {
  const m = lang.m.sync.record;
  const record = kind === null || kind === 'person' ? m.foreign : m[kind]({ name: name === '' ? m.unnamed : name });
  return isDeleted ? m.deleted({ record }) : record;
}
