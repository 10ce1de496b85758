// The fields: what they show while typing, when they hand a value on, what they never lose.
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ChoiceField from '#lib/ui/ChoiceField.svelte';
import DateField from '#lib/ui/DateField.svelte';
import MultiChoiceField from '#lib/ui/MultiChoiceField.svelte';
import NumberField from '#lib/ui/NumberField.svelte';
import PasswordField from '#lib/ui/PasswordField.svelte';
import SelectSearch from '#lib/ui/SelectSearch.svelte';
import SwitchRow from '#lib/ui/SwitchRow.svelte';
import TextField from '#lib/ui/TextField.svelte';
import { failOnConsoleError } from './quiet.ts';
import { onStage } from './stage.ts';

failOnConsoleError();

function input(name: string): HTMLInputElement {
  const element = page.getByLabelText(name).element();
  if (!(element instanceof HTMLInputElement)) throw new Error(`${name} is no input`);
  return element;
}

describe('DateField', () => {
  test('shows quietly what stands in an empty field: in WebKit it is the day of today', async () => {
    const empty = await render(DateField, { label: 'Ngày cấp', value: null }, onStage());
    const colour = () => getComputedStyle(input('Ngày cấp')).color;
    const quiet = colour();
    await page.getByLabelText('Ngày cấp').fill('2026-11-20');
    expect(colour()).not.toBe(quiet);
    await empty.unmount();
    await render(DateField, { label: 'Ngày cấp', value: '2026-11-20' }, onStage());
    expect(colour()).not.toBe(quiet);
  });
});

describe('NumberField', () => {
  test('writes thousands separators while typing and hands the number on when it is left', async () => {
    const oncommit = vi.fn();
    const oninput = vi.fn();
    await render(NumberField, { label: 'Doanh thu', unit: 'triệu đồng', value: null, oncommit, oninput }, onStage());
    await page.getByLabelText('Doanh thu').click();
    await userEvent.keyboard('1850,5');
    expect(input('Doanh thu').value).toBe('1.850,5');
    expect(oninput.mock.calls.map(([value]: number[]) => value)).toEqual([1, 18, 185, 1850, 1850, 1850.5]);
    expect(oncommit).not.toHaveBeenCalled();
    await userEvent.tab();
    expect(oncommit.mock.calls).toEqual([[1850.5]]);
  });

  test('keeps the caret behind its digit', async () => {
    await render(NumberField, { label: 'Số', value: 1850 }, onStage());
    const field = input('Số');
    await page.getByLabelText('Số').click();
    field.setSelectionRange(3, 3); // 1.8|50
    await userEvent.keyboard('7');
    expect([field.value, field.selectionStart]).toEqual(['18.750', 4]);
    await userEvent.keyboard('{Backspace}');
    expect([field.value, field.selectionStart]).toEqual(['1.850', 3]);
    field.setSelectionRange(1, 1); // 1|.850
    await userEvent.keyboard('{Delete}');
    expect([field.value, field.selectionStart]).toEqual(['1.850', 2]);
    await userEvent.keyboard('{Delete}');
    expect(field.value).toBe('150');
  });

  test('writes as the language writes', async () => {
    await render(NumberField, { label: 'Revenue', value: 1850.5 }, onStage('en'));
    await expect.element(page.getByLabelText('Revenue')).toHaveValue('1,850.5');
  });

  test('asks for the right keyboard', async () => {
    await render(NumberField, { label: 'Người', value: 3, digits: 0 }, onStage());
    await expect.element(page.getByLabelText('Người')).toHaveAttribute('inputmode', 'numeric');
    await render(NumberField, { label: 'Diện tích', value: 3 }, onStage());
    await expect.element(page.getByLabelText('Diện tích')).toHaveAttribute('inputmode', 'decimal');
    // With a minus key, on an iPhone too.
    await render(NumberField, { label: 'Lợi nhuận', value: -3, negative: true }, onStage());
    await expect.element(page.getByLabelText('Lợi nhuận')).toHaveAttribute('inputmode', 'text');
  });

  test('says its error and its unit to a screen reader', async () => {
    await render(NumberField, { label: 'Diện tích', unit: 'ha', value: 15, error: 'Lớn hơn 12,5 ha.' }, onStage());
    const field = page.getByLabelText('Diện tích');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field).toHaveAccessibleDescription('ha Lớn hơn 12,5 ha.');
  });
});

