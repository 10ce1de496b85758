// Vietnamese sentences: place (measuring one, telling one, the sketch of neighbours).
export const place = {
  measure: 'Đo vị trí',
  again: 'Đo lại',
  retry: 'Thử lại',
  searching: 'Đang tìm vị trí',
  improving: (p: { accuracy: string }) => `Đang đo: sai số ±${p.accuracy}\u00a0m`,
  target: 'Đứng ngoài trời, chờ sai số xuống 10 m. Máy giữ kết quả tốt nhất.',
  take: (p: { accuracy: string }) => `Lấy luôn ±${p.accuracy}\u00a0m`,
  keep: (p: { accuracy: string }) => `Vẫn dùng ±${p.accuracy}\u00a0m`,
  poor: (p: { accuracy: string }) =>
    `Chỉ đo được sai số ±${p.accuracy}\u00a0m: có thể lệch sang thôn khác. Ra chỗ thoáng rồi đo lại.`,
  rough: (p: { accuracy: string }) =>
    `Sai số ±${p.accuracy}\u00a0m, còn lớn. Đã lưu; ra chỗ thoáng đo lại thì đúng hơn.`,
  accuracy: (p: { accuracy: string }) => `Sai số ±${p.accuracy}\u00a0m`,
  quality: { target: 'Tốt', accepted: 'Còn lệch', poor: 'Lệch nhiều' },
  failed: {
    denied: 'Máy chưa cho ứng dụng xem vị trí. Mở cài đặt của trình duyệt, cho phép “Vị trí”, rồi thử lại.',
    unavailable: 'Máy chưa cho biết vị trí. Bật “Vị trí” (GPS) trong cài đặt của máy, rồi thử lại.',
    timeout: 'Chưa bắt được vệ tinh. Ra ngoài trời, chờ một lát rồi thử lại.'
  },
  none: 'Không có GPS',
  noneWhy: 'Vì sao không đo được',
  noneNote: 'Ghi rõ lý do',
  noneNeeded: 'Ghi lý do để lưu câu trả lời.',
  reason: {
    indoors: 'Trong nhà, bị che, không bắt được',
    denied: 'Máy không cho xem vị trí',
    noReceiver: 'Máy không có GPS',
    elsewhere: 'Khảo sát ở nơi khác, không tại cơ sở',
    other: 'Lý do khác'
  },
  noneBecause: (p: { reason: string }) => `Không có GPS: ${p.reason}`,
  clear: 'Xóa vị trí',
  cleared: 'Đã xóa vị trí',
  replaced: 'Đã thay vị trí trước',
  commune: (p: { commune: string }) => `Địa giới: ${p.commune}`,
  distance: {
    metres: (p: { n: string }) => `${p.n}\u00a0m`,
    kilometres: (p: { n: string }) => `${p.n}\u00a0km`,
    away: (p: { distance: string }) => `cách ${p.distance}`,
    unknown: 'Chưa đo vị trí'
  },
  direction: {
    n: 'bắc',
    ne: 'đông bắc',
    e: 'đông',
    se: 'đông nam',
    s: 'nam',
    sw: 'tây nam',
    w: 'tây',
    nw: 'tây bắc'
  },
  north: 'B',
  sketch: {
    title: 'Sơ đồ lân cận',
    open: 'Sơ đồ các chủ thể lân cận',
    describe: (p: { count: string; ring: string }) =>
      `Sơ đồ hướng bắc ở trên: ${p.count} chủ thể trong vòng ${p.ring}. Danh sách ở dưới ghi từng khoảng cách và hướng.`,
    middle: 'Ở giữa',
    around: { record: 'Chủ thể này', here: 'Chỗ tôi đứng' },
    from: (p: { distance: string; direction: string }) => `${p.distance} về hướng ${p.direction}`,
    same: 'ngay tại đây',
    nobody: {
      title: 'Chưa có chủ thể nào quanh đây',
      text: 'Sơ đồ vẽ các chủ thể đã đo vị trí. Mở từng chủ thể, bấm “Sửa” để đo.'
    },
    unmeasured: {
      title: 'Chủ thể này chưa có vị trí',
      text: 'Đo vị trí tại cơ sở, hoặc xem từ chỗ bạn đứng.'
    },
    nearer: 'Gần hơn',
    wider: 'Xa hơn',
    ring: (p: { ring: string }) => `Trong vòng ${p.ring}`,
    more: (p: { count: string }) => `Còn ${p.count} chủ thể ở xa hơn.`
  },
  here: {
    searching: 'Đang tìm chỗ bạn đứng',
    ask: 'Chưa biết bạn đang ở đâu.',
    find: 'Tìm chỗ tôi đứng',
    sorted: (p: { accuracy: string }) => `Gần trước, tính từ chỗ bạn đứng (±${p.accuracy}\u00a0m).`,
    notSorted: 'Danh sách giữ thứ tự theo tên.'
  }
};
