// The self-assessment editor as a person uses it: choosing, clearing, cases, disqualifiers, filters, the gap, handing in.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Locale } from '#lib/i18n/locale.ts';
import { Replica } from '#lib/storage/replica.ts';
import { fishSauceChoices } from '../../support/fish-sauce.ts';
import { aRemark, remarked } from '../../support/reviewed.ts';
import Scene from './Scene.svelte';
import { type Desk, aDesk } from './session.ts';

const sample = () => aDesk({ choiceByCriterion: fishSauceChoices() });

const complaints = vi.spyOn(console, 'error');

beforeEach(async () => {
  await page.viewport(360, 740);
  complaints.mockClear();
});
afterEach(() => {
  expect(complaints).not.toHaveBeenCalled();
});

const show = async (desk: Desk, locale: Locale = 'vi') => render(Scene, { session: desk.session, id: desk.id, locale });
type Screen = Awaited<ReturnType<typeof show>>;

const row = (screen: Screen, code: string) =>
  screen.getByRole('heading', { level: 3 }).getByRole('button', { name: new RegExp(`^${code.replace('.', '\\.')} `) });
const option = (screen: Screen, name: string | RegExp) => screen.getByRole('radio', { name });
const score = (screen: Screen) => screen.getByRole('region', { name: 'Điểm và hạng sao' });

/** Opens a criterion unless it is open already. */
async function open(screen: Screen, code: string): Promise<void> {
  const button = row(screen, code);
  await expect.element(button).toBeVisible();
  if (button.element().getAttribute('aria-expanded') !== 'true') await button.click();
  await expect.element(button).toHaveAttribute('aria-expanded', 'true');
}

describe('the score', () => {
  it('shows the countable sample: 71, A 28, B 16, C 27, by points 4, by minimums 3, estimate 3', async () => {
    const screen = await show(await sample());
    const text = () => score(screen).element().textContent.replaceAll(/\s+/g, ' ');
    await expect.poll(text).toMatch(/^71 ?\/100/);
    expect(text()).toContain('Ước tính 3 sao');
    expect(text()).toContain('A 28/40');
    expect(text()).toContain('B 16/25');
    expect(text()).toContain('C 27/35');
    expect(text()).toMatch(/Theo điểm 4 sao.*Theo mức tối thiểu 3 sao/);
  });

  it('follows a choice at once, says it in one sentence, and the store has it', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '1.4');
    await option(screen, /ổn định ≥12 tháng/).click();
    await expect.element(score(screen)).toHaveTextContent('73');
    await expect.element(screen.getByText('73 trên 100 điểm. Ước tính 3 sao.')).toBeInTheDocument();
    await expect.poll(async () => (await desk.stored()).choiceByCriterion['1.4']?.option).toBe(3);
    expect((await desk.stored()).progress).toEqual({ done: 29, of: 31 });
  });
});

