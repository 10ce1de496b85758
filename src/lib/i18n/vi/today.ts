// Vietnamese sentences: today (what waits for the officer or the reviewer).
export const today = {
  title: 'Hôm nay',
  you: 'Bạn',
  newSurvey: 'Khảo sát mới',
  returned: {
    title: 'Cần sửa lại',
    count: (p: { n: string }) => `${p.n} hồ sơ`,
    remarks: (p: { n: string }) => `${p.n} nhận xét`,
    remarksBy: (p: { who: string }) => `của ${p.who}`,
    noRemarks: 'Chưa có nhận xét trên máy này',
    act: 'Sửa theo nhận xét'
  },
  submitted: {
    title: 'Chờ bạn duyệt',
    count: (p: { n: string }) => `${p.n} hồ sơ`,
    by: (p: { who: string; when: string }) => `${p.who} nộp ${p.when}`
  },
  drafts: {
    title: 'Làm tiếp',
    count: (p: { n: string }) => `${p.n} nháp`,
    sections: (p: { done: string; of: string }) => `${p.done}/${p.of} mục`,
    criteria: (p: { done: string; of: string }) => `${p.done}/${p.of} tiêu chí`,
    notStarted: 'Chưa bắt đầu'
  },
  kind: { survey: 'Khảo sát', assessment: 'Tự đánh giá' },
  due: {
    title: 'Sắp đến hạn',
    renewal: (p: { product: string }) => `Gia hạn ${p.product}`,
    soon: (p: { from: string; until: string }) => `Nhận hồ sơ từ ${p.from} đến ${p.until}`,
    open: (p: { day: string; left: string }) => `Nộp trước ${p.day}, ${p.left}`,
    late: (p: { closed: string; until: string }) =>
      `Hạn nộp ${p.closed} đã qua. Giấy chứng nhận còn giá trị đến ${p.until}`,
    lapsed: (p: { until: string }) => `Giấy chứng nhận đã hết hạn ${p.until}`,
    left: (p: { days: number }) => (p.days === 0 ? 'hôm nay là ngày cuối' : `còn ${String(p.days)}\u00a0ngày`),
    round: (p: { number: number; year: number }) => `Đợt ${String(p.number)} năm ${String(p.year)}`,
    roundBefore: (p: { day: string }) => `Xã gửi đề nghị trước ${p.day}`,
    all: (p: { n: string }) => `Xem tất cả ${p.n} sản phẩm đến hạn`,
    allPapers: (p: { n: string }) => `Xem tất cả ${p.n} giấy tờ đến hạn`
  },
  visits: {
    title: 'Đã hẹn',
    at: (p: { weekday: string; time: string }) => `${p.weekday}, ${p.time}`,
    missed: 'Ngày hẹn đã qua'
  },
  sync: {
    title: 'Đồng bộ',
    waiting: (p: { n: string }) => `${p.n} hồ sơ chưa gửi`,
    attention: (p: { n: string }) => `${p.n} hồ sơ cần bạn xem`,
    photos: (p: { n: string }) => `${p.n} ảnh chưa gửi`,
    allSent: 'Đã gửi hết',
    receivedAt: (p: { when: string }) => `Máy chủ trả lời ${p.when}`
  },
  more: (p: { n: string }) => `Xem thêm ${p.n} hồ sơ`,
  empty: {
    title: 'Chưa có việc nào',
    text: 'Bấm “Khảo sát mới” để bắt đầu với một sản phẩm. Không cần có mạng.',
    reviewerTitle: 'Chưa có hồ sơ nào chờ duyệt',
    reviewerText: 'Hồ sơ cán bộ nộp sẽ hiện ở đây sau khi máy này đồng bộ.',
    loading: 'Đang tải hồ sơ của xã về máy',
    loadingText: 'Bạn có thể làm việc ngay; hồ sơ hiện dần ở đây.'
  },
  start: {
    title: 'Khảo sát mới',
    hint: 'Chọn sản phẩm sẽ khảo sát.',
    search: 'Tìm sản phẩm, chủ thể',
    recent: 'Gần đây',
    found: (p: { n: string }) => `${p.n} sản phẩm`,
    none: (p: { query: string }) => `Không có sản phẩm nào khớp “${p.query}”.`,
    noProducts: 'Chưa có sản phẩm nào. Thêm sản phẩm mới để khảo sát.',
    newProduct: 'Sản phẩm mới',
    goOn: 'Làm tiếp phiếu nháp'
  },
  ago: {
    today: 'hôm nay',
    yesterday: 'hôm qua',
    days: (p: { days: number }) => `${String(p.days)} ngày trước`
  }
};
