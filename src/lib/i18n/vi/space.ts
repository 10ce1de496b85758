// Vietnamese sentences: the room on the phone, and what may be let go of.
export const space = {
  title: 'Bộ nhớ',
  records: (p: { n: string }) => `Hồ sơ (${p.n})`,
  about: (p: { size: string }) => `khoảng ${p.size}`,
  unsentRecords: 'Hồ sơ chưa gửi',
  unsentPhotos: (p: { n: string }) => `Ảnh chưa gửi (${p.n})`,
  sentPhotos: (p: { n: string }) => `Ảnh đã gửi (${p.n})`,
  copies: 'Bộ nhớ đệm: ảnh tải về để xem',
  app: 'Ứng dụng, để mở không cần mạng',
  reserve: 'Để dành cho chữ',
  used: 'Tất cả, kể cả ứng dụng',
  free: 'Còn trống',
  unknown: 'máy không cho biết',
  hardlyAny: 'gần hết',
  low: 'Bộ nhớ sắp đầy. Ảnh mới có thể không lưu được; gửi bớt ảnh khi có Wi-Fi.',
  full: 'Bộ nhớ đã đầy. Chữ đang dùng phần để dành; ảnh mới không lưu được. Xóa bớt ảnh đã gửi ở dưới, hoặc ảnh, phim khác trên máy.',
  sent: {
    title: 'Xóa ảnh đã gửi',
    text: 'Chỉ xóa ảnh mà máy chủ đã nhận. Hồ sơ và ảnh nhỏ vẫn còn trên máy; muốn xem ảnh lớn thì cần có mạng.',
    older: 'Đã gửi quá',
    days: (p: { days: number }) => `${String(p.days)} ngày`,
    none: (p: { days: number }) => `Không có ảnh nào đã gửi quá ${String(p.days)} ngày.`,
    action: (p: { n: string; size: string }) => `Xóa ${p.n} ảnh (${p.size})`,
    ask: (p: { n: string }) => `Xóa ${p.n} ảnh khỏi máy này?`,
    askText: (p: { days: number; size: string }) =>
      `Máy trống thêm ${p.size}. Đây là ảnh đã gửi quá ${String(p.days)} ngày. Máy chủ vẫn giữ đủ; hồ sơ, ảnh nhỏ và mọi thứ chưa gửi vẫn còn trên máy.`,
    confirm: 'Xóa khỏi máy',
    keep: 'Giữ lại'
  },
  dropCopies: (p: { size: string }) => `Xóa ảnh tải về để xem (${p.size})`,
  freed: (p: { size: string }) => `Máy đã trống thêm ${p.size}.`,
  lost: {
    title: 'Trình duyệt đã xóa dữ liệu trên máy này',
    unsent: (p: { name: string; n: string; time: string; day: string }) =>
      `${p.name}: mất ${p.n} hồ sơ, ảnh chưa gửi (theo lần ghi cuối, ${p.time} ngày ${p.day}).`,
    nothing: (p: { name: string; time: string; day: string }) =>
      `${p.name}: theo lần ghi cuối, ${p.time} ngày ${p.day}, tất cả đã gửi.`,
    text: 'Tệp lưu của trình duyệt bị hỏng nên nó đã xóa hết. Những gì đã gửi vẫn còn trên máy chủ và được tải lại sau khi đăng nhập. Nếu có tệp cứu hộ, mở nó trong Cài đặt.',
    understood: 'Đã hiểu'
  },
  notFreed: 'Máy chưa xóa được. Không mất gì; đóng ứng dụng ở các cửa sổ khác rồi thử lại.'
};