describe('a criterion', () => {
  it('is not looked at, then nothing reached, then an option', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '3.4');
    await expect.element(row(screen, '3.4')).toHaveTextContent('Chưa xem');
    await expect.element(row(screen, '3.4')).toHaveTextContent('Có mức tối thiểu 4 sao');
    await expect.element(row(screen, '3.4')).not.toHaveTextContent('Hụt mức');
    await option(screen, 'Không đạt mức nào 0 điểm').click();
    await expect.element(row(screen, '3.4')).toHaveTextContent('Không đạt mức nào');
    await expect.element(row(screen, '3.4')).toHaveTextContent('Hụt mức tối thiểu 4 sao');
    await option(screen, /tăng 2 năm liên tiếp/).click();
    await expect.element(row(screen, '3.4')).toHaveTextContent('Đạt mức tối thiểu 4 sao');
    await expect.poll(async () => (await desk.stored()).choiceByCriterion['3.4']?.option).toBe(1);
  });

  it('has one open at a time', async () => {
    const screen = await show(await sample());
    await open(screen, '1.4');
    await open(screen, '1.2');
    await expect.element(row(screen, '1.4')).toHaveAttribute('aria-expanded', 'false');
  });

  it('loses its choice by *Bỏ chọn* and gets it back by *Hoàn tác*', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '5.1');
    await screen.getByRole('button', { name: 'Bỏ chọn' }).click();
    await expect.element(score(screen)).toHaveTextContent('66');
    await screen.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect.element(score(screen)).toHaveTextContent('71');
    await expect.poll(async () => (await desk.stored()).choiceByCriterion['5.1']).toEqual({ option: 3 });
  });

  it('keeps a note while it is typed, after a pause', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '1.4');
    await screen.getByRole('button', { name: 'Ghi chú' }).click();
    await userEvent.keyboard('Đã có 2 hợp đồng');
    await expect.poll(async () => (await desk.stored()).noteByCriterion?.['1.4']).toBe('Đã có 2 hợp đồng');
    await expect.element(screen.getByText(/Đã lưu trên máy/)).toBeInTheDocument();
  });

  it('shows the official note, and the story that 5.2 depends on', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '1.3');
    await expect.element(screen.getByText(/Mức đáp ứng số lượng/)).toBeVisible();
    await open(screen, '5.1');
    await option(screen, /^Không có câu chuyện/).click();
    await open(screen, '5.2');
    await expect.element(screen.getByText(/Tiêu chí 5.1 không có điểm/)).toBeVisible();
    await expect.element(option(screen, /văn phong kể chuyện/)).toBeDisabled();
    await screen.getByRole('button', { name: 'Mở tiêu chí 5.1' }).click();
    await expect.element(row(screen, '5.1')).toHaveFocus();
  });

  it('shows a doubt about the print where it applies', async () => {
    const screen = await show(await aDesk({ setId: 'qd26-23' }));
    await open(screen, '6.2');
    await expect.element(screen.getByText('Chỗ in cần đối chiếu')).toBeVisible();
    await expect.element(screen.getByText(/cùng in 1 điểm/)).toBeVisible();
  });

  it('of set 26 offers its options after a case is chosen, and one case at a time', async () => {
    const desk = await aDesk({ setId: 'qd26-26' });
    const screen = await show(desk);
    await open(screen, '8');
    await expect.element(option(screen, 'Không đạt mức nào 0 điểm')).toBeVisible();
    expect(screen.getByRole('radio', { name: /3 điểm$/ }).elements()).toHaveLength(0);
    await option(screen, 'Dịch vụ du lịch do cộng đồng cung cấp').click();
    await option(screen, /3 điểm$/).click();
    await expect.element(row(screen, '8')).toHaveTextContent('3/3');
    await option(screen, 'Điểm dịch vụ du lịch').click();
    await expect.element(row(screen, '8')).toHaveTextContent('–/3');
    await screen.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect.element(row(screen, '8')).toHaveTextContent('3/3');
    await expect.poll(async () => (await desk.stored()).caseByCriterion).toEqual({ '8': 'a' });
  });

  it('of set 13 stands under its middle level', async () => {
    const screen = await show(await aDesk({ setId: 'qd26-13' }));
    await expect.element(screen.getByText('6.1 Ngoại hình')).toBeInTheDocument();
    await expect.element(screen.getByText('6.2 Nước pha')).toBeInTheDocument();
  });
});

describe('a disqualifier', () => {
  it('at a criterion ends the estimate with its reason until the tick is taken away', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '1.1');
    await screen.getByRole('checkbox', { name: 'Sản phẩm rơi vào trường hợp này' }).click();
    await expect.element(score(screen)).toHaveTextContent('Hồ sơ bị loại');
    await expect.element(score(screen)).not.toHaveTextContent('Ước tính');
    await expect.poll(async () => (await desk.stored()).disqualified).toEqual(['1.1:0']);
    await screen.getByRole('checkbox', { name: 'Sản phẩm rơi vào trường hợp này' }).click();
    await expect.element(score(screen)).toHaveTextContent('Ước tính');
  });

  it('of the whole file stands above the sheet', async () => {
    const screen = await show(await sample());
    await screen.getByRole('button', { name: /^Điều kiện loại cả hồ sơ/ }).click();
    await screen.getByRole('checkbox', { name: 'Sản phẩm rơi vào trường hợp này' }).click();
    await screen.getByRole('button', { name: 'Đóng', exact: true }).click();
    await expect.element(score(screen)).toHaveTextContent('Hồ sơ bị loại');
    await expect.element(screen.getByText('Đã đánh dấu, hồ sơ bị loại')).toBeVisible();
  });
});