describe('TextField', () => {
  test('hands nothing on that was not changed', async () => {
    const oncommit = vi.fn();
    await render(TextField, { label: 'Tên', value: 'Cơ sở mẫu 01', oncommit }, onStage());
    await page.getByLabelText('Tên').click();
    await userEvent.tab();
    expect(oncommit).not.toHaveBeenCalled();
  });

  test('hands on composed letters (NFC)', async () => {
    const oncommit = vi.fn();
    await render(TextField, { label: 'Tên', value: '', oncommit }, onStage());
    await page.getByLabelText('Tên').fill('mắm'.normalize('NFD'));
    await userEvent.tab();
    expect(oncommit.mock.calls).toEqual([['mắm'.normalize('NFC')]]);
  });

  test('a value that comes back late never takes letters away', async () => {
    const props = { label: 'Tên', value: '' };
    const screen = await render(TextField, props, onStage());
    await page.getByLabelText('Tên').click();
    await userEvent.keyboard('Nước mắm');
    await screen.rerender({ ...props, value: 'Nước' });
    await expect.element(page.getByLabelText('Tên')).toHaveValue('Nước mắm');
  });

  test('takes a value from outside when nobody is in it', async () => {
    const props = { label: 'Tên', value: 'cũ' };
    const screen = await render(TextField, props, onStage());
    await screen.rerender({ ...props, value: 'mới' });
    await expect.element(page.getByLabelText('Tên')).toHaveValue('mới');
  });

  test('takes a value from outside while somebody is in it who has typed nothing: the next letter goes on from there', async () => {
    const oncommit = vi.fn();
    const props = { label: 'Tên', value: 'cũ', oncommit };
    const screen = await render(TextField, props, onStage());
    await page.getByLabelText('Tên').click();
    await screen.rerender({ ...props, value: 'mới' });
    await expect.element(page.getByLabelText('Tên')).toHaveValue('mới');
    await userEvent.keyboard('{End}!');
    await screen.rerender({ ...props, value: 'khác' });
    await expect.element(page.getByLabelText('Tên')).toHaveValue('mới!');
    await userEvent.tab();
    expect(oncommit.mock.calls).toEqual([['mới!']]);
  });

  test('hands on what it holds when it goes away', async () => {
    const oncommit = vi.fn();
    const screen = await render(TextField, { label: 'Tên', value: '', oncommit }, onStage());
    await page.getByLabelText('Tên').fill('Nước mắm');
    await screen.unmount();
    expect(oncommit.mock.calls).toEqual([['Nước mắm']]);
  });

  test('hands on what it holds when the page is hidden', async () => {
    const oncommit = vi.fn();
    await render(TextField, { label: 'Tên', value: '', oncommit }, onStage());
    await page.getByLabelText('Tên').fill('Nước');
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(oncommit.mock.calls).toEqual([['Nước']]);
  });

  test('is locked without an edge to type into', async () => {
    await render(TextField, { label: 'Tên', value: 'Nước mắm mẫu 01', locked: true }, onStage());
    await expect.element(page.getByLabelText('Tên')).toHaveAttribute('readonly');
    await expect.element(page.getByText('Đã khóa')).toBeInTheDocument();
  });
});

const CERTIFICATES = [
  { value: 'vietgap', label: 'VietGAP' },
  { value: 'organic', label: 'Hữu cơ' },
  { value: 'none', label: 'Chưa có chứng nhận' },
  { value: 'other', label: 'Khác' }
];

