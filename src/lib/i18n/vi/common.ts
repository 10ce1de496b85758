// Vietnamese sentences: common (words of state, units, and the kit's own words).
import type { PaperKind } from '#lib/domain/document/document.ts';

export const common = {
  status: { draft: 'Nháp', submitted: 'Đã nộp', returned: 'Trả lại', accepted: 'Đã duyệt' },
  sending: {
    local: 'Trên máy',
    sending: 'Đang gửi',
    sent: 'Đã gửi',
    refused: 'Bị từ chối',
    conflict: 'Xung đột'
  },
  receipt: {
    taken: (p: { when: string; rev: string }) => `Máy chủ nhận ${p.when}, bản ${p.rev}`,
    fetched: (p: { rev: string }) => `Tải từ máy chủ, bản ${p.rev}`
  },
  criterion: {
    unseen: 'Chưa xem',
    none: 'Không đạt mức nào',
    missed: (p: { star: number }) => `Hụt mức tối thiểu ${String(p.star)} sao`,
    missedShort: (p: { star: number }) => `Hụt mức ${String(p.star)} sao`,
    met: (p: { star: number }) => `Đạt mức tối thiểu ${String(p.star)} sao`,
    disqualified: 'Có điều kiện loại',
    evidence: (p: { count: number }) => `${String(p.count)} minh chứng`
  },
  paperKind: {
    registration: 'Giấy đăng ký kinh doanh',
    food_safety: 'Giấy chứng nhận đủ điều kiện an toàn thực phẩm',
    declaration: 'Bản tự công bố sản phẩm',
    test: 'Phiếu kiểm nghiệm',
    environment: 'Giấy tờ về môi trường',
    origin: 'Chứng nhận nguồn gốc nguyên liệu',
    trademark: 'Nhãn hiệu, chỉ dẫn địa lý',
    management: 'Chứng nhận HACCP, ISO, GMP',
    barcode: 'Mã số mã vạch',
    award: 'Giải thưởng, bằng khen',
    workers: 'Danh sách lao động địa phương',
    statements: 'Báo cáo tài chính, xếp loại hợp tác xã',
    market: 'Hợp đồng, hóa đơn bán hàng',
    website: 'Trang mạng, gian hàng trực tuyến',
    story: 'Tư liệu câu chuyện sản phẩm',
    other: 'Giấy tờ khác'
  } satisfies Record<PaperKind, string>,
  validity: {
    endless: 'Không thời hạn',
    unknown: 'Không rõ thời hạn',
    valid: (p: { day: string }) => `Còn hạn đến ${p.day}`,
    soon: (p: { days: number; day: string }) =>
      p.days === 0 ? 'Hết hạn hôm nay' : `Sắp hết hạn (${String(p.days)}\u00a0ngày), đến ${p.day}`,
    expired: (p: { day: string }) => `Đã hết hạn ${p.day}`
  },
  remark: {
    count: (p: { count: number }) => `${String(p.count)} nhận xét`,
    countBy: (p: { count: number; who: string }) => `${String(p.count)} nhận xét của ${p.who}`,
    by: (p: { who: string }) => `Nhận xét của ${p.who}`,
    all: (p: { count: number }) => `Xem cả ${String(p.count)} nhận xét`
  },
  stars: (p: { stars: number }) => `${String(p.stars)} sao`,
  starsOf: (p: { stars: number; of: number }) => `${String(p.stars)} trên ${String(p.of)} sao`,
  noStars: 'Chưa có sao',
  minimum: (p: { star: number }) => `Tối thiểu ${String(p.star)} sao`,
  points: (p: { points: string }) => `${p.points} điểm`,
  pointsOf: (p: { points: string; of: string }) => `${p.points} trên ${p.of} điểm`,
  partPoints: (p: { code: string; got: string; max: string }) => `Phần ${p.code}: ${p.got} trên ${p.max} điểm`,
  partUnseen: (p: { unseen: string }) => `${p.unseen} điểm chưa xem`,
  legend: { got: 'đạt', unseen: 'chưa xem', lost: 'không đạt' },
  countOf: (p: { done: string; of: string }) => `${p.done} trong ${p.of}`,
  savedAt: (p: { time: string }) => `Đã lưu trên máy ${p.time}`,
  notSaved: 'Chưa lưu được. Chữ vẫn còn trên màn hình.',
  section: (p: { number: number; of: number }) => `Mục ${String(p.number)} trên ${String(p.of)}`,
  sectionWord: 'Mục',
  errors: (p: { count: number }) => `${String(p.count)} chỗ cần sửa`,
  optional: '(không bắt buộc)',
  locked: 'Đã khóa',
  prefilled: (p: { from: string }) => `Lấy từ lần trước, ${p.from}`,
  other: 'Ghi rõ',
  chooseAll: 'Chọn tất cả mục đúng.',
  choose: 'Chọn',
  search: 'Tìm',
  clearSearch: 'Xóa chữ tìm',
  found: (p: { count: string }) => `${p.count} kết quả`,
  nothingFound: (p: { query: string }) => `Không có kết quả cho “${p.query}”. Thử bớt chữ.`,
  moreResults: (p: { count: string }) => `Còn ${p.count} kết quả. Gõ thêm để thu hẹp.`,
  showPassword: 'Hiện mật khẩu',
  hidePassword: 'Ẩn mật khẩu',
  back: 'Quay lại',
  close: 'Đóng',
  undo: 'Hoàn tác',
  stop: 'Dừng',
  clear: 'Bỏ chọn',
  clearFilter: (p: { filter: string }) => `Bỏ lọc ${p.filter}`,
  cancel: 'Thôi',
  done: 'Xong',
  add: 'Thêm',
  edit: 'Sửa',
  remove: 'Xóa',
  more: 'Thêm việc khác',
  next: 'Tiếp',
  previous: 'Trước',
  yes: 'Có',
  no: 'Không',
  unit: {
    percent: '%',
    hectare: 'ha',
    million: 'triệu đồng',
    people: 'người',
    year: 'năm'
  }
};