describe('the filters', () => {
  it('count and show what was not looked at, misses a minimum, has no evidence', async () => {
    const screen = await show(await sample());
    const filter = (name: RegExp) => screen.getByRole('group', { name: 'Lọc tiêu chí' }).getByRole('button', { name });
    await expect.element(filter(/^Tất cả 31$/)).toHaveAttribute('aria-pressed', 'true');
    await expect.element(filter(/^Hụt mức 5$/)).toBeInTheDocument();
    await expect.element(filter(/^Thiếu minh chứng 28$/)).toBeInTheDocument();
    await filter(/^Chưa xem 2$/).click();
    await expect.element(row(screen, '3.4')).toBeInTheDocument();
    await expect.element(row(screen, '11')).toBeInTheDocument();
    await expect.element(row(screen, '1.2')).not.toBeInTheDocument();
  });

  it('keep what was just answered on screen until another is opened', async () => {
    const screen = await show(await sample());
    await screen
      .getByRole('group', { name: 'Lọc tiêu chí' })
      .getByRole('button', { name: /^Chưa xem/ })
      .click();
    await open(screen, '3.4');
    await option(screen, /tăng 2 năm liên tiếp/).click();
    await expect.element(row(screen, '3.4')).toBeVisible();
    await screen.getByRole('button', { name: 'Tiếp: tiêu chí 11' }).click();
    await expect.element(row(screen, '11')).toHaveFocus();
    await expect.element(row(screen, '3.4')).not.toBeInTheDocument();
  });
});

describe('the gap', () => {
  const listed = (screen: Screen) =>
    [...screen.getByRole('dialog').element().querySelectorAll('li .code')].map((each) => each.textContent);

  it('lists for 4 stars 5.1, 1.4, 2.3, 3.5, then 3.4, and leads there', async () => {
    const screen = await show(await sample());
    await screen.getByRole('button', { name: 'Thiếu gì lên 4 sao?' }).click();
    await expect.poll(() => listed(screen)).toEqual(['5.1', '1.4', '2.3', '3.5', '3.4']);
    const words = screen.getByRole('dialog').element().textContent.replaceAll(/\s+/g, ' ');
    expect(words).toContain('Đã đủ điểm: 71, cần 70');
    expect(words).toContain('Hụt 5 mức tối thiểu; đạt cả 5 thì được thêm 7 điểm');
    expect(words).toContain('Ước tính. Hội đồng quyết định hạng sao.');
    await screen.getByRole('dialog').getByRole('button', { name: /^2\.3/ }).click();
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(row(screen, '2.3')).toHaveAttribute('aria-expanded', 'true');
    await expect.element(row(screen, '2.3')).toHaveFocus();
  });

  it('says for 5 stars how many points lack after the minimums', async () => {
    const screen = await show(await sample());
    await screen.getByRole('button', { name: 'Thiếu gì lên 4 sao?' }).click();
    await screen.getByRole('radio', { name: 'Lên 5 sao' }).click();
    const words = () => screen.getByRole('dialog').element().textContent.replaceAll(/\s+/g, ' ');
    await expect.poll(words).toContain('Thiếu 19 điểm: đang 71, cần 90');
    expect(words()).toContain('đạt cả 7 thì được thêm 12 điểm, vẫn thiếu 7');
    expect(words()).toContain('Phải lên 2 mức 1');
    expect(words()).toContain('Có thể thêm điểm');
  });
});