describe('choices', () => {
  test('one: the whole row is the label', async () => {
    const oncommit = vi.fn();
    await render(ChoiceField, { label: 'Chứng nhận', value: null, options: CERTIFICATES, oncommit }, onStage());
    await page.getByText('Hữu cơ').click();
    expect(oncommit.mock.calls).toEqual([['organic']]);
  });

  test('several: in the order of the options; "none" stands alone', async () => {
    const oncommit = vi.fn();
    const props = { label: 'Chứng nhận', value: ['organic'], options: CERTIFICATES, exclusive: ['none'], oncommit };
    const screen = await render(MultiChoiceField, props, onStage());
    await page.getByText('VietGAP').click();
    expect(oncommit).toHaveBeenLastCalledWith(['vietgap', 'organic']);
    await page.getByText('Chưa có chứng nhận').click();
    expect(oncommit).toHaveBeenLastCalledWith(['none']);
    await screen.rerender({ ...props, value: ['none'] });
    await page.getByText('Hữu cơ').click();
    expect(oncommit).toHaveBeenLastCalledWith(['organic']);
  });

  test('"other" asks for words', async () => {
    const onothercommit = vi.fn();
    await render(
      MultiChoiceField,
      { label: 'Chứng nhận', value: ['other'], options: CERTIFICATES, other: 'other', onothercommit },
      onStage()
    );
    await page.getByLabelText('Ghi rõ').fill('HACCP');
    await userEvent.tab();
    expect(onothercommit.mock.calls).toEqual([['HACCP']]);
  });

  test('a switch is a switch', async () => {
    const oncommit = vi.fn();
    await render(SwitchRow, { label: 'Chỉ gửi ảnh khi có Wi-Fi', value: false, oncommit }, onStage());
    await page.getByText('Chỉ gửi ảnh khi có Wi-Fi').click();
    expect(oncommit.mock.calls).toEqual([[true]]);
    await expect.element(page.getByRole('switch')).toBeInTheDocument();
  });
});

describe('SelectSearch', () => {
  const COMMUNES = [
    { value: '1', label: 'Phan Rí Cửa', group: 'Khu vực Bình Thuận cũ' },
    { value: '2', label: 'Hàm Thuận Nam', group: 'Khu vực Bình Thuận cũ' },
    { value: '3', label: 'Đức Trọng', group: 'Nơi khác trong tỉnh' }
  ];
  const props = { label: 'Xã, phường', value: null, options: COMMUNES };

  test('finds without accents and chooses by the keyboard', async () => {
    const oncommit = vi.fn();
    await render(SelectSearch, { ...props, oncommit }, onStage());
    await page.getByRole('button', { name: 'Xã, phường' }).click();
    await expect.element(page.getByRole('combobox')).toHaveFocus();
    await userEvent.keyboard('duc tr');
    await expect.element(page.getByRole('option')).toHaveTextContent('Đức Trọng');
    await userEvent.keyboard('{Enter}');
    expect(oncommit.mock.calls).toEqual([['3']]);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Xã, phường' })).toHaveFocus();
  });

  test('walks with the arrows', async () => {
    const oncommit = vi.fn();
    await render(SelectSearch, { ...props, oncommit }, onStage());
    await page.getByRole('button', { name: 'Xã, phường' }).click();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(oncommit.mock.calls).toEqual([['2']]);
  });

  test('the list itself takes the focus and the arrows', async () => {
    const oncommit = vi.fn();
    await render(SelectSearch, { ...props, oncommit }, onStage());
    await page.getByRole('button', { name: 'Xã, phường' }).click();
    await userEvent.tab();
    await expect.element(page.getByRole('listbox')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(oncommit.mock.calls).toEqual([['2']]);
  });

  test('says that nothing was found', async () => {
    await render(SelectSearch, props, onStage());
    await page.getByRole('button', { name: 'Xã, phường' }).click();
    await userEvent.keyboard('xyz');
    await expect.element(page.getByText('Không có kết quả cho “xyz”. Thử bớt chữ.')).toBeVisible();
  });
});

test('PasswordField shows what was typed when the eye is pressed', async () => {
  await render(PasswordField, { label: 'Mật khẩu', value: 'mau', oninput: () => undefined }, onStage());
  const field = page.getByLabelText('Mật khẩu', { exact: true });
  await expect.element(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Hiện mật khẩu' }).click();
  await expect.element(field).toHaveAttribute('type', 'text');
});