describe('a link from the estimate', () => {
  it('opens what is missing for the rank it names', async () => {
    const desk = await sample();
    const screen = await render(Scene, { session: desk.session, id: desk.id, gapFor: 5 });
    await expect.element(screen.getByRole('radio', { name: 'Lên 5 sao' })).toBeChecked();
    await expect.element(screen.getByText('Thiếu 19 điểm:')).toBeVisible();
  });
});

describe('handing in', () => {
  it('warns of what was not looked at, freezes the totals, and locks the screen', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await screen.getByRole('button', { name: 'Việc khác' }).click();
    await screen.getByRole('button', { name: /^Nộp tự đánh giá/ }).click();
    await expect.element(screen.getByText('Còn 2 tiêu chí chưa xem, tính 0 điểm.')).toBeVisible();
    await screen.getByRole('button', { name: 'Nộp', exact: true }).click();
    await expect.element(screen.getByText('Đã nộp, đang chờ tổ tư vấn. Chỉ đọc.')).toBeInTheDocument();
    const doc = await desk.stored();
    expect(doc.status).toBe('submitted');
    expect(doc.trail.map(({ status, by }) => [status, by])).toEqual([['submitted', desk.session.account.name]]);
    expect(doc.totals).toEqual({
      total: 71,
      byPart: { A: 28, B: 16, C: 27 },
      rankByPoints: 4,
      rankByMinimums: 3,
      estimate: 3
    });
    await open(screen, '1.2');
    for (const each of screen.getByRole('radio').elements()) expect(each).toBeDisabled();
    await expect.element(screen.getByRole('button', { name: 'Bỏ chọn' })).not.toBeInTheDocument();
    await expect.element(screen.getByRole('button', { name: 'Việc khác' })).not.toBeInTheDocument();
  });

  it("is not offered to a reader of a colleague's draft", async () => {
    const screen = await show(await aDesk({ choiceByCriterion: fishSauceChoices() }, 'canbo.b'));
    await expect.element(screen.getByText(/Bạn chỉ đọc/)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Việc khác' })).not.toBeInTheDocument();
    await open(screen, '1.2');
    for (const each of screen.getByRole('radio').elements()) expect(each).toBeDisabled();
  });
});

describe('returned', () => {
  const step = { status: 'returned', at: '2026-11-22T08:20:00.000Z', by: 'tuvan.t' } as const;
  const returned = () => aDesk({ choiceByCriterion: fishSauceChoices(), status: 'returned', trail: [step] });

  it('lists the remarks with the reviewer’s name, leads to each criterion and says it there', async () => {
    const desk = await returned();
    await remarked(
      desk.store,
      desk.id,
      aRemark('1.4', 'Bổ sung phụ lục hợp đồng.'),
      aRemark('2.3', 'Chụp lại mặt sau chai.'),
      aRemark(null, 'Thiếu trang bìa.'),
      { ...aRemark('5.1', 'Đã xong.'), resolved: true }
    );
    const screen = await show(desk);
    const list = screen.getByRole('list', { name: '3 nhận xét của Cán bộ mẫu T' });
    await expect.element(list).toBeVisible();
    expect(list.getByRole('listitem').elements()).toHaveLength(3);
    expect(list.getByRole('button').elements()).toHaveLength(2);
    await expect.element(row(screen, '2.3')).toHaveTextContent('1 nhận xét');
    expect(row(screen, '5.1').element().textContent).not.toContain('nhận xét');

    await list.getByRole('button', { name: /^2\.3 .* Chụp lại mặt sau chai\.$/ }).click();
    await expect.element(row(screen, '2.3')).toHaveAttribute('aria-expanded', 'true');
    await expect.element(row(screen, '2.3')).toHaveFocus();
    await expect.element(screen.getByText('Nhận xét của Cán bộ mẫu T', { exact: true })).toBeInViewport();
    expect(screen.getByText('Chụp lại mặt sau chai.').elements()).toHaveLength(2);
  });

  it('takes in remarks that arrive while it is open, and shows none once it is submitted', async () => {
    const desk = await returned();
    const screen = await show(desk);
    await expect.element(screen.getByText('Bị trả lại. Sửa rồi nộp lại.')).toBeVisible();
    const many = ['1.1', '1.2', '1.3', '1.4', '1.5'].map((code) => aRemark(code, `Xem lại ${code}.`));
    await remarked(desk.store, desk.id, ...many);
    const list = screen.getByRole('list', { name: '5 nhận xét của Cán bộ mẫu T' });
    await expect.element(list).toBeVisible();
    expect(list.getByRole('listitem').elements()).toHaveLength(3);
    await screen.getByRole('button', { name: 'Xem cả 5 nhận xét' }).click();
    expect(list.getByRole('listitem').elements()).toHaveLength(5);
    await desk.store.update('assessment', desk.id, (doc) => ({ ...doc, status: 'submitted' }));
    await expect.element(list).not.toBeInTheDocument();
    expect(row(screen, '1.1').element().textContent).not.toContain('nhận xét');
  });

  it('speaks English', async () => {
    const desk = await returned();
    await remarked(desk.store, desk.id, aRemark('1.4', 'Bổ sung phụ lục hợp đồng.'));
    const screen = await show(desk, 'en');
    await expect.element(screen.getByRole('list', { name: '1 remark from Cán bộ mẫu T' })).toBeVisible();
  });
});

describe('coming back', () => {
  it('finds the same criterion open and the page scrolled there', async () => {
    const desk = await sample();
    const first = await show(desk);
    await open(first, '4.2');
    window.scrollTo({ top: 900, behavior: 'instant' });
    await expect
      .poll(async () => desk.store.fact(`resume/${desk.id}`))
      .toEqual({ open: '4.2', scrollY: Math.round(window.scrollY) });
    const at = window.scrollY;
    await first.unmount();
    window.scrollTo({ top: 0, behavior: 'instant' });

    const again = await show(desk);
    await expect.element(row(again, '4.2')).toHaveAttribute('aria-expanded', 'true');
    await expect.poll(() => Math.round(window.scrollY)).toBe(Math.round(at));
  });

  it('takes in what another tab writes, beside its own edits', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await open(screen, '1.4');
    await desk.store.update('assessment', desk.id, (doc) => ({
      ...doc,
      choiceByCriterion: { ...doc.choiceByCriterion, '11': { option: 2 } }
    }));
    await expect.element(score(screen)).toHaveTextContent('74');
    await option(screen, /Tối thiểu 4 sao 2 điểm$/).click();
    await expect.element(score(screen)).toHaveTextContent('75');
    await expect.poll(async () => (await desk.stored()).choiceByCriterion['1.4']?.option).toBe(2);
    expect((await desk.stored()).choiceByCriterion['11']?.option).toBe(2);
  });
});

describe('a merge beneath the open editor', () => {
  it('comes in beside a note that is being typed, not over it', async () => {
    const desk = await sample();
    const replica = new Replica(desk.store.tables, {
      account: desk.store.account,
      device: '01KADEVICE0000000000000001',
      now: () => new Date('2026-11-23T03:43:00.000Z'),
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes))
    });
    const base = await desk.stored();
    await replica.settle([
      { tag: 'receipt', id: desk.id, editId: base.editId, rev: '1-a', at: '2026-11-23T03:42:30.000Z', doc: base }
    ]);
    const screen = await show(desk);
    await open(screen, '1.4');
    await screen
      .getByRole('button', { name: /^Ghi chú/ })
      .first()
      .click();
    const note = screen.getByRole('textbox', { name: /^Ghi chú/ });
    await userEvent.type(note, 'Đã xem hợp đồng');
    await expect.poll(async () => (await desk.stored()).noteByCriterion?.['1.4']).toBeDefined();

    const theirs = { ...base, choiceByCriterion: { ...base.choiceByCriterion, '11': { option: 2 } }, editId: 'theirs' };
    const change = { id: desk.id, rev: '2-b', isDeleted: false, doc: theirs, clash: [] };
    const page_ = { since: '2', identity: 'x', witness: null, completedAt: theirs.updatedAt, at: theirs.updatedAt };
    await replica.apply(`ocop-${base.commune}`, { changes: [change], ...page_ });
    await userEvent.type(note, ' năm nay');
    await expect.element(score(screen)).toHaveTextContent('74');
    await expect.element(note).toHaveValue('Đã xem hợp đồng năm nay');
    await expect
      .poll(async () => await desk.stored())
      .toMatchObject({
        noteByCriterion: { '1.4': 'Đã xem hợp đồng năm nay' },
        choiceByCriterion: { '11': { option: 2 } },
        merges: [{ parts: [{ places: ['noteByCriterion/1.4'] }, { places: ['choiceByCriterion/11'] }] }]
      });
  });
});

describe('languages and widths', () => {
  it('speaks English whole', async () => {
    const screen = await show(await sample(), 'en');
    await expect.element(screen.getByRole('button', { name: 'Gaps to 4 stars' })).toBeVisible();
    await open(screen, '1.4');
    await expect.element(screen.getByText('Minimum for 4 stars').first()).toBeVisible();
  });

  it('stands in three columns on a laptop', async () => {
    await page.viewport(1280, 800);
    const screen = await show(await sample());
    const tree = screen.getByRole('navigation', { name: 'Các mục của bộ tiêu chí' });
    await expect.element(tree).toBeVisible();
    await expect.element(screen.getByRole('heading', { name: 'Còn thiếu gì để lên 4 sao' })).toBeVisible();
    await tree.getByRole('button', { name: /^5 Câu chuyện/ }).click();
    await expect.element(row(screen, '5.1')).toHaveFocus();
  });

  it.each([320, 360, 1280])('scrolls nowhere sideways at %i px, with text of 200 %', async (width) => {
    await page.viewport(width, 740);
    document.documentElement.style.fontSize = '200%';
    try {
      const screen = await show(await sample());
      await expect.element(row(screen, '1.4')).toBeInTheDocument();
      // By script: at 320 px and 200 % the bars leave hardly room for a pointer.
      row(screen, '1.4')
        .element()
        .dispatchEvent(new MouseEvent('click', { bubbles: true }));
      await expect.element(row(screen, '1.4')).toHaveAttribute('aria-expanded', 'true');
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
    } finally {
      document.documentElement.style.fontSize = '';
    }
  });
});

describe('the deletion', () => {
  it('is offered of a draft', async () => {
    const screen = await show(await sample());
    await screen.getByRole('button', { name: 'Việc khác' }).click();
    await expect.element(screen.getByRole('button', { name: /^Xóa tự đánh giá/ })).toBeVisible();
  });

  it('that could not be written is said, and takes nothing off the screen', async () => {
    const desk = await sample();
    const screen = await show(desk);
    await screen.getByRole('button', { name: 'Việc khác' }).click();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await screen.getByRole('button', { name: /^Xóa tự đánh giá/ }).click();
    await expect.element(screen.getByText(/^Chưa xóa được/)).toBeVisible();
    full.mockRestore();
    await expect.element(score(screen)).toBeVisible();
    expect((await desk.stored()).deleted).toBeUndefined();
  });

  it('is not offered of what was handed in once, as with a survey: others have worked on it', async () => {
    const desk = await aDesk({ status: 'returned', choiceByCriterion: fishSauceChoices() });
    const screen = await show(desk);
    await screen.getByRole('button', { name: 'Việc khác' }).click();
    await expect.element(screen.getByRole('button', { name: /^Nộp tự đánh giá/ })).toBeVisible();
    expect(screen.getByRole('button', { name: /^Xóa tự đánh giá/ }).elements()).toHaveLength(0);
  });
});
